//! Query parameters and form bodies, as generated code asks for them.

use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::{Serialize, Serializer, ser};

use super::{Error, pairs::pairs};

/// A query parameter with its value, for [`RequestBuilder::query`]. `None` sends nothing, a list
/// repeats the name, an object sends its fields under their own names.
pub struct QueryParam<'a, T: ?Sized> {
    name: &'a str,
    value: &'a T,
}

impl<'a, T: ?Sized> QueryParam<'a, T> {
    /// The parameter `name` with `value`.
    #[must_use]
    pub fn new(name: &'a str, value: &'a T) -> Self {
        Self { name, value }
    }
}

impl<T: Serialize + ?Sized> Serialize for QueryParam<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        pairs(self.name, self.value)
            .map_err(ser::Error::custom)?
            .serialize(serializer)
    }
}

/// What generated code needs of a request builder beyond reqwest's own methods.
pub trait RequestBuilderExt<E>: Sized {
    /// Sets a form body (`application/x-www-form-urlencoded`) with the fields of `body`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when `body` is not an object, or has no form as name-value pairs.
    fn form_urlencoded<T: Serialize + ?Sized>(self, body: &T) -> Result<Self, Error<E>>;
}

impl<E> RequestBuilderExt<E> for RequestBuilder {
    fn form_urlencoded<T: Serialize + ?Sized>(self, body: &T) -> Result<Self, Error<E>> {
        let form = pairs("", body)
            .ok()
            // What has no name is no field: a scalar or a list in place of an object.
            .filter(|pairs| pairs.iter().all(|(name, _)| !name.is_empty()))
            .and_then(|pairs| serde_urlencoded::to_string(pairs).ok())
            .ok_or_else(|| {
                Error::InvalidRequest("the body cannot be written as a form".to_owned())
            })?;
        let content_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        Ok(self.header(CONTENT_TYPE, content_type).body(form))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;
    use crate::Secret;

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Grant {
        AuthorizationCode,
        Other(String),
    }

    #[derive(Serialize)]
    struct Page<'a> {
        #[serde(rename = "page[size]")]
        size: Option<u8>,
        #[serde(rename = "page[after]")]
        after: Option<&'a str>,
    }

    #[track_caller]
    fn sends(value: &(impl Serialize + ?Sized), expected: &str) {
        let request = reqwest::Client::new()
            .get("http://localhost/")
            .query(&QueryParam::new("q", value))
            .build()
            .unwrap();
        assert_eq!(request.url().query().unwrap_or_default(), expected);
    }

    #[test]
    fn scalars_are_one_pair() {
        sends("a b&c", "q=a+b%26c");
        sends(&-1, "q=-1");
        sends(&true, "q=true");
        sends(&1.5, "q=1.5");
        sends(&'x', "q=x");
        sends(&Grant::AuthorizationCode, "q=authorization_code");
    }

    #[test]
    fn options_send_their_value_or_nothing() {
        sends(&Some("a"), "q=a");
        sends(&None::<&str>, "");
        sends(&Some(Some(3)), "q=3");
        sends(&(), "");
    }

    #[test]
    fn lists_repeat_the_name() {
        sends(&["a", "b"], "q=a&q=b");
        sends(
            &vec![Some(Grant::AuthorizationCode), None],
            "q=authorization_code",
        );
        sends(&(1, "x"), "q=1&q=x");
    }

    #[test]
    fn newtypes_are_what_they_wrap() {
        sends(&Secret::from("s3cret"), "q=s3cret");
        sends(&Some(Secret::from("s3cret")), "q=s3cret");
        sends(&[Secret::from("a"), Secret::from("b")], "q=a&q=b");
    }

    #[test]
    fn objects_send_their_fields() {
        sends(
            &Page {
                size: Some(10),
                after: None,
            },
            "page%5Bsize%5D=10",
        );
        sends(&json!({"a": 1, "b": [2, 3], "c": null}), "a=1&b=2&b=3");
        sends(&BTreeMap::from([(1, Secret::from("x"))]), "1=x");
        sends(&Grant::Other("x".to_owned()), "other=x");
    }

    #[test]
    fn forms_have_the_same_rules_and_their_content_type() {
        let builder = reqwest::Client::new().post("http://localhost/");
        let body = json!({"grant_type": "refresh_token", "scope": ["a", "b"], "none": null});
        let request = RequestBuilderExt::<()>::form_urlencoded(builder, &body)
            .unwrap()
            .build()
            .unwrap();
        assert_eq!(
            request.headers()["content-type"],
            "application/x-www-form-urlencoded"
        );
        assert_eq!(
            request.body().unwrap().as_bytes().unwrap(),
            b"grant_type=refresh_token&scope=a&scope=b"
        );
    }

    #[test]
    fn a_form_without_names_is_refused() {
        for body in [json!("CANARY"), json!(["a", "b"]), json!([["a", "b"]])] {
            let builder = reqwest::Client::new().post("http://localhost/");
            let error = RequestBuilderExt::<()>::form_urlencoded(builder, &body).unwrap_err();
            assert!(matches!(error, Error::InvalidRequest(_)));
        }
    }

    #[test]
    fn what_has_no_pairs_is_an_error_without_the_value() {
        #[derive(Serialize)]
        enum Unfit {
            Fields { secret: &'static str },
        }
        let builder = reqwest::Client::new().get("http://localhost/");
        let error = builder
            .query(&QueryParam::new("q", &Unfit::Fields { secret: "CANARY" }))
            .build()
            .unwrap_err();
        let error = Error::<()>::from(error);
        assert!(matches!(error, Error::InvalidRequest(_)));
        assert!(!format!("{error:?}").contains("CANARY"));
    }
}
