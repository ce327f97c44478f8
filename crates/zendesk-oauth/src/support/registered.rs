//! `RegisteredOAuthClient`: a client with its whole secret.

use std::fmt;

use zendesk_oauth_core::Secret;

use super::OAuthClient;
use super::whole_secret::is_whole;

/// A client with its whole secret, which no later answer shows again.
///
/// The secret is here only: the client's member `secret` is empty.
#[derive(Clone)]
#[must_use = "the secret is shown once"]
pub struct RegisteredOAuthClient {
    client: OAuthClient,
    secret: Secret,
}

impl RegisteredOAuthClient {
    /// The client, without its secret.
    #[must_use]
    pub fn client(&self) -> &OAuthClient {
        &self.client
    }

    /// The whole secret.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Both, to keep each in its place.
    #[must_use]
    pub fn into_parts(self) -> (OAuthClient, Secret) {
        (self.client, self.secret)
    }
}

impl fmt::Debug for RegisteredOAuthClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisteredOAuthClient")
            .field("id", &self.client.id)
            .field("identifier", &self.client.identifier)
            .finish_non_exhaustive()
    }
}

/// Takes the secret out of a client; or gives the client back, without it, if it is not whole.
pub(super) fn with_whole_secret(
    mut client: OAuthClient,
) -> Result<RegisteredOAuthClient, Box<OAuthClient>> {
    match client.secret.take() {
        Some(secret) if is_whole(&secret) => Ok(RegisteredOAuthClient { client, secret }),
        _ => Err(Box::new(client)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(secret: Option<&str>) -> Result<RegisteredOAuthClient, Box<OAuthClient>> {
        let client = OAuthClient::builder().id(1).identifier("a").name("A");
        let client = client.secret(secret.map(Secret::from));
        with_whole_secret(client.try_into().unwrap())
    }

    #[test]
    fn a_whole_secret_is_taken_out_of_the_client() {
        let registered = read(Some("CANARY-secret")).unwrap();
        assert!(registered.client().secret.is_none());
        assert!(!format!("{registered:?}").contains("CANARY"));
        let (client, secret) = registered.into_parts();
        assert_eq!((client.id, secret.expose()), (1, "CANARY-secret"));
    }

    #[test]
    fn a_truncated_or_missing_secret_is_none_and_is_not_kept() {
        for secret in [
            None,
            Some(""),
            Some("  "),
            Some("..."),
            Some("af3t24tfj34h43s..."),
            Some("af3t24tfj\u{2026}"),
            Some("af3t24tfj... "),
        ] {
            let client = read(secret).unwrap_err();
            assert!(client.id == 1 && client.secret.is_none(), "{secret:?}");
        }
    }
}
