//! `GrantTypeTokens`: the token endpoint.

use zendesk_oauth_core::Transport;
use zendesk_support_grant_type_tokens::Client;

use super::{TokenForGrantType, TokenRequest};
use crate::{Call, Error};

/// Support's token endpoint, from [`Zendesk::grant_type_tokens`](crate::Zendesk::grant_type_tokens)
/// (<https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/>).
#[derive(Clone, Debug)]
pub struct GrantTypeTokens {
    /// Without credentials: those of the OAuth client are in the request.
    open: Transport,
}

impl GrantTypeTokens {
    pub(crate) fn new(open: Transport) -> Self {
        Self { open }
    }

    /// Gets a token, with a refresh token where the grant gives one, as `POST /oauth/tokens` in JSON.
    /// Any 2xx is a success: Zendesk documents 201, and was seen to answer 200.
    ///
    /// Believe the answer and not the request: the token may last shorter than was asked for, and
    /// `expires_in` may be missing although it expires (observed). A refused code or refresh token, and
    /// a scope that the client may not have, is an error with the status 400, a refused client one with
    /// 401; [`Error::code`](crate::Error::code) tells them apart, such as `invalid_grant`. A scope that
    /// does not exist is no error: a token comes, and its requests are forbidden (documented); look at
    /// `scope`.
    ///
    /// A failed call is not repeated by itself, for a code and a refresh token serve once, and the
    /// refresh of a pair ends the old one: store the new pair before it is used.
    ///
    /// ```no_run
    /// use std::time::Duration;
    ///
    /// use zendesk_oauth::{Secret, Zendesk, support::TokenRequest};
    ///
    /// # async fn token(secret: Secret) -> Result<(), Box<dyn std::error::Error>> {
    /// let zendesk = Zendesk::for_subdomain("acme")?.build()?;
    /// let request = TokenRequest::client_credentials("my_integration", secret)
    ///     .scopes(["read"])
    ///     .expires_in(Duration::from_secs(1_800));
    /// let token = zendesk.grant_type_tokens().create(request).await?;
    /// let access_token: &Secret = &token.access_token;
    /// # let _ = access_token;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_token_for_grant_type(&self, request: TokenRequest) -> Call<TokenForGrantType> {
        let checked = request.check().map_err(Error::from);
        Call::new(
            "create_token_for_grant_type",
            checked.map(|()| self.open.clone()),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let call = client.create_token_for_grant_type();
                call.body(request.into_body()).send().await
            },
        )
    }

    /// Short for [`create_token_for_grant_type`](Self::create_token_for_grant_type).
    pub fn create(&self, request: TokenRequest) -> Call<TokenForGrantType> {
        self.create_token_for_grant_type(request)
    }
}
