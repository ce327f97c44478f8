//! What to do about credentials that an area refuses.

use zendesk_oauth_core::{ApiErrorBody, Operation};

use super::callers::{Callers, takes_bearer_only};
use crate::Area;

/// Texts and codes whose advice from core is the better one, in every area.
const SCOPES_MISSING: &str = "Missing the following required scopes: ";
const OAUTH_DISABLED: &str =
    "Authorization failed due to OAuth being disabled for this API request";
const OAUTH_CODES: [&str; 5] = [
    "invalid_grant",
    "invalid_client",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];
/// The same, in Support alone.
const OF_SUPPORT: [&str; 2] = ["invalid_token", "Couldn't authenticate you"];
/// Observed of no such operation; documented: it takes a bearer token.
const BEARER_ONLY: &str = "This operation takes a bearer token only, as it is about the token that it \
    is called with: an API token is refused. A bearer token that is refused is expired, revoked or \
    malformed: get a new one.";

/// Which credentials an operation of this area needs, and where they come from.
pub(super) fn needs(area: Area, operation: Option<&Operation>) -> String {
    let callers = match (area, operation) {
        (Area::Support, Some(operation)) => Callers::of(operation).needed(),
        _ => "",
    };
    format!("{}.{callers}", area.needs())
}

/// Advice of ours for an answer of 401 or 403; `None` where core's says more. Nothing of the answer
/// is in it.
pub(super) fn advice(operation: &Operation, status: u16, body: &ApiErrorBody) -> Option<String> {
    let area = Area::of(operation)?;
    let message = body.message().unwrap_or_default();
    let code = body.code().unwrap_or_default();
    if !matches!(status, 401 | 403)
        || body.is_html()
        || message.starts_with(SCOPES_MISSING)
        || message == OAUTH_DISABLED
        || OAUTH_CODES.contains(&code)
    {
        return None;
    }
    let needs = needs(area, Some(operation));
    Some(match (area, status) {
        (Area::Support, 401) if takes_bearer_only(operation) => BEARER_ONLY.to_owned(),
        (Area::Support, _) if OF_SUPPORT.contains(&code) => return None,
        (Area::Support, 403) => Callers::of(operation).forbidden().to_owned(),
        (Area::Chat, 403) => {
            "The agent of the Chat access token has to be an administrator, and the token has to \
             have the scope `read`, or `write` to revoke; a token of Support does not work."
                .to_owned()
        }
        _ if code == "invalid_token" => {
            format!("The access token is expired, revoked or malformed: get a new one. {needs}")
        }
        _ => needs,
    })
}
