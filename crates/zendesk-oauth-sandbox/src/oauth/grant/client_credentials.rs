//! A token for the client's secret (RFC 6749, section 4.4).
//!
//! It acts as the user who made the client, and there is no refresh token.

use jiff::Timestamp;

use super::{Issue, Refused, Request};
use crate::oauth::{Registered, scopes};
use crate::state::{ClientKind, State};

pub(super) fn accept(
    state: &State,
    now: Timestamp,
    request: &Request<'_>,
) -> Result<Issue, Refused> {
    let client = request.client(state)?;
    if client.kind() == ClientKind::Public {
        let text = "The client_credentials grant is for confidential clients only";
        return Err(Refused::unauthorized_client(text));
    }
    request.authenticate(client)?;
    let Registered::Local(local) = client else {
        return Err(Refused::invalid_client());
    };
    // Observed with the clients that ZIS makes.
    if local.integration.is_some() {
        return Err(Refused::invalid_client());
    }
    let user = state.users.get(&local.user_id);
    if user.is_none_or(|user| !user.may_act()) {
        let text = "The user who made the client cannot sign in";
        return Err(Refused::unauthorized_client(text));
    }
    let scopes = scopes::asked(request.get("scope").as_deref(), client.allowed_scopes())?;
    Ok(Issue {
        client_id: client.id(),
        issued_to: client.issued_to(),
        user_id: local.user_id,
        scopes,
        lifetimes: request.lifetimes(state, client, now)?.without_refresh(),
        authorization_code: None,
    })
}
