//! From the parts of an answer to a typed value, or to where and how that failed. No IO.

use std::fmt;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::{Map, Value};
use serde_path_to_error::{Path, Segment};

/// How an answer failed to decode. serde's own message is not kept, because it quotes the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeProblem {
    /// There is no content.
    Empty,
    /// It is not JSON.
    Syntax,
    /// The JSON ends before it is complete.
    Truncated,
    /// A required field is missing; its name, if it is one that may be printed.
    MissingField(
        /// The name in the document.
        Option<Box<str>>,
    ),
    /// A value has another JSON type than the document says.
    WrongType,
    /// A value of the right type is not one the document allows.
    WrongValue,
}

impl fmt::Display for DecodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it has no content"),
            Self::Syntax => f.write_str("it is not JSON"),
            Self::Truncated => f.write_str("its JSON ends too early"),
            Self::MissingField(Some(name)) => write!(f, "the field `{name}` is missing"),
            Self::MissingField(None) => f.write_str("a field is missing"),
            Self::WrongType => f.write_str("a value has another type than documented"),
            Self::WrongValue => f.write_str("a value is not one of those documented"),
        }
    }
}

/// Where and how decoding failed, in words that may be printed.
#[derive(Debug)]
pub(super) struct DecodeFailure {
    pub(super) path: Box<str>,
    pub(super) problem: DecodeProblem,
}

/// Decodes by the rule that [`ResponseValue::from_response`](super::ResponseValue::from_response)
/// documents.
pub(super) fn decode<T: DeserializeOwned>(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<T, DecodeFailure> {
    match status.as_u16() {
        300..=399 => from_value(redirect(headers)),
        400.. => from_value(lenient_json(body)),
        _ => from_json(body),
    }
}

/// The JSON of a body, else its text as a JSON string, else null: what an error body is read from.
pub(crate) fn lenient_json(body: &[u8]) -> Value {
    let body = without_byte_order_mark(body);
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(body).unwrap_or_else(|_| {
        // One byte in another encoding must not cost the code that stands beside it.
        let text = String::from_utf8_lossy(body);
        serde_json::from_str(&text).unwrap_or_else(|_| Value::String(text.into_owned()))
    })
}

/// The content of a redirect: its location, when it has one that is text.
fn redirect(headers: &HeaderMap) -> Value {
    let location = headers
        .get(LOCATION)
        .and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
        .filter(|url| !url.trim().is_empty());
    Value::Object(
        location
            .map(|url| ("location".to_owned(), Value::from(url)))
            .into_iter()
            .collect::<Map<_, _>>(),
    )
}

fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, DecodeFailure> {
    serde_path_to_error::deserialize(value).map_err(failure)
}

fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeFailure> {
    let body = without_byte_order_mark(body);
    if body.trim_ascii().is_empty() {
        return Err(DecodeFailure {
            path: "".into(),
            problem: DecodeProblem::Empty,
        });
    }
    // Noting the path costs more than decoding, so that is left to the second time.
    serde_json::from_slice(body).or_else(|_| from_json_with_path(body))
}

fn from_json_with_path<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeFailure> {
    // serde_json stops at 128 levels by itself, so that nesting cannot exhaust the stack.
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(failure)?;
    match json.end() {
        Ok(()) => Ok(value),
        Err(_) => Err(DecodeFailure {
            path: "".into(),
            problem: DecodeProblem::Syntax,
        }),
    }
}

fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

fn failure(error: serde_path_to_error::Error<serde_json::Error>) -> DecodeFailure {
    DecodeFailure {
        path: printable_path(error.path()).into(),
        problem: problem(error.inner()),
    }
}

fn problem(error: &serde_json::Error) -> DecodeProblem {
    match error.classify() {
        Category::Syntax | Category::Io => DecodeProblem::Syntax,
        Category::Eof => DecodeProblem::Truncated,
        Category::Data => data_problem(&error.to_string()),
    }
}

/// serde tells its errors apart by their first words only.
fn data_problem(message: &str) -> DecodeProblem {
    if let Some(rest) = message.strip_prefix("missing field `") {
        let name = rest.split('`').next().filter(|name| is_field_name(name));
        return DecodeProblem::MissingField(name.map(Box::from));
    }
    if message.starts_with("invalid type") {
        return DecodeProblem::WrongType;
    }
    DecodeProblem::WrongValue
}

/// The path such as `clients[0].id`. A name that does not look like one of a document's is `*`: it
/// is a key that the server chose.
fn printable_path(path: &Path) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                text.push_str(&format!("[{index}]"));
                continue;
            }
            Segment::Map { key } | Segment::Enum { variant: key } => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(if is_field_name(key) { key } else { "*" });
            }
            Segment::Unknown => text.push_str(if text.is_empty() { "*" } else { ".*" }),
        }
    }
    text
}

/// The field names of Zendesk's documents: up to 48 lower-case letters and underscores. No token
/// looks like that.
fn is_field_name(name: &str) -> bool {
    (1..=48).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::{ApiErrorBody, Redirect, Secret};

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "decoded, not read")]
    struct Token {
        access_token: Secret,
        expires_in: u32,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "decoded, not read")]
    struct Tokens {
        tokens: Vec<Token>,
    }

    fn ok<T: DeserializeOwned>(body: &str) -> Result<T, DecodeFailure> {
        decode(StatusCode::OK, &HeaderMap::new(), body.as_bytes())
    }

    #[track_caller]
    fn fails<T: DeserializeOwned + fmt::Debug>(body: &str, path: &str, problem: DecodeProblem) {
        let failure = ok::<T>(body).unwrap_err();
        assert_eq!((failure.path.as_ref(), failure.problem), (path, problem));
    }

    #[test]
    fn a_failure_names_the_place_and_the_kind_but_no_value() {
        let token =
            |fields: &str| format!(r#"{{"tokens": [{{"access_token": "CANARY", {fields}}}]}}"#);
        fails::<Tokens>(
            &token(r#""expires_in": "CANARY""#),
            "tokens[0].expires_in",
            DecodeProblem::WrongType,
        );
        fails::<Tokens>(
            &token(r#""expires_in": -7"#),
            "tokens[0].expires_in",
            DecodeProblem::WrongValue,
        );
        fails::<Tokens>(
            &token(r#""x": 1"#),
            "tokens[0]",
            DecodeProblem::MissingField(Some("expires_in".into())),
        );
        fails::<Tokens>(
            r#"{"tokens": [{"access_token": 7}]}"#,
            "tokens[0].access_token",
            DecodeProblem::WrongType,
        );
        fails::<Tokens>(
            r#"{"tokens": [{"access_tok"#,
            "tokens[0].*",
            DecodeProblem::Truncated,
        );
        fails::<Tokens>("<html>", "", DecodeProblem::Syntax);
        fails::<Vec<u8>>("[1] CANARY", "", DecodeProblem::Syntax);
        for empty in ["", " \n", "\u{feff}"] {
            fails::<Tokens>(empty, "", DecodeProblem::Empty);
        }
    }

    #[test]
    fn a_key_that_the_server_chose_is_not_printed() {
        fails::<BTreeMap<String, u8>>(r#"{"CANARY-1": "x"}"#, "*", DecodeProblem::WrongType);
        fails::<BTreeMap<String, Vec<u8>>>(
            r#"{"9f8e7d": ["x"]}"#,
            "*[0]",
            DecodeProblem::WrongType,
        );
        assert_eq!(
            data_problem("missing field `CANARY`"),
            DecodeProblem::MissingField(None)
        );
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(ok::<Vec<u8>>("\u{feff}[1]").unwrap(), [1]);
        assert_eq!(lenient_json("\u{feff}{}".as_bytes()), json!({}));
    }

    #[test]
    fn deep_nesting_is_an_error_and_not_a_crash() {
        let deep = "[".repeat(100_000);
        assert_eq!(
            ok::<Value>(&deep).unwrap_err().problem,
            DecodeProblem::Syntax
        );
        let body: ApiErrorBody =
            decode(StatusCode::BAD_REQUEST, &HeaderMap::new(), deep.as_bytes()).unwrap();
        assert_eq!(body.text(), Some(deep.as_str()));
    }

    #[test]
    fn a_redirect_decodes_from_its_location() {
        let status = StatusCode::TEMPORARY_REDIRECT;
        let mut headers = HeaderMap::new();
        let missing =
            decode::<Redirect>(status, &headers, b"{\"location\": \"body\"}").unwrap_err();
        assert_eq!(
            missing.problem,
            DecodeProblem::MissingField(Some("location".into()))
        );

        headers.insert(LOCATION, "https://a.example/?flow_token=1".parse().unwrap());
        let redirect: Redirect = decode(status, &headers, b"null").unwrap();
        assert_eq!(
            redirect.location().expose(),
            "https://a.example/?flow_token=1"
        );
    }

    #[test]
    fn every_error_body_decodes() {
        for (body, expected) in [
            (&b"{\"error\": 1}"[..], json!({"error": 1})),
            (b"null", json!(null)),
            (b"[1, 2]", json!([1, 2])),
            (b"", json!(null)),
            (b"Not found\n", json!("Not found\n")),
            (b"\xff\xfe", json!("\u{fffd}\u{fffd}")),
            (b"{\"a\": 1e999}", json!("{\"a\": 1e999}")),
            (b"\"text\"", json!("text")),
        ] {
            for status in [StatusCode::BAD_REQUEST, StatusCode::BAD_GATEWAY] {
                let decoded: ApiErrorBody = decode(status, &HeaderMap::new(), body).unwrap();
                assert_eq!(decoded.json(), &expected);
            }
        }
    }
}
