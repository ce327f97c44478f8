//! `Secret`: text that is sent and received, and never printed.

use std::fmt;

use reqwest::header::HeaderValue;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use zeroize::Zeroizing;

use crate::CredentialError;
use crate::redacted::SECRET_NAME;

/// A token, client secret, code or other text that must not be printed.
///
/// It has no `Display`, its `Debug` is `Secret([redacted])` whatever it holds, and its memory is
/// overwritten when it is dropped. It serialises as a plain string, because request bodies need it;
/// [`Redacted`](crate::Redacted) prints any serialisable value without it.
///
/// Overwriting is best effort: the buffers that a TLS or JSON library used on the way are not ours
/// to clear, and an answer keeps its body as received for as long as it lives.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text itself. Every use of this method is a place to review.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// `Bearer` and the text as the value of an `Authorization` header (RFC 6750, 2.1), marked
    /// sensitive: what a [`CredentialSource`](crate::CredentialSource) returns.
    ///
    /// # Errors
    ///
    /// [`CredentialError`] when the text is empty or has a character that a token cannot have. The
    /// text is not in it.
    pub fn to_bearer_value(&self) -> Result<HeaderValue, CredentialError> {
        crate::credentials::bearer_value(&self.0)
    }

    /// The text as a header value, marked sensitive so that HTTP libraries do not print or index
    /// it.
    ///
    /// # Errors
    ///
    /// [`CredentialError::IllegalCharacter`] when the text has a byte that a header cannot carry,
    /// such as a line end.
    pub fn to_header_value(&self) -> Result<HeaderValue, CredentialError> {
        let mut value = HeaderValue::from_str(&self.0)
            .map_err(|_| CredentialError::IllegalCharacter { what: "the secret" })?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(SECRET_NAME, self.expose())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not `deserialize_string`: serde_json would report a number itself, and print it.
        deserializer.deserialize_any(SecretVisitor)
    }
}

struct SecretVisitor;

/// serde's default for a value of another type prints the value: these do not.
macro_rules! refuse {
    ($($method:ident: $type:ty),*) => {
        $(fn $method<E: de::Error>(self, _: $type) -> Result<Secret, E> {
            Err(E::custom("invalid type: expected a string"))
        })*
    };
}

impl Visitor<'_> for SecretVisitor {
    type Value = Secret;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Secret, E> {
        Ok(Secret::from(text))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Secret, E> {
        Ok(Secret::from(text))
    }

    refuse!(
        visit_bool: bool, visit_i64: i64, visit_i128: i128, visit_u64: u64, visit_u128: u128,
        visit_f64: f64, visit_char: char, visit_bytes: &[u8]
    );
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Secret {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "password"})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn debug_is_the_same_for_every_value() {
        assert_eq!(
            format!("{:?}", Secret::from("CANARY-1")),
            "Secret([redacted])"
        );
        assert_eq!(format!("{:#?}", Secret::from("")), "Secret([redacted])");
    }

    #[test]
    fn serialises_as_a_plain_string() {
        assert_eq!(
            serde_json::to_value(Secret::from("s3cret")).unwrap(),
            json!("s3cret")
        );
        assert_eq!(
            serde_urlencoded::to_string([("token", Secret::from("a b"))]).unwrap(),
            "token=a+b"
        );
    }

    #[test]
    fn a_value_of_another_type_is_refused_without_printing_it() {
        for (value, canary) in [
            (json!(90_210_117), "90210117"),
            (json!(-90_210_117), "90210117"),
            (json!(4.25), "4.25"),
            (json!(true), "true"),
            (json!(["CANARY-2"]), "CANARY"),
            (json!({"CANARY-3": "CANARY-4"}), "CANARY"),
        ] {
            let from_value = serde_json::from_value::<Secret>(value.clone()).unwrap_err();
            let from_text = serde_json::from_str::<Secret>(&value.to_string()).unwrap_err();
            assert!(!from_value.to_string().contains(canary), "{from_value}");
            assert!(!from_text.to_string().contains(canary), "{from_text}");
            // What it should have been is said.
            let said = from_value.to_string();
            assert!(said.ends_with("expected a string"), "{said}");
        }
    }

    #[test]
    fn header_value_is_sensitive_and_line_ends_are_refused() {
        assert!(
            Secret::from("abc")
                .to_header_value()
                .unwrap()
                .is_sensitive()
        );
        let error = Secret::from("CANARY-5\r\n").to_header_value().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("CANARY"));
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn schema_is_a_password_string() {
        let schema = schemars::schema_for!(Secret).to_value();
        assert_eq!(schema["title"], "Secret");
        let schema = schemars::schema_for!(Vec<Secret>).to_value();
        let password = json!({"type": "string", "format": "password"});
        assert_eq!(schema["items"], password);
    }
}
