//! The credentials of a sandbox, picked out of what it begins with.

use std::fmt;

use crate::chat::ChatToken;
use crate::oauth::Registered;
use crate::state::{ClientKind, Role, State, Token, User};

/// Every scope of Chat.
const CHAT_SCOPES: [&str; 3] = ["read", "write", "chat"];

/// Credentials ready to use, one of each kind. Its Debug form shows none of them.
///
/// The seed that a sandbox begins with when nobody gives it another has every kind: then a method such as
/// [`zis_token()`](Self::zis_token) gives what the field of that name holds. An admin and the admin's token are
/// there whatever the seed says.
#[derive(Clone)]
#[non_exhaustive]
pub struct StarterCredentials {
    /// An admin's bearer token with the scopes `read` and `write`. It does not expire.
    pub admin_token: String,
    /// That admin's e-mail address, for basic authentication as `{email}/token:{api_token}`.
    pub admin_email: String,
    /// An admin's bearer token without the scope `write`.
    pub read_only_token: Option<String>,
    /// An admin's bearer token that has expired.
    pub expired_token: Option<String>,
    /// A bearer token of an agent who is not an admin.
    pub agent_token: Option<String>,
    /// The identifier of a confidential client whose tokens expire.
    pub client_id: Option<String>,
    /// That client's secret.
    pub client_secret: Option<String>,
    /// An API token of the account. It works until 2027-04-30 of the virtual clock.
    pub api_token: Option<String>,
    /// The value of the cookie `_zendesk_session` of a browser in which an admin is signed in.
    pub admin_session: Option<String>,
    /// The name of an integration of ZIS.
    pub integration: Option<String>,
    /// The name of that integration's ZIS OAuth client, which leads to the stand-in for a third party.
    pub zis_oauth_client: Option<String>,
    /// A bearer token of the integration's own OAuth client.
    pub zis_token: Option<String>,
    /// The name of another integration of ZIS.
    pub other_integration: Option<String>,
    /// A bearer token of that other integration's own OAuth client.
    pub other_zis_token: Option<String>,
    /// An administrator's bearer token of Chat with all its scopes.
    pub chat_token: Option<String>,
    /// An administrator's bearer token of Chat without the scope `write`.
    pub chat_read_only_token: Option<String>,
    /// A bearer token of a Chat agent who is not an administrator.
    pub chat_agent_token: Option<String>,
    /// An administrator's bearer token of Chat that has expired.
    pub chat_expired_token: Option<String>,
}

impl fmt::Debug for StarterCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StarterCredentials")
            .field("admin_email", &self.admin_email)
            .field("integration", &self.integration)
            .field("zis_oauth_client", &self.zis_oauth_client)
            .finish_non_exhaustive()
    }
}

/// A method beside each field: the value itself, where the seed is known to have it.
macro_rules! there {
    ($($field:ident: $what:literal,)+) => {
        impl StarterCredentials {
            $(
                #[doc = concat!("The field of the same name: ", $what, ".")]
                ///
                /// # Panics
                ///
                /// If the seed of the sandbox has none; the starter seed has one.
                #[must_use]
                pub fn $field(&self) -> &str {
                    self.$field.as_deref().expect(concat!("the seed of this sandbox has no ", $what))
                }
            )+
        }
    };
}

there! {
    read_only_token: "admin's token without the scope write",
    expired_token: "admin's token that has expired",
    agent_token: "token of an agent",
    client_id: "confidential client whose tokens expire",
    client_secret: "confidential client whose tokens expire",
    api_token: "API token",
    admin_session: "session of an admin",
    integration: "integration of ZIS",
    zis_oauth_client: "ZIS OAuth client",
    zis_token: "token of an integration",
    other_integration: "second integration of ZIS",
    other_zis_token: "token of a second integration",
    chat_token: "token of a Chat administrator with all scopes",
    chat_read_only_token: "token of a Chat administrator without the scope write",
    chat_agent_token: "token of a Chat agent",
    chat_expired_token: "token of a Chat administrator that has expired",
}

impl StarterCredentials {
    /// The first of each kind. The admin's token is known already.
    pub(crate) fn of(state: &State, admin_token: String) -> Self {
        let now = state.now();
        let admin = state.tokens.by_access_token(&admin_token);
        let admin = admin.and_then(|token| state.users.get(&token.user_id));
        let first = |wanted: &dyn Fn(&Token, &User) -> bool| {
            let mut tokens = state.tokens.table.iter();
            let found = tokens.find(|token| {
                let user = state.users.get(&token.user_id);
                user.is_some_and(|user| !user.suspended && wanted(token, user))
            });
            found.map(|token| token.access_token.clone())
        };
        let of_integration = |token: &Token| {
            let client = state.clients.get(token.client_id);
            client.is_some_and(|client| client.integration.is_some())
        };
        let client = state.clients.iter().find(|client| {
            client.kind == ClientKind::Confidential
                && client.integration.is_none()
                && Registered::Local(client).expiry_is_enforced(now)
        });
        let (integration, zis_oauth_client) = state.zis.first_integration().unzip();
        let zis_oauth_client = zis_oauth_client.flatten();
        let mut others = state.zis.integration_names();
        let other_integration = others.find(|name| Some(*name) != integration);
        let zis_token = |integration: &str| {
            first(&|token, _| {
                let client = state.clients.get(token.client_id);
                let own = client.and_then(|client| client.integration.as_deref());
                own == Some(integration) && token.is_good(now)
            })
        };
        let is_good = |token: &ChatToken| token.expires_at.is_none_or(|end| now < end);
        let has = |token: &ChatToken, scope: &str| token.scopes.iter().any(|it| it == scope);
        let mut sessions = state.sessions.iter().filter(|(_, session)| {
            let user = state.users.get(&session.user_id);
            user.is_some_and(|user| user.role == Role::Admin && !user.suspended)
        });
        Self {
            admin_email: admin.map(|user| user.email.clone()).unwrap_or_default(),
            read_only_token: first(&|token, user| {
                user.role == Role::Admin
                    && token.is_good(now)
                    && token.has_scope("read")
                    && !token.has_scope("write")
                    && !of_integration(token)
            }),
            expired_token: first(&|token, user| user.role == Role::Admin && !token.is_good(now)),
            agent_token: first(&|token, user| user.role == Role::Agent && token.is_good(now)),
            client_id: client.map(|client| client.identifier.clone()),
            client_secret: client.map(|client| client.secret.clone()),
            api_token: state.api_tokens.keys().next().cloned(),
            admin_session: sessions.next().map(|(cookie, _)| cookie.clone()),
            zis_token: integration.and_then(zis_token),
            integration: integration.map(str::to_owned),
            zis_oauth_client: zis_oauth_client.map(str::to_owned),
            other_zis_token: other_integration.and_then(zis_token),
            other_integration: other_integration.map(str::to_owned),
            chat_token: state.chat.first_token(true, |token| {
                is_good(token) && CHAT_SCOPES.iter().all(|scope| has(token, scope))
            }),
            chat_read_only_token: state
                .chat
                .first_token(true, |token| is_good(token) && !has(token, "write")),
            chat_agent_token: state.chat.first_token(false, is_good),
            chat_expired_token: state.chat.first_token(true, |token| !is_good(token)),
            admin_token,
        }
    }
}
