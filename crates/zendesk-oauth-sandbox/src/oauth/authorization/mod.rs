//! The authorization endpoint: who asks, what a person answers, and where the browser goes next.
//!
//! Facts: <https://developer.zendesk.com/documentation/api-basics/authentication/oauth-pkce>. What is not
//! documented follows RFC 6749, section 4.1.

mod page;
mod request;

use jiff::{SignedDuration, Timestamp};

use crate::auth;
use crate::http::{Answer, Call, Query};
use crate::state::{Consent, Role, State};
use crate::switches::ConsentSwitch;
use request::AuthorizationRequest;

/// Where the page posts the answer to.
pub(super) const ANSWER: &str = "/oauth/authorizations";

const CODE_LENGTH: usize = 41;

/// A code is good for 120 seconds.
const CODE_LIFETIME: SignedDuration = SignedDuration::from_secs(120);

pub(super) fn show(state: &mut State, call: &Call<'_>) -> Answer {
    let query = call.query();
    let request = match AuthorizationRequest::read(state, &query) {
        Ok(request) => request,
        Err(refused) => return refused,
    };
    let user_id = auth::signed_in(state, call).or_else(|| first_admin(state));
    match state.switches.consent {
        ConsentSwitch::Ask => page::consent(state, &request, &query, user_id),
        ConsentSwitch::Approve => approved(state, &request, user_id, call.now),
        ConsentSwitch::Deny => request.denied(),
    }
}

/// The page's form. Its hidden fields are as little to be trusted as any query: everything is read anew.
pub(super) fn answer(state: &mut State, call: &Call<'_>) -> Answer {
    if !call.is_form() {
        return page::refusal("The answer to this page must be a form.");
    }
    let form = Query::parse(call.body);
    let request = match AuthorizationRequest::read(state, &form) {
        Ok(request) => request,
        Err(refused) => return refused,
    };
    match form.get("decision") {
        Some("deny") => request.denied(),
        Some("allow") => {
            let user_id = form.get("user_id").and_then(|id| id.parse().ok());
            let user_id = user_id.filter(|id| may_sign_in(state, *id));
            if user_id.is_none() {
                return page::refusal("There is no such user who can sign in.");
            }
            approved(state, &request, user_id, call.now)
        }
        _ => page::refusal("The answer must be to allow or to deny."),
    }
}

fn approved(
    state: &mut State,
    request: &AuthorizationRequest,
    user_id: Option<i64>,
    now: Timestamp,
) -> Answer {
    let Some(user_id) = user_id else {
        return request.denied();
    };
    forget_expired(state, now);
    let code = state.chance.alphanumeric("authorization code", CODE_LENGTH);
    let expires_at = now.saturating_add(CODE_LIFETIME).unwrap_or(Timestamp::MAX);
    let consent = Consent {
        client_id: request.client_id,
        issued_to: request.issued_to,
        user_id,
        redirect_uri: request.redirect_uri.clone(),
        scopes: request.scopes.clone(),
        code_challenge: request.code_challenge.clone(),
        code_challenge_method: request.code_challenge_method.clone(),
        expires_at,
        redeemed: false,
    };
    state.consents.insert(code.clone(), consent);
    request.to_client(&[("code", &code)])
}

/// Codes are remembered beyond their end, so that using one twice is noticed, but not for ever.
fn forget_expired(state: &mut State, now: Timestamp) {
    let count = state.consents.len();
    if count >= 1_024 && count.is_power_of_two() {
        state.consents.retain(|_, consent| now < consent.expires_at);
    }
}

fn first_admin(state: &State) -> Option<i64> {
    let mut users = state.users.values();
    let admin = users.find(|user| user.role == Role::Admin && user.may_act());
    admin.map(|user| user.id)
}

fn may_sign_in(state: &State, user_id: i64) -> bool {
    let user = state.users.get(&user_id);
    user.is_some_and(|user| user.may_act())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
    use bytes::Bytes;

    use super::*;
    use crate::auth::Caller;
    use crate::chance::Chance;
    use crate::clock::VirtualClock;
    use crate::http::Parameters;
    use crate::seed::Seed;
    use crate::state::Session;
    use crate::switches::Switches;

    const AGENT: i64 = 30;

    /// Who agreed, for a browser with an agent's session.
    fn who_agrees(change: impl FnOnce(&mut State)) -> Option<i64> {
        let clock = VirtualClock::frozen("2026-11-02T09:00:00Z".parse().unwrap());
        let mut switches = Switches::default();
        switches.set("consent", "approve").unwrap();
        let mut state = State::empty(clock, Chance::new(1), switches);
        Seed::starter().furnish(&mut state);
        let session = Session { user_id: AGENT };
        state.sessions.insert("CANARY-session".to_owned(), session);
        change(&mut state);
        let uri = "/oauth/authorizations/new?response_type=code&client_id=sandbox_starter&scope=read\
                   &redirect_uri=http%3A%2F%2Flocalhost%2Fcallback";
        let uri = Uri::from_static(uri);
        let mut headers = HeaderMap::new();
        let cookie = HeaderValue::from_static("_zendesk_session=CANARY-session");
        headers.insert(header::COOKIE, cookie);
        let call = Call {
            method: &Method::GET,
            uri: &uri,
            headers: &headers,
            body: &Bytes::new(),
            base: "http://localhost",
            parameters: Parameters::default(),
            caller: Caller::Nobody,
            now: state.now(),
        };
        let answer = show(&mut state, &call);
        assert_eq!(answer.status, 302);
        let mut consents = state.consents.values();
        consents.next().map(|consent| consent.user_id)
    }

    #[test]
    fn the_browser_s_user_agrees_or_else_the_first_admin_who_can_sign_in() {
        assert_eq!(who_agrees(|_| {}), Some(AGENT));
        let suspended = |id: i64| {
            move |state: &mut State| {
                state.users.get_mut(&id).unwrap().suspended = true;
            }
        };
        assert_eq!(who_agrees(suspended(AGENT)), Some(29));
        assert_eq!(who_agrees(|state| state.users.clear()), None);
    }

    #[test]
    fn codes_are_forgotten_in_the_end() {
        let clock = VirtualClock::frozen("2026-11-02T09:00:00Z".parse().unwrap());
        let mut state = State::empty(clock, Chance::new(1), Switches::default());
        let consent = |expires_at| Consent {
            client_id: 1,
            issued_to: crate::state::IssuedTo::Local,
            user_id: 29,
            redirect_uri: String::new(),
            scopes: Vec::new(),
            code_challenge: None,
            code_challenge_method: None,
            expires_at,
            redeemed: true,
        };
        let now = state.now();
        for number in 0..1_024 {
            let kept = number % 512 == 0;
            let end = if kept { Timestamp::MAX } else { now };
            state.consents.insert(number.to_string(), consent(end));
        }
        forget_expired(&mut state, now);
        assert_eq!(state.consents.len(), 2);
    }
}
