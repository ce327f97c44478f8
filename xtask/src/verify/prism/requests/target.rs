//! Path and query of a request, of the examples of its parameters.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::openapi::text;

/// All but the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Path with the examples of its parameters, and the query of those that are required.
pub(super) fn target(path: &str, parameters: &[(String, &Value)]) -> Result<String, String> {
    let mut target = path.to_owned();
    for (_, parameter) in parameters {
        if text(parameter, "in") == "path" {
            let template = format!("{{{}}}", text(parameter, "name"));
            target = target.replace(&template, &escaped(&example(parameter)?));
        }
    }
    for (_, parameter) in parameters {
        if text(parameter, "in") == "query" && parameter["required"] == true {
            add_query(&mut target, &pair(parameter)?);
        }
    }
    Ok(target)
}

pub(super) fn pair(parameter: &Value) -> Result<String, String> {
    let name = escaped(text(parameter, "name"));
    Ok(format!("{name}={}", escaped(&example(parameter)?)))
}

pub(super) fn add_query(target: &mut String, pair: &str) {
    target.push(if target.contains('?') { '&' } else { '?' });
    target.push_str(pair);
}

fn example(parameter: &Value) -> Result<String, String> {
    match parameter.get("example") {
        Some(example) => Ok(plain(example)),
        None => Err(format!(
            "parameter `{}` has no example",
            text(parameter, "name")
        )),
    }
}

pub(super) fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}
