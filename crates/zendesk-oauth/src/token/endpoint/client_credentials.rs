//! `OAuthClientCredentials`: who asks for a token.

use std::fmt;

use zendesk_oauth_core::Secret;

/// An OAuth client, as it names itself to the token endpoint (RFC 6749, 2.3.1): its identifier, and
/// its secret if it has one. Debug shows no secret.
///
/// What is empty or holds a control character makes the call fail before anything is sent.
#[derive(Clone)]
pub struct OAuthClientCredentials {
    client_id: String,
    client_secret: Option<Secret>,
}

impl OAuthClientCredentials {
    /// A client that cannot keep a secret (RFC 6749, 2.1), such as a program on the machines of
    /// those who use it. `client_id` is its identifier, not its number.
    #[must_use]
    pub fn public(client_id: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: None,
        }
    }

    /// A client with a secret, such as a server. `client_id` is its identifier, not its number.
    #[must_use]
    pub fn confidential(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: Some(client_secret.into()),
        }
    }

    /// The identifier.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The secret, if the client has one.
    #[must_use]
    pub fn client_secret(&self) -> Option<&Secret> {
        self.client_secret.as_ref()
    }
}

impl fmt::Debug for OAuthClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthClientCredentials")
            .field("client_id", &self.client_id)
            .field("client_secret", &self.client_secret)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_shown() {
        let server = OAuthClientCredentials::confidential("app", "CANARY-secret");
        let printed = format!("{server:?} {server:#?}");
        assert!(
            printed.contains("app") && !printed.contains("CANARY"),
            "{printed}"
        );
        assert_eq!(server.client_secret().unwrap().expose(), "CANARY-secret");
        assert!(
            OAuthClientCredentials::public("app")
                .client_secret()
                .is_none()
        );
    }
}
