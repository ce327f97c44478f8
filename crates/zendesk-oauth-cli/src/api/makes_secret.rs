//! Calls whose answer has a secret that is shown only once. Pure.

use percent_encoding::percent_decode_str;
use reqwest::{Method, Url};

use crate::failure::Failure;

/// Refuses a call that makes a secret: it would be hidden in what is printed, and lost for good.
pub(super) fn refuse(method: &Method, path: &str) -> Result<(), Failure> {
    let Some(command) = command(method, path) else {
        return Ok(());
    };
    Err(Failure::usage(format!(
        "the answer of this call has a secret that is shown only once, and that would be hidden: nothing was sent; \
         use `zendesk-oauth {command}`, which keeps it in a file, or say --reveal"
    )))
}

/// The command that makes the call and has a place for the secret.
fn command(method: &Method, path: &str) -> Option<&'static str> {
    if [Method::GET, Method::HEAD, Method::DELETE].contains(method) {
        return None;
    }
    let segments = segments(path)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["api", "v2", "oauth", "clients", _, "generate_secret"] => Some("clients generate-secret"),
        ["api", "v2", "oauth", "clients"] => Some("clients create"),
        ["api", "v2", "oauth", "tokens"] => Some("tokens create"),
        ["oauth", "tokens"] => Some("grant"),
        [
            "api",
            "services",
            "zis",
            "connections",
            "oauth",
            "tokens",
            _,
        ] => Some("connections token"),
        _ => None,
    }
}

/// The parts of the path as a server may understand them: without dots, doubled slashes, escapes and `.json`.
fn segments(path: &str) -> Option<Vec<String>> {
    let url = Url::parse(&format!("http://localhost{path}")).ok()?;
    let decoded = url.path_segments()?.map(|segment| {
        let text = percent_decode_str(segment).decode_utf8_lossy();
        let text = text.to_ascii_lowercase();
        text.strip_suffix(".json").unwrap_or(&text).to_owned()
    });
    Some(decoded.filter(|segment| !segment.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_that_makes_a_secret_has_a_command_of_its_own() {
        for (method, path, expected) in [
            (
                Method::PUT,
                "/api/v2/oauth/clients/5/generate_secret",
                "clients generate-secret",
            ),
            (
                Method::POST,
                "/api/v2/oauth/clients/5/generate_secret.json?a=b",
                "clients generate-secret",
            ),
            (Method::POST, "/api/v2/oauth/clients", "clients create"),
            (
                Method::POST,
                "/api/v2/x/..//oauth/client%73.json/",
                "clients create",
            ),
            (Method::POST, "/api/v2/oauth/tokens.json", "tokens create"),
            (Method::POST, "/oauth/tokens", "grant"),
            (
                Method::POST,
                "/api/services/zis/connections/oauth/tokens/my_integration",
                "connections token",
            ),
        ] {
            assert_eq!(command(&method, path), Some(expected), "{method} {path}");
            let refused = refuse(&method, path).unwrap_err().to_string();
            assert!(refused.contains(expected), "{refused}");
        }
    }

    #[test]
    fn other_calls_are_let_through() {
        for (method, path) in [
            (Method::GET, "/api/v2/oauth/clients"),
            (Method::GET, "/oauth/tokens"),
            (Method::PUT, "/api/v2/oauth/clients/5"),
            (Method::DELETE, "/api/v2/oauth/tokens/5"),
            (Method::POST, "/api/v2/tickets"),
            (Method::POST, "/api/v2/oauth/clients_of_mine"),
        ] {
            assert_eq!(command(&method, path), None, "{method} {path}");
            assert!(refuse(&method, path).is_ok());
        }
    }
}
