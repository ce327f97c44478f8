//! The flow that gives a new token whole, which Zendesk shows once.

use super::issued::with_whole_token;
use super::{IssuedOAuthToken, NewOAuthToken, OAuthTokens};
use crate::Error;
use crate::error::Kind;

impl OAuthTokens {
    /// Creates a token and gives the whole of it, which no later answer shows: keep it before
    /// anything else.
    ///
    /// It sends [`create_support_oauth_token`](Self::create_support_oauth_token), whose answer is
    /// observed to have the whole token in `full_token`; Zendesk does not document it.
    ///
    /// ```
    /// # async fn example(zendesk: zendesk_oauth::Zendesk) -> Result<(), zendesk_oauth::Error> {
    /// use zendesk_oauth::support::NewOAuthToken;
    ///
    /// let new = NewOAuthToken::new(223443, ["tickets:read"]);
    /// let (record, token) = zendesk.oauth_tokens().issue(new).await?.into_parts();
    /// println!("token {} expires {:?}", record.id, record.expires_at);
    /// keep(token.expose());
    /// # Ok(())
    /// # }
    /// # fn keep(_: &str) {}
    /// ```
    ///
    /// # Errors
    ///
    /// As any call. If the token was created and the whole of it did not come back, the error says so,
    /// with its number, by which it can be [revoked](Self::revoke). After a timeout or a lost
    /// connection there may be a token that nobody knows: look for it in the list of the client before
    /// creating another.
    pub async fn issue(&self, new: NewOAuthToken) -> Result<IssuedOAuthToken, Error> {
        let created = self.create_support_oauth_token(new).await?;
        with_whole_token(created).map_err(|id| {
            Error::new(Kind::TokenNotReceived { id }).on("create_support_oauth_token")
        })
    }
}
