//! Who calls: the right refusal for each wrong credential, before the path is even looked at.
//!
//! What each surface accepts is Zendesk's documentation; the texts of the refusals were observed. Each
//! is quoted, with its source, in the documents of the repository's `openapi` folder.

use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use crate::http::{Answer, Call};
use crate::oauth::is_known_scope;
use crate::routes::{Access, Area};
use crate::state::{IssuedTo, Role, State};
use crate::{chat, support, zis};

/// Who makes a call, and with what.
#[derive(Clone, Default)]
pub(crate) enum Caller {
    #[default]
    Nobody,
    /// A Support token, of whatever client.
    Token { token_id: i64, user_id: i64 },
    /// An API token beside an e-mail address.
    ApiToken { user_id: i64 },
    /// A browser that is signed in.
    Session { user_id: i64 },
    /// A Chat token.
    Chat { token_id: i64 },
}

impl Caller {
    /// The user of the account whom the caller acts as.
    pub(crate) fn user_id(&self) -> Option<i64> {
        match self {
            Self::Token { user_id, .. }
            | Self::ApiToken { user_id }
            | Self::Session { user_id } => Some(*user_id),
            Self::Nobody | Self::Chat { .. } => None,
        }
    }

    /// The Support token that the caller uses.
    pub(crate) fn token_id(&self) -> Option<i64> {
        match self {
            Self::Token { token_id, .. } => Some(*token_id),
            _ => None,
        }
    }
}

/// What a request carries, before anybody looks it up.
pub(crate) enum Credential {
    None,
    Bearer(String),
    /// `{user}:{password}`, decoded.
    Basic {
        user: String,
        password: String,
    },
    /// A scheme that nobody knows, or one that does not parse.
    Unreadable,
    Session(String),
}

impl Credential {
    /// The credential of a call: the `Authorization` header, or else the session cookie.
    pub(crate) fn of(call: &Call<'_>) -> Self {
        let Some(value) = call.headers.get(header::AUTHORIZATION) else {
            return Self::session(call);
        };
        let Ok(text) = value.to_str() else {
            return Self::Unreadable;
        };
        let (scheme, rest) = text.split_once(' ').unwrap_or((text, ""));
        let rest = rest.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            return Self::Bearer(rest.to_owned());
        }
        if !scheme.eq_ignore_ascii_case("basic") {
            return Self::Unreadable;
        }
        let decoded = STANDARD
            .decode(rest)
            .ok()
            .and_then(|it| String::from_utf8(it).ok());
        match decoded.as_deref().and_then(|it| it.split_once(':')) {
            Some((user, password)) => Self::Basic {
                user: user.to_owned(),
                password: password.to_owned(),
            },
            None => Self::Unreadable,
        }
    }

    fn session(call: &Call<'_>) -> Self {
        let cookies = call.header(header::COOKIE).unwrap_or_default().split(';');
        let mut sessions = cookies.filter_map(|it| it.trim().strip_prefix(SESSION_COOKIE));
        let found = sessions.find_map(|rest| rest.strip_prefix('='));
        found.map_or(Self::None, |value| Self::Session(value.to_owned()))
    }
}

/// The cookie of a browser that is signed in.
pub(crate) const SESSION_COOKIE: &str = "_zendesk_session";

/// Looks the credential up, by the rules of the part of Zendesk that the path belongs to.
///
/// A caller without any credential is let through as nobody where Zendesk has anonymous answers; what
/// it may do there is decided with the route.
pub(crate) fn authenticate(
    state: &mut State,
    area: Area,
    call: &Call<'_>,
) -> Result<Caller, Answer> {
    let now = call.now;
    match area {
        Area::Support => match Credential::of(call) {
            // Observed: a password, which is of no use any more, is not even refused there.
            Credential::Basic { user, .. }
                if support::is_anonymous(call.uri.path()) && !user.ends_with("/token") =>
            {
                Ok(Caller::Nobody)
            }
            credential => support_caller(state, credential, now),
        },
        Area::Zis => zis_caller(state, Credential::of(call), now),
        Area::Registry => registry_caller(state, Credential::of(call), now),
        Area::Chat => chat_caller(state, Credential::of(call), now),
        Area::ZisOpen | Area::RetiredChat | Area::Open => Ok(Caller::Nobody),
    }
}

fn support_caller(
    state: &mut State,
    credential: Credential,
    now: Timestamp,
) -> Result<Caller, Answer> {
    match credential {
        Credential::None => Ok(Caller::Nobody),
        Credential::Bearer(token) => bearer(state, &token, now).ok_or_else(support::invalid_token),
        Credential::Basic { user, password } => {
            api_token(state, &user, &password, now).ok_or_else(support::could_not_authenticate)
        }
        Credential::Session(session) => {
            session_of(state, &session).ok_or_else(support::could_not_authenticate)
        }
        Credential::Unreadable => Err(support::could_not_authenticate()),
    }
}

/// A ZIS token is a Support token; that it belongs to the right client is decided with the route,
/// where the integration is known.
fn zis_caller(state: &mut State, credential: Credential, now: Timestamp) -> Result<Caller, Answer> {
    let switches = state.switches;
    let failed = |text| zis::unauthorized(switches, text);
    match credential {
        Credential::Bearer(token) => {
            bearer(state, &token, now).ok_or_else(|| failed("Authentication failed"))
        }
        Credential::Basic { user, password } => {
            Err(match api_token(state, &user, &password, now) {
                Some(_) => zis::forbidden(switches, "API token is not supported"),
                None => failed("Authentication failed"),
            })
        }
        Credential::Session(session) => {
            session_of(state, &session).ok_or_else(|| failed("Authentication failed"))
        }
        Credential::None | Credential::Unreadable => Err(failed("Authentication failed")),
    }
}

fn registry_caller(
    state: &mut State,
    credential: Credential,
    now: Timestamp,
) -> Result<Caller, Answer> {
    let caller = match credential {
        Credential::Bearer(token) => bearer(state, &token, now),
        Credential::Basic { user, password } => api_token(state, &user, &password, now),
        Credential::Session(session) => session_of(state, &session),
        Credential::None | Credential::Unreadable => None,
    };
    caller.ok_or_else(zis::registry_unauthorized)
}

fn chat_caller(
    state: &mut State,
    credential: Credential,
    now: Timestamp,
) -> Result<Caller, Answer> {
    let Credential::Bearer(token) = credential else {
        return Err(chat::unauthorized());
    };
    let token_id = state.chat.token_by_value(&token, now);
    let caller = token_id.map(|token_id| Caller::Chat { token_id });
    caller.ok_or_else(chat::unauthorized)
}

fn bearer(state: &mut State, token: &str, now: Timestamp) -> Option<Caller> {
    let found = state.tokens.by_access_token(token)?;
    if !found.is_good(now) {
        return None;
    }
    let (token_id, user_id) = (found.id, found.user_id);
    let user = state.users.get(&user_id)?;
    if !user.may_act() {
        return None;
    }
    state.tokens.mark_used(token_id, now);
    Some(Caller::Token { token_id, user_id })
}

/// `{email}/token` and an API token. They end with 2027-04-30, by the virtual clock; passwords have
/// ended already.
fn api_token(state: &State, user: &str, password: &str, now: Timestamp) -> Option<Caller> {
    let email = user.strip_suffix("/token")?;
    state.api_tokens.get(password)?;
    let user = state.user_by_email(email)?;
    let ended = now >= END_OF_API_TOKENS || !user.may_act();
    (!ended).then_some(Caller::ApiToken { user_id: user.id })
}

/// 2027-04-30T00:00:00Z: Zendesk gives the day, not the hour.
const END_OF_API_TOKENS: Timestamp = Timestamp::constant(1_809_043_200, 0);

fn session_of(state: &State, session: &str) -> Option<Caller> {
    let user_id = state.sessions.get(session)?.user_id;
    let user = state.users.get(&user_id)?;
    (user.may_act()).then_some(Caller::Session { user_id })
}

/// The user of the browser that is signed in, where nobody needs to be.
pub(crate) fn signed_in(state: &State, call: &Call<'_>) -> Option<i64> {
    match Credential::of(call) {
        Credential::Session(session) => session_of(state, &session)?.user_id(),
        _ => None,
    }
}

/// Whether the caller may do what the route does.
pub(crate) fn authorize(state: &State, access: Access, call: &Call<'_>) -> Result<(), Answer> {
    match access {
        Access::Open => Ok(()),
        Access::Support { admins_only, scope } => support_access(state, admins_only, scope, call),
        Access::OwnToken => match call.caller {
            Caller::Token { token_id, .. } => own_token_access(state, token_id),
            _ => Err(support::invalid_token()),
        },
        Access::Zis => zis_access(state, call),
        // No source says that a session serves here, so it counts for nothing.
        Access::ZisToken => match call.caller {
            Caller::Session { .. } => {
                Err(zis::unauthorized(state.switches, "Authentication failed"))
            }
            _ => zis_access(state, call),
        },
        Access::Registry { scope } => registry_access(state, scope, call),
        Access::Chat { scope } => chat_access(state, scope, call),
    }
}

fn role(state: &State, caller: &Caller) -> Option<Role> {
    let user = state.users.get(&caller.user_id()?)?;
    Some(user.role)
}

fn support_access(
    state: &State,
    admins_only: bool,
    scope: &'static str,
    call: &Call<'_>,
) -> Result<(), Answer> {
    let Some(role) = role(state, &call.caller) else {
        return Err(support::could_not_authenticate());
    };
    if let Some(token) = call.caller.token_id().and_then(|id| state.tokens.get(id))
        && !grants(&token.scopes, scope)
    {
        return Err(support::missing_scope(scope));
    }
    if admins_only && role != Role::Admin {
        return Err(support::no_access());
    }
    Ok(())
}

/// Whether a token's scopes suffice: `read` is that of every resource.
fn grants(scopes: &[String], scope: &str) -> bool {
    let everywhere = scope.split_once(':').map_or(scope, |(_, action)| action);
    scopes.iter().any(|it| it == scope || it == everywhere)
}

/// A token about itself. Documented: every request of a token whose scopes do not exist is forbidden. Inferred:
/// any other token may do it.
fn own_token_access(state: &State, token_id: i64) -> Result<(), Answer> {
    let token = state.tokens.get(token_id);
    let is_useless = |scopes: &[String]| !scopes.iter().any(|scope| is_known_scope(scope));
    if token.is_some_and(|token| is_useless(&token.scopes)) {
        return Err(support::missing_scope("read"));
    }
    Ok(())
}

/// An admin; a token needs the scope as well. Inferred: the registry documents no scopes, yet that of a token is
/// meant for the whole account. The refusal is the only one that the registry documents for callers.
fn registry_access(state: &State, scope: &str, call: &Call<'_>) -> Result<(), Answer> {
    let is_admin = role(state, &call.caller) == Some(Role::Admin);
    let lacks_scope = call.caller.token_id().is_some_and(|id| {
        let token = state.tokens.get(id);
        token.is_none_or(|token| !token.has_scope(scope))
    });
    if is_admin && !lacks_scope {
        Ok(())
    } else {
        Err(zis::registry_unauthorized())
    }
}

/// A token of the integration's own client, or an admin's browser session.
fn zis_access(state: &State, call: &Call<'_>) -> Result<(), Answer> {
    let integration = call.parameter("integration");
    let mismatch = || {
        let text = "Authorization failed due to integration mismatch";
        Err(zis::unauthorized(state.switches, text))
    };
    match &call.caller {
        Caller::Session { .. } if role(state, &call.caller) == Some(Role::Admin) => Ok(()),
        Caller::Token { token_id, .. } => {
            let token = state.tokens.get(*token_id);
            // Global clients have ids of their own.
            let token = token.filter(|token| token.issued_to == IssuedTo::Local);
            let client = token.and_then(|token| state.clients.get(token.client_id));
            match client.and_then(|client| client.integration.as_deref()) {
                Some(own) if own == integration => Ok(()),
                // That there is no such integration is for the room to say.
                Some(_) if !state.zis.has_integration(integration) => Ok(()),
                _ => mismatch(),
            }
        }
        _ => Err(zis::forbidden(state.switches, "Forbidden")),
    }
}

fn chat_access(state: &State, scope: &'static str, call: &Call<'_>) -> Result<(), Answer> {
    let Caller::Chat { token_id } = call.caller else {
        return Err(chat::unauthorized());
    };
    if state.chat.token_may(token_id, scope) {
        Ok(())
    } else {
        Err(chat::forbidden())
    }
}
