//! `Redacted`: print any serialisable value without its secrets and without what the document does
//! not know.

mod serializer;

use std::fmt;

use serde::{Serialize, Serializer};

use serializer::Redacting;

/// The newtype name under which a [`Secret`](crate::Secret) serialises.
pub(crate) const SECRET_NAME: &str = "$zendesk_oauth::Secret";
/// The newtype name under which a value that no document describes serialises.
pub(crate) const UNKNOWN_NAME: &str = "$zendesk_oauth::Unknown";
/// What is printed in place of a value.
const REDACTED: &str = "[redacted]";

/// `Debug` and `Display` of a value as JSON, with `[redacted]` for each [`Secret`](crate::Secret)
/// and each value of an [`Extra`](crate::Extra) or [`ApiErrorBody`](crate::ApiErrorBody). `{:#}`
/// indents.
///
/// It serialises the same way, so that redacted JSON can be written anywhere.
///
/// ```
/// use zendesk_oauth_core::{Redacted, Redirect, Secret};
///
/// let redirect = Redirect::new(Secret::from("https://example.com/?flow_token=xyz"));
/// assert_eq!(Redacted(&redirect).to_string(), r#"{"location":"[redacted]"}"#);
/// ```
pub struct Redacted<'a, T: ?Sized>(
    /// The value to print.
    pub &'a T,
);

impl<T: Serialize + ?Sized> Serialize for Redacted<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Redacting(serializer))
    }
}

impl<T: Serialize + ?Sized> fmt::Display for Redacted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = if f.alternate() {
            serde_json::to_string_pretty(self)
        } else {
            serde_json::to_string(self)
        };
        f.write_str(json.as_deref().unwrap_or("[cannot be printed as JSON]"))
    }
}

impl<T: Serialize + ?Sized> fmt::Debug for Redacted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A value that serialises under [`UNKNOWN_NAME`].
pub(crate) struct Unknown<'a>(pub(crate) &'a serde_json::Value);

impl Serialize for Unknown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(UNKNOWN_NAME, self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;
    use serde_test::{Configure, Token, assert_ser_tokens};

    use super::*;
    use crate::{Extra, Secret};

    #[derive(Serialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(Secret),
        Many(Vec<Secret>),
    }

    #[derive(Serialize)]
    #[serde(tag = "type")]
    enum Tagged {
        Token { value: Secret },
        Wrapped(Inner),
    }

    #[derive(Serialize)]
    #[serde(tag = "t", content = "c")]
    enum Adjacent {
        Token(Secret),
        Pair(Secret, u8),
    }

    #[derive(Serialize)]
    enum External {
        Unit,
        Token(Secret),
        Pair(Secret, u8),
        Fields { secret: Secret },
    }

    #[derive(Serialize)]
    struct Named(Secret);

    #[derive(Serialize)]
    struct Inner {
        id: u64,
        secret: Option<Secret>,
        #[serde(flatten)]
        extra: Extra,
    }

    fn inner() -> Inner {
        let extra = serde_json::from_value(json!({"later": {"deep": ["CANARY"]}})).unwrap();
        Inner {
            id: 7,
            secret: Some(Secret::from("CANARY")),
            extra,
        }
    }

    #[track_caller]
    fn prints(value: &impl Serialize, expected: &str) {
        assert_eq!(Redacted(value).to_string(), expected);
        assert_eq!(format!("{:?}", Redacted(value)), expected);
        assert!(!format!("{:#?}", Redacted(value)).contains("CANARY"));
    }

    #[test]
    fn fields_options_and_flattened_extras_are_hidden_in_order() {
        prints(
            &inner(),
            r#"{"id":7,"secret":"[redacted]","later":"[redacted]"}"#,
        );
        prints(
            &vec![Some(inner()), None],
            r#"[{"id":7,"secret":"[redacted]","later":"[redacted]"},null]"#,
        );
    }

    #[test]
    fn every_kind_of_enum_is_followed() {
        let secret = || Secret::from("CANARY");
        prints(&OneOrMany::One(secret()), r#""[redacted]""#);
        prints(&OneOrMany::Many(vec![secret()]), r#"["[redacted]"]"#);
        prints(
            &Tagged::Token { value: secret() },
            r#"{"type":"Token","value":"[redacted]"}"#,
        );
        prints(
            &Tagged::Wrapped(inner()),
            r#"{"type":"Wrapped","id":7,"secret":"[redacted]","later":"[redacted]"}"#,
        );
        prints(
            &Adjacent::Token(secret()),
            r#"{"t":"Token","c":"[redacted]"}"#,
        );
        prints(
            &Adjacent::Pair(secret(), 1),
            r#"{"t":"Pair","c":["[redacted]",1]}"#,
        );
        prints(&External::Unit, r#""Unit""#);
        prints(&External::Token(secret()), r#"{"Token":"[redacted]"}"#);
        prints(&External::Pair(secret(), 1), r#"{"Pair":["[redacted]",1]}"#);
        prints(
            &External::Fields { secret: secret() },
            r#"{"Fields":{"secret":"[redacted]"}}"#,
        );
    }

    #[test]
    fn newtypes_tuples_maps_and_map_keys_are_followed() {
        prints(&Named(Secret::from("CANARY")), r#""[redacted]""#);
        prints(&(1, Secret::from("CANARY")), r#"[1,"[redacted]"]"#);
        prints(
            &BTreeMap::from([("a", Secret::from("CANARY"))]),
            r#"{"a":"[redacted]"}"#,
        );

        struct SecretKey;
        impl Serialize for SecretKey {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map([(Secret::from("CANARY"), 1)])
            }
        }
        prints(&SecretKey, r#"{"[redacted]":1}"#);
    }

    /// Some types write another form where nobody reads it, such as a number for a date.
    #[test]
    fn a_value_learns_whether_its_format_is_read_by_people() {
        struct Form;
        impl Serialize for Form {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let is_for_people = serializer.is_human_readable();
                serializer.serialize_bool(is_for_people)
            }
        }
        assert_ser_tokens(&Redacted(&Form).readable(), &[Token::Bool(true)]);
        assert_ser_tokens(&Redacted(&Form).compact(), &[Token::Bool(false)]);
    }

    #[test]
    fn redacting_twice_changes_nothing() {
        prints(
            &Redacted(&inner()),
            r#"{"id":7,"secret":"[redacted]","later":"[redacted]"}"#,
        );
    }

    #[test]
    fn what_cannot_be_serialised_prints_a_fixed_text() {
        struct Fails;
        impl Serialize for Fails {
            fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("CANARY"))
            }
        }
        prints(&Fails, "[cannot be printed as JSON]");
        prints(
            &BTreeMap::from([((1, 2), 3)]),
            "[cannot be printed as JSON]",
        );
    }
}
