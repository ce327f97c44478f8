//! A new pair for an old one (RFC 6749, section 6).
//!
//! Facts: <https://support.zendesk.com/hc/en-us/articles/9182123625370>. A refresh token is single use, and
//! the old access token dies with it; no grace period is documented.

use jiff::Timestamp;

use super::{Issue, Refused, Request};
use crate::oauth::scopes;
use crate::state::State;

pub(super) fn redeem(
    state: &mut State,
    now: Timestamp,
    request: &Request<'_>,
) -> Result<Issue, Refused> {
    let refresh_token = request.required("refresh_token")?;
    let client = request.client(state)?;
    request.authenticate(client)?;
    let old = state.tokens.by_refresh_token(&refresh_token);
    let old = old.filter(|old| {
        let own = old.client_id == client.id() && old.issued_to == client.issued_to();
        own && old.can_refresh(now)
    });
    let old = old.ok_or_else(Refused::invalid_grant)?;
    let user = state.users.get(&old.user_id);
    if user.is_none_or(|user| !user.may_act()) {
        return Err(Refused::invalid_grant());
    }
    let scopes = match request.get("scope") {
        None => old.scopes.clone(),
        Some(text) => scopes::asked(Some(&text), Some(&old.scopes))?,
    };
    scopes::within(&scopes, client.allowed_scopes())?;
    let issue = Issue {
        client_id: old.client_id,
        issued_to: old.issued_to,
        user_id: old.user_id,
        scopes,
        // As asked now, whatever was asked for the old pair: the page's defaults are about requests.
        lifetimes: request.lifetimes(state, client, now)?.rotated(),
        authorization_code: old.authorization_code.clone(),
    };
    let old = old.id;
    state.tokens.remove(old);
    Ok(issue)
}
