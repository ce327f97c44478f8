//! One request, and the token of its answer.

use zendesk_oauth_core::client::{Error as CallError, Response, ResponseValue};
use zendesk_oauth_core::{ApiErrorBody, Secret, Transport};

use super::{Answer, TokenEndpoint, expiry};
use crate::server_time::server_time;
use crate::support::{GrantTypeTokens, TokenForGrantType, TokenRequest};
use crate::token::IssuedToken;
use crate::token::issuer::{IssueFuture, Issuer, LifetimeFuture};
use crate::{Error, RequestError};

type CallFailure = CallError<ApiErrorBody>;

/// The operation, as the documents name it.
pub(in crate::token) const OPERATION: &str = "create_token_for_grant_type";

/// Sends the request once, and asks Zendesk how long the token is good if its answer does not say so.
pub(super) async fn issue_and_ask(
    open: &Transport,
    asked: Result<TokenRequest, RequestError>,
) -> Result<IssuedToken, Error> {
    let issued = issue(open, asked).await?;
    let lifetime = match issued.lifetime.is_assumed() {
        true => expiry::asked(&issued.access_token, open).await,
        false => None,
    };
    Ok(IssuedToken {
        lifetime: lifetime.unwrap_or(issued.lifetime),
        ..issued
    })
}

/// Sends the request once. The lifetime is what is known without a question.
pub(super) async fn issue(
    open: &Transport,
    asked: Result<TokenRequest, RequestError>,
) -> Result<IssuedToken, Error> {
    let asked = asked.map_err(|error| Error::from(error).on(OPERATION))?;
    let call = GrantTypeTokens::new(open.clone()).create(asked);
    let sent = call.raise_at_once().with_response().await;
    let received_at = open.clock().system_time();
    let response = success(sent)?;
    let answer = read(response).await?;
    let date = server_time(answer.headers(), open.clock());
    let answer = answer.into_inner();
    let lifetime = expiry::without_asking(answer.expires_in, &answer.access_token, date);
    let mut issued = IssuedToken::new(answer.access_token, lifetime, received_at);
    issued.refresh_token = answer.refresh_token;
    issued.refresh_token_lasts = answer.refresh_token_expires_in;
    issued.scope = answer.scope;
    Ok(issued)
}

/// The answer of a success, also of one that is not what the document says: it is read anew, with
/// more patience.
fn success(sent: Result<ResponseValue<TokenForGrantType>, Error>) -> Result<Response, Error> {
    match sent {
        Ok(typed) => Ok(typed.response().clone()),
        Err(error) => match error.call() {
            Some(CallError::Decode(decode)) if decode.response().status().is_success() => {
                Ok(decode.response().clone())
            }
            _ => Err(error),
        },
    }
}

/// Reads the answer of a success.
pub(in crate::token) async fn read(
    response: Response,
) -> Result<ResponseValue<Answer>, CallFailure> {
    ResponseValue::from_response(response).await
}

impl Issuer for TokenEndpoint {
    fn refresh<'a>(&'a self, refresh_token: &'a Secret) -> IssueFuture<'a> {
        Box::pin(issue(
            self.for_flights(),
            Ok(self.to_refresh(refresh_token)),
        ))
    }

    fn mint<'a>(&'a self, scopes: &'a [String]) -> IssueFuture<'a> {
        Box::pin(issue(self.for_flights(), self.to_mint(scopes)))
    }

    fn lifetime<'a>(&'a self, issued: &'a IssuedToken) -> LifetimeFuture<'a> {
        Box::pin(expiry::asked(&issued.access_token, self.for_flights()))
    }

    fn client_id(&self) -> &str {
        self.client().client_id()
    }

    fn base_url(&self) -> &str {
        self.base_url()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Zendesk;
    use crate::token::OAuthClientCredentials;

    fn endpoint(client: OAuthClientCredentials) -> TokenEndpoint {
        let zendesk = Zendesk::at("http://127.0.0.1:9/stem").build().unwrap();
        TokenEndpoint::new(&zendesk, client)
    }

    #[test]
    fn it_says_whose_tokens_it_gives() {
        let app = endpoint(OAuthClientCredentials::confidential("app", "secret"));
        assert_eq!(Issuer::client_id(&app), "app");
        assert_eq!(Issuer::base_url(&app), "http://127.0.0.1:9/stem");
    }

    #[tokio::test]
    async fn scopes_that_cannot_be_right_are_said_when_a_token_is_minted() {
        let server = endpoint(OAuthClientCredentials::confidential("app", "secret"));
        let error = server.mint(&[]).await.unwrap_err();
        assert!(error.is_not_sent() && error.is_validation(), "{error}");
        let public = endpoint(OAuthClientCredentials::public("app"));
        let error = public.mint(&["read".to_owned()]).await.unwrap_err();
        assert!(error.is_not_sent(), "{error}");
    }
}
