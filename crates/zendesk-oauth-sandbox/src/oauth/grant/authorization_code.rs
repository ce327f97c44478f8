//! What a user agreed to, for its code (RFC 6749, section 4.1.3).

use jiff::Timestamp;

use super::request::{Request, Secret};
use super::{Issue, Refused};
use crate::oauth::{Registered, pkce, scopes};
use crate::state::{Consent, State};

/// A code that is refused for another reason than having been used stays good: no token was issued for it,
/// and RFC 6749 lets only use end it. One that is used again is refused, and the tokens that were issued
/// for it are revoked (RFC 6749, section 4.1.2).
pub(super) fn redeem(
    state: &mut State,
    now: Timestamp,
    request: &Request<'_>,
) -> Result<Issue, Refused> {
    let code = request.required("code")?;
    let client = request.client(state)?;
    let secret = request.secret(client)?;
    let Some(consent) = state.consents.get(&code).filter(|it| is_of(it, client)) else {
        // Without the code's challenge nothing but the secret can show who asks.
        request.authenticate(client)?;
        return Err(Refused::invalid_grant());
    };
    if secret == Secret::NotSent && consent.code_challenge.is_none() {
        // Confidential clients may use PKCE, a secret or both. A client that has become public since then
        // had neither asked of it, and its code must not do alone.
        return Err(Refused::invalid_client());
    }
    if consent.redeemed {
        state.tokens.remove_of_code(&code);
        return Err(Refused::invalid_grant());
    }
    if now >= consent.expires_at || request.required("redirect_uri")? != consent.redirect_uri {
        return Err(Refused::invalid_grant());
    }
    verify(consent, request)?;
    let user = state.users.get(&consent.user_id);
    if user.is_none_or(|user| !user.may_act()) {
        return Err(Refused::invalid_grant());
    }
    // Never more than the user agreed to. Unknown: whether Zendesk grants less if less is asked for.
    let asked = scopes::asked(request.get("scope").as_deref(), Some(&consent.scopes))?;
    scopes::within(&asked, client.allowed_scopes())?;
    Ok(Issue {
        client_id: consent.client_id,
        issued_to: consent.issued_to,
        user_id: consent.user_id,
        scopes: asked,
        lifetimes: request.lifetimes(state, client, now)?,
        authorization_code: Some(code),
    })
}

fn is_of(consent: &Consent, client: Registered<'_>) -> bool {
    consent.client_id == client.id() && consent.issued_to == client.issued_to()
}

/// A verifier for which there was no challenge is refused too: PKCE was taken away on the way
/// (RFC 9700, section 2.1.1).
fn verify(consent: &Consent, request: &Request<'_>) -> Result<(), Refused> {
    let Some(challenge) = &consent.code_challenge else {
        return match request.get("code_verifier") {
            None => Ok(()),
            Some(_) => Err(Refused::wrong_verifier()),
        };
    };
    let verifier = request.required("code_verifier")?;
    let method = consent.code_challenge_method.as_deref();
    if pkce::matches(&verifier, challenge, method) {
        Ok(())
    } else {
        Err(Refused::wrong_verifier())
    }
}
