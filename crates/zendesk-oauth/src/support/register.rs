//! The flows that give a client's whole secret, which Zendesk shows once.

use zendesk_oauth_core::Secret;

use super::registered::with_whole_secret;
use super::secret_not_received::{After, SecretNotReceived};
use super::{NewOAuthClient, OAuthClient, OAuthClients, RegisteredOAuthClient};
use crate::error::Kind;
use crate::{Error, RequestError};

impl OAuthClients {
    /// Creates a confidential client and gives it with its whole secret, which no later answer
    /// shows: keep it before anything else.
    ///
    /// It sends [`create_oauth_client`](Self::create_oauth_client), whose answer has the whole secret
    /// (<https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_clients/>). Should it have
    /// none, or one that is truncated as in the examples of that page, it sends
    /// [`generate_oauth_client_secret`](Self::generate_oauth_client_secret) once.
    ///
    /// ```
    /// # async fn example(zendesk: zendesk_oauth::Zendesk) -> Result<(), zendesk_oauth::Error> {
    /// use zendesk_oauth::support::NewOAuthClient;
    ///
    /// let new = NewOAuthClient::confidential("Acme nightly", "acme_nightly");
    /// let (client, secret) = zendesk.oauth_clients().register(new).await?.into_parts();
    /// println!("created {} with id {}", client.identifier, client.id);
    /// keep(secret.expose());
    /// # Ok(())
    /// # }
    /// # fn keep(_: &str) {}
    /// ```
    ///
    /// # Errors
    ///
    /// For a public client, which keeps no secret: use [`create`](Self::create); nothing is sent.
    /// Otherwise as any call. If the client was created and no whole secret came back, the error says
    /// so, and [`Error::oauth_client`] is the client. After a timeout or a lost connection the client
    /// may exist without that anybody knows its secret: look for its identifier in the list before
    /// creating it again. An answer that could not be read is in the error's body, secret and all.
    pub async fn register(&self, new: NewOAuthClient) -> Result<RegisteredOAuthClient, Error> {
        check(&new).map_err(|refused| Error::from(refused).on("create_oauth_client"))?;
        let created = match with_whole_secret(self.create_oauth_client(new).await?) {
            Ok(registered) => return Ok(registered),
            Err(created) => created,
        };
        match self.generate_oauth_client_secret(created.id).await {
            Ok(client) => with_whole_secret(client)
                .map_err(|client| not_received(*client, After::Create, None)),
            Err(cause) => Err(not_received(*created, After::Create, Some(cause))),
        }
    }

    /// Gives a client a new secret, and the whole of it. The old one dies at once: there is one
    /// secret for each client, and no overlap (observed). Keep the new one before anything else.
    ///
    /// Short for [`generate_oauth_client_secret`](Self::generate_oauth_client_secret), whose answer is
    /// looked at.
    ///
    /// # Errors
    ///
    /// As any call; and if the answer has no whole secret, when [`Error::oauth_client`] is the client.
    /// After a timeout or a lost connection the old secret may be dead: call it again.
    pub async fn generate_secret(&self, id: i64) -> Result<Secret, Error> {
        let client = self.generate_oauth_client_secret(id).await?;
        match with_whole_secret(client) {
            Ok(registered) => Ok(registered.into_parts().1),
            Err(client) => Err(not_received(*client, After::Generate, None)),
        }
    }
}

fn not_received(client: OAuthClient, after: After, cause: Option<Error>) -> Error {
    let error = SecretNotReceived {
        client,
        after,
        cause,
    };
    Error::new(Kind::SecretNotReceived(Box::new(error)))
}

/// Whether a client has a secret to receive, and may be sent.
fn check(new: &NewOAuthClient) -> Result<(), RequestError> {
    new.check()?;
    if new.is_public() {
        return Err(RequestError::new(
            "kind",
            "a public client keeps no secret, so there is none to register it for: make it with \
             `create`",
        ));
    }
    Ok(())
}
