//! Grants: what a client gets for a code, a refresh token or its secret.

mod authorization_code;
mod client_credentials;
mod refresh_token;
mod refused;
mod request;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

use super::{Issue, issue};
use crate::state::State;
use crate::switches::ExpiresIn;
pub(crate) use refused::Refused;
use request::Request;

/// A grant that succeeded, as the answer of `POST /oauth/tokens` has it. No Debug: it holds tokens.
pub(crate) struct Granted {
    pub(crate) access_token: String,
    pub(crate) scope: String,
    pub(crate) refresh_token: Option<String>,
    /// None where the token does not expire, and where the switch leaves it out.
    pub(crate) expires_in: Option<i64>,
    pub(crate) refresh_token_expires_in: Option<i64>,
}

/// Decides a token request. `member` reads a member of the request, whatever form its body had.
///
/// The statuses and error codes are observed, but for `invalid_request`, which is inferred from RFC 6749;
/// Zendesk's descriptions are unknown, ours say the rule. Members without a value count as missing
/// (RFC 6749, section 3.2). Nothing is consumed by a request that is refused.
pub(crate) fn grant(
    state: &mut State,
    now: Timestamp,
    member: &dyn Fn(&str) -> Option<String>,
) -> Result<Granted, Refused> {
    let request = Request::new(member);
    let order = match request.required("grant_type")?.as_str() {
        "authorization_code" => authorization_code::redeem(state, now, &request)?,
        "refresh_token" => refresh_token::redeem(state, now, &request)?,
        "client_credentials" => client_credentials::accept(state, now, &request)?,
        // `password` and the implicit grant were switched off on 2025-02-17.
        _ => return Err(Refused::unsupported_grant_type()),
    };
    let (lifetimes, code) = (order.lifetimes, order.authorization_code.clone());
    let token = issue(state, now, order);
    if let Some(consent) = code.and_then(|code| state.consents.get_mut(&code)) {
        consent.redeemed = true;
    }
    let said =
        state.switches.expires_in == ExpiresIn::Always || request.get("expires_in").is_some();
    Ok(Granted {
        access_token: token.access_token,
        scope: token.scopes.join(" "),
        refresh_token: token.refresh_token,
        expires_in: lifetimes.access.filter(|_| said),
        refresh_token_expires_in: lifetimes.refresh,
    })
}
