//! The refusals of Chat. Sources: `openapi/chat-oauth-tokens.yaml`; 401 and 405 were observed, the others
//! are inferred.

use axum::http::StatusCode;
use serde_json::json;

use crate::http::Answer;

/// Bad credentials, none, or those of Support.
pub(crate) fn unauthorized() -> Answer {
    let description =
        "The server could not verify that you are authorized to access the requested resource";
    refusal(StatusCode::UNAUTHORIZED, "Unauthorized", description)
}

/// The agent is not an administrator, or the token lacks a scope.
pub(crate) fn forbidden() -> Answer {
    let description = "You are not allowed to access the requested resource";
    refusal(StatusCode::FORBIDDEN, "Forbidden", description)
}

/// No such token, no such path.
pub(crate) fn not_found() -> Answer {
    let description = "The requested resource was not found";
    refusal(StatusCode::NOT_FOUND, "Not Found", description)
}

/// The path exists with another method.
pub(crate) fn wrong_method() -> Answer {
    let description = "The method is not allowed for the requested URL.";
    refusal(
        StatusCode::METHOD_NOT_ALLOWED,
        "Method Not Allowed",
        description,
    )
}

/// The request makes no sense.
pub(crate) fn bad_request(description: &str) -> Answer {
    refusal(StatusCode::BAD_REQUEST, "Bad Request", description)
}

fn refusal(status: StatusCode, error: &str, description: &str) -> Answer {
    let body = json!({ "error": error, "description": description });
    Answer::json(status, &body)
}
