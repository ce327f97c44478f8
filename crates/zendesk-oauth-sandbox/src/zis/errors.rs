//! The refusals of ZIS. Sources: `openapi/zis-oauth-connections.yaml`.

use axum::http::StatusCode;
use serde_json::json;

use crate::http::Answer;
use crate::switches::{Switches, ZisAuthFailure};

/// Failed authentication: text as observed, or JSON as documented.
pub(crate) fn unauthorized(switches: Switches, text: &'static str) -> Answer {
    match switches.zis_auth_failure {
        ZisAuthFailure::Text => Answer::text(StatusCode::UNAUTHORIZED, text),
        ZisAuthFailure::Json => errors(StatusCode::UNAUTHORIZED, "1200", "Unauthorized"),
    }
}

/// Good credentials of the wrong kind: text as observed, or JSON as documented.
pub(crate) fn forbidden(switches: Switches, text: &'static str) -> Answer {
    match switches.zis_auth_failure {
        ZisAuthFailure::Text => Answer::text(StatusCode::FORBIDDEN, text),
        ZisAuthFailure::Json => errors(StatusCode::FORBIDDEN, "1200", "Forbidden"),
    }
}

/// The request makes no sense.
pub(crate) fn bad_request() -> Answer {
    errors(StatusCode::BAD_REQUEST, "1301", "Invalid request")
}

/// No such integration, client, connection or flow.
pub(super) fn not_found() -> Answer {
    errors(StatusCode::NOT_FOUND, "1302", "Not found")
}

/// A name is taken. 409 was observed; its body was not, and has no code that is known.
pub(super) fn conflict() -> Answer {
    let error = json!({ "detail": "Conflict", "status": "409" });
    Answer::json(StatusCode::CONFLICT, &json!({ "errors": [error] }))
}

/// A value that is refused. The form of the text is documented; what comes after `Desc:` is ours.
pub(super) fn unprocessable(label: &'static str, description: &'static str) -> Answer {
    let detail = format!("Invalid value for: {label}. Desc: {label} {description}");
    errors(StatusCode::UNPROCESSABLE_ENTITY, "1303", &detail)
}

/// No such path.
pub(crate) fn no_route() -> Answer {
    not_found()
}

/// The path exists with another method: 405 was observed, its body was not.
pub(crate) fn wrong_method() -> Answer {
    Answer::text(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
}

/// The documented shape; every value is a string.
fn errors(status: StatusCode, code: &str, detail: &str) -> Answer {
    let error = json!({ "code": code, "detail": detail, "status": status.as_str() });
    Answer::json(status, &json!({ "errors": [error] }))
}

/// The registry of integrations has a shape of its own.
pub(crate) fn registry_unauthorized() -> Answer {
    registry(StatusCode::UNAUTHORIZED, Some("1001"), "Unauthorized")
}

/// The name or the body of a new integration is refused. The code is documented.
pub(super) fn registry_bad_request(message: &'static str) -> Answer {
    registry(StatusCode::BAD_REQUEST, Some("1010"), message)
}

/// The integration exists. 409 was observed, its body was not.
pub(super) fn registry_conflict() -> Answer {
    let message = "the integration exists already";
    registry(StatusCode::CONFLICT, None, message)
}

fn registry(status: StatusCode, code: Option<&str>, message: &str) -> Answer {
    let mut error = json!({ "detail": message, "status": status.as_str() });
    if let Some(code) = code {
        error["code"] = json!(code);
    }
    let body = json!({ "errors": [error], "message": message });
    Answer::json(status, &body)
}
