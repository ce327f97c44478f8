//! What a command authenticates with, and what kind of thing that is.

use zendesk_oauth::Secret;

/// What kind of credentials an area has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CredentialKind {
    /// An access token that was given as it is.
    Bearer,
    /// An API token with an e-mail address.
    ApiToken,
    /// A person's login: authorization code with PKCE.
    AuthorizationCode,
    /// A client's own login.
    ClientCredentials,
}

impl CredentialKind {
    /// Its name in JSON and tables. Those of logins are the grants' in the settings file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::ApiToken => "api_token",
            Self::AuthorizationCode => "authorization_code",
            Self::ClientCredentials => "client_credentials",
        }
    }

    /// Whether its tokens are kept fresh.
    pub(crate) fn is_login(self) -> bool {
        matches!(self, Self::AuthorizationCode | Self::ClientCredentials)
    }
}

/// Credentials of one area. Debug shows no secret.
#[derive(Clone, Debug)]
pub(crate) enum Access {
    /// `Authorization: Bearer`.
    Token(Secret),
    /// `{email}/token:{token}`.
    ApiToken { email: String, token: Secret },
    /// A login whose tokens lie in the profile's store.
    Login(LoginEntry),
}

/// How the tokens of a login are got.
#[derive(Clone, Debug)]
pub(crate) struct LoginEntry {
    /// Whether they are the client's own, and not a person's.
    pub(crate) is_client_credentials: bool,
    pub(crate) client_id: String,
    /// None of a public client.
    pub(crate) client_secret: Option<Secret>,
    pub(crate) scopes: Vec<String>,
}

impl Access {
    pub(crate) fn kind(&self) -> CredentialKind {
        match self {
            Self::Token(_) => CredentialKind::Bearer,
            Self::ApiToken { .. } => CredentialKind::ApiToken,
            Self::Login(login) if login.is_client_credentials => CredentialKind::ClientCredentials,
            Self::Login(_) => CredentialKind::AuthorizationCode,
        }
    }
}
