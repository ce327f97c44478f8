//! The refusals of the Support API, as they were observed. Sources: `openapi/support-oauth-clients.yaml`.

use axum::http::{StatusCode, header};
use serde_json::{Map, Value, json};

use crate::http::Answer;

/// A bearer token that is wrong, expired or revoked.
pub(crate) fn invalid_token() -> Answer {
    let body = json!({
        "error": "invalid_token",
        "error_description":
            "The access token provided is expired, revoked, malformed or invalid for other reasons.",
    });
    Answer::json(StatusCode::UNAUTHORIZED, &body)
        .with(header::WWW_AUTHENTICATE, "Bearer realm=Zendesk::OAuth")
}

/// A wrong API token, a password, or nothing at all.
pub(crate) fn could_not_authenticate() -> Answer {
    let body = json!({ "error": "Couldn't authenticate you" });
    Answer::json(StatusCode::UNAUTHORIZED, &body)
}

/// The token is good, and not for this.
pub(crate) fn missing_scope(scope: &str) -> Answer {
    let description = format!("Missing the following required scopes: {scope}");
    let body = json!({ "error": "Forbidden", "description": description });
    Answer::json(StatusCode::FORBIDDEN, &body)
}

/// The user may not do this.
pub(crate) fn no_access() -> Answer {
    let message = "You do not have access to this page. Please contact the account owner of this help \
                   desk for further help.";
    let body = json!({ "error": { "title": "Forbidden", "message": message } });
    Answer::json(StatusCode::FORBIDDEN, &body)
}

/// No record with this id.
pub(crate) fn record_not_found() -> Answer {
    not_found("RecordNotFound")
}

/// No such path, or none with this method.
pub(crate) fn no_route() -> Answer {
    not_found("InvalidEndpoint")
}

fn not_found(error: &str) -> Answer {
    let body = json!({ "error": error, "description": "Not found" });
    Answer::json(StatusCode::NOT_FOUND, &body)
}

/// A value of a wrong type, or a body that does not parse.
pub(crate) fn bad_request(title: &str, message: &str) -> Answer {
    let body = json!({ "error": { "title": title, "message": message } });
    Answer::json(StatusCode::BAD_REQUEST, &body)
}

/// A member or parameter that has the wrong type.
pub(crate) fn invalid_attribute(name: &str, must: &str) -> Answer {
    let message = format!("You passed an invalid value for the {name} attribute. {must}");
    bad_request("Invalid attribute", &message)
}

/// The body has not what it is about.
pub(crate) fn parameter_missing(name: &str) -> Answer {
    let text = format!("Required parameter missing: {name}");
    Answer::html(StatusCode::BAD_REQUEST, text)
}

/// A cursor, page or order that makes no sense. The code was observed; the title is ours.
pub(crate) fn invalid_pagination(title: &str) -> Answer {
    let body = json!({ "errors": [{ "code": "InvalidPaginationParameter", "title": title }] });
    Answer::json(StatusCode::BAD_REQUEST, &body)
}

/// Offset pagination beyond page 100 or record 10,000.
pub(crate) fn invalid_pagination_depth() -> Answer {
    let title = "Pagination requests using Offset Pagination are limited to page 100 or up to 10000 records \
                 (page * per_page)";
    let detail = "There are limits to the page depth in Offset Pagination. Offset Pagination will be \
                  deprecated fully in the near future.\nPlease switch to Cursor Pagination at the earliest. \
                  Cursor Pagination does not have any limits.\nSee https://developer.zendesk.com/documentation/\
                  api-basics/pagination/comparing-cursor-pagination-and-offset-pagination\n";
    let error = json!({ "code": "InvalidPaginationDepth", "title": title, "detail": detail });
    Answer::json(StatusCode::BAD_REQUEST, &json!({ "errors": [error] }))
}

/// Another request is changing the same thing.
pub(crate) fn collision() -> Answer {
    Answer::text(
        StatusCode::CONFLICT,
        "OAuth client collision - please try again",
    )
}

/// The body is longer than the sandbox takes.
pub(crate) fn too_large() -> Answer {
    Answer::text(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large")
}

/// What is wrong with the members of a record, in the order in which it was found.
#[derive(Default)]
pub(crate) struct Defects(Vec<(&'static str, &'static str, String)>);

impl Defects {
    pub(crate) fn add(&mut self, member: &'static str, error: &'static str, text: &str) {
        self.0.push((member, error, text.to_owned()));
    }

    /// 422 if anything is wrong.
    pub(crate) fn check(self) -> Result<(), Answer> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut details = Map::new();
        for (member, error, description) in self.0 {
            let of_member = details.entry(member).or_insert_with(|| json!([]));
            if let Value::Array(list) = of_member {
                list.push(json!({ "error": error, "description": description }));
            }
        }
        let body = json!({
            "error": "RecordInvalid",
            "description": "Record validation errors",
            "details": details,
        });
        Err(Answer::json(StatusCode::UNPROCESSABLE_ENTITY, &body))
    }
}
