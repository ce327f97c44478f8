//! What to do about an error answer, by status, code and known text.

use serde_json::Value;

use super::{Response, call_error::is_transient_status};
use crate::ApiErrorBody;
use crate::api_error_body::printable::{
    API_TOKEN_REFUSED, INTEGRATION_MISMATCH, MISSING_SCOPES, NOT_AUTHENTICATED, OAUTH_DISABLED,
};

/// One or two sentences of ours; nothing of the answer is in them.
pub(super) fn answer_hint(answer: &Response, body: &ApiErrorBody) -> &'static str {
    // Then the advice to wait is worth more than where the page came from.
    let is_transient = is_transient_status(answer.status());
    by_text(body)
        .or_else(|| oauth_hint(body.code()?))
        .or_else(|| (body.is_html() && !is_transient).then_some(HTML))
        .unwrap_or_else(|| by_status(answer, body))
}

const HTML: &str = "A page of HTML came instead of JSON: a proxy, a login page or a \
                    maintenance page answered. Check the base URL.";

fn by_text(body: &ApiErrorBody) -> Option<&'static str> {
    if body.code() == Some(NOT_AUTHENTICATED) {
        return Some(
            "Zendesk does not take these credentials: check subdomain, email and token. API \
             tokens stop on 2027-04-30; OAuth access tokens stay.",
        );
    }
    Some(match body.message()? {
        INTEGRATION_MISMATCH => {
            "Use an access token of this integration's own OAuth client, `zis_{integration}`; \
             tokens of other clients are refused."
        }
        OAUTH_DISABLED => {
            "This endpoint takes no OAuth tokens: use the credentials that its documentation names."
        }
        API_TOKEN_REFUSED => "This endpoint takes no API tokens: use an OAuth access token.",
        text if text.starts_with(MISSING_SCOPES) => {
            "Get an access token with these scopes; those of an existing token cannot be changed."
        }
        _ => return None,
    })
}

/// The codes of RFC 6749, 5.2 and RFC 6750, 3.1.
fn oauth_hint(code: &str) -> Option<&'static str> {
    Some(match code {
        "invalid_token" => "The access token is expired, revoked or malformed: get a new one.",
        "invalid_grant" => {
            "The code or refresh token is used up, expired or of another client. Of a refresh token: \
             look first whether another process has stored a newer pair. Else start the flow again."
        }
        "invalid_client" => {
            "The client is unknown, its secret is wrong, or it may not use this grant: check both \
             identifiers, or generate a new secret."
        }
        "unauthorized_client" => {
            "This client may not use this grant: client_credentials wants a confidential client."
        }
        "unsupported_grant_type" => "Zendesk has no such grant: check grant_type.",
        "invalid_scope" => {
            "The client does not allow these scopes: ask for fewer, or change the client."
        }
        _ => return None,
    })
}

fn by_status(answer: &Response, body: &ApiErrorBody) -> &'static str {
    let status = answer.status().as_u16();
    let may_be_our_own_doing = answer.operation().method == "DELETE" && answer.attempts() > 1;
    match status {
        300..=399 => {
            "The document declares no redirect here, and none is followed: the base URL is \
             probably not the account's own. headers() has the location."
        }
        400 | 422 => {
            "Change the request: api_error() has what the server said, per field where it says so."
        }
        401 => {
            "The credentials are missing, expired or of another area: Support, ZIS and Chat want \
             different ones."
        }
        403 => {
            "The token's scopes or its user's role do not allow this: most of these operations \
             are for administrators."
        }
        404 if body.code() == Some("InvalidEndpoint") => {
            "The server has no such route: check the path of the base URL."
        }
        404 if matches!(body.json(), Value::Object(fields) if fields.is_empty()) => {
            "Zendesk answers so when there is no such subdomain: check the base URL."
        }
        404 if may_be_our_own_doing => {
            "There is no such thing any more: an earlier attempt of this call, whose answer was \
             lost, may have deleted it. Or these credentials may not see it."
        }
        404 => "There is no such thing, or these credentials may not see it.",
        405 => "The server does not know this method here: check the base URL.",
        409 => {
            "It exists already, or somebody else changes it right now: look at the present state, \
             then repeat."
        }
        429 => {
            "The rate limit is reached: wait as long as retry_after() says, or ten seconds, and \
             repeat."
        }
        408 | 502..=504 => {
            "The server is unavailable for now: wait as long as retry_after() says, and repeat if \
             that is harmless."
        }
        400..=499 => "The server refuses the request: body_text() has its reasons.",
        500.. => {
            "The server failed: repeat later if that is harmless, and report the request id to \
             Zendesk's support."
        }
        _ => "The document does not declare this answer: body_text() has it.",
    }
}
