//! `OAuth2HttpClient`: the `oauth2` crate over this crate's rules.

use std::pin::Pin;

use ::oauth2::http::{self, HeaderValue, StatusCode, header};
use ::oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use zendesk_oauth_core::Transport;
use zendesk_oauth_core::client::{Error as CallError, OperationInfo, Response, ResponseValue};
use zendesk_support_grant_type_tokens::OPERATIONS;

use super::plain;
use crate::Error;
use crate::token::TokenEndpoint;
use crate::token::endpoint::{OPERATION, read};

/// Sends the token requests of the `oauth2` crate (5.0), for programs that use it already. Give it to
/// `request_async`, and the answer to [`IssuedToken::from_oauth2`](crate::token::IssuedToken::from_oauth2).
///
/// Each request is sent once, to the token endpoint of the account and nowhere else, over https or to
/// loopback; no redirect is followed.
///
/// [`TokenEndpoint`] does not stand on that crate, which by itself does not fit what is known of
/// Zendesk:
///
/// - it takes no status of success but 200, and Zendesk documents 201: the tokens are lost;
/// - an `expires_in` that is no whole number from 0 on loses the tokens too;
/// - an answer that it cannot read stands byte by byte in the `Debug` of its error, tokens included;
/// - of a refusal that is no JSON, as Zendesk's 429 is, status and `Retry-After` are lost;
/// - by default it sends the secret by HTTP Basic authentication, of which nobody knows whether
///   Zendesk takes it;
/// - `expires_in`, `refresh_token_expires_in` and the scope of a code are sent as extra parameters
///   only, and `refresh_token_expires_in` of the answer is dropped;
/// - it sends a form, which Zendesk was observed to take and does not document.
///
/// This client mends the first four: 201 becomes 200, members that cannot be believed are left out,
/// and what that crate could not read is an [`Error`] of this crate, which keeps status and headers,
/// and prints nothing of the answer. What else it needs, the caller sets:
///
/// ```no_run
/// use std::time::SystemTime;
/// use oauth2::basic::BasicClient;
/// use oauth2::{AuthType, ClientId, ClientSecret, Scope, TokenUrl};
/// use zendesk_oauth::{Zendesk, oauth2};
/// use zendesk_oauth::token::{IssuedToken, OAuthClientCredentials, TokenEndpoint};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let zendesk = Zendesk::for_subdomain("acme")?.build()?;
/// let endpoint = TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("my_app"));
/// let client = BasicClient::new(ClientId::new("my_app".to_owned()))
///     .set_client_secret(ClientSecret::new(std::env::var("ZENDESK_CLIENT_SECRET")?))
///     .set_token_uri(TokenUrl::new(format!("{}/oauth/tokens", endpoint.base_url()))?)
///     .set_auth_type(AuthType::RequestBody);
/// let answer = client
///     .exchange_client_credentials()
///     .add_scope(Scope::new("read".to_owned()))
///     .add_extra_param("expires_in", "1800")
///     .request_async(&endpoint.oauth2_http_client())
///     .await?;
/// let issued = IssuedToken::from_oauth2(&answer, SystemTime::now())?;
/// # let _ = issued;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct OAuth2HttpClient(Transport);

impl TokenEndpoint {
    /// Sends the token requests of the `oauth2` crate to this endpoint. Which client asks, and for
    /// what, is up to that crate.
    #[must_use]
    pub fn oauth2_http_client(&self) -> OAuth2HttpClient {
        OAuth2HttpClient(self.open().clone())
    }
}

impl<'c> AsyncHttpClient<'c> for OAuth2HttpClient {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.sent(request))
    }
}

impl OAuth2HttpClient {
    async fn sent(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        let request = reqwest::Request::try_from(request).map_err(|_| {
            let text = "the oauth2 crate's request has a URL that HTTP does not allow";
            Error::from(CallError::InvalidRequest(text.to_owned())).on(OPERATION)
        })?;
        let info = OperationInfo {
            operation_id: OPERATION,
        };
        let response = self.0.execute(OPERATIONS, request, &info).await;
        let response =
            response.map_err(|error| Error::from(CallError::from(error)).on(OPERATION))?;
        let status = response.status();
        if status.is_success() {
            let answer = read(response.clone()).await?;
            let body = plain::token(response.body(), &answer);
            return Ok(json(&response, StatusCode::OK, body));
        }
        match plain::refusal(response.body()) {
            Some(body) if status.as_u16() >= 400 => Ok(json(&response, status, body)),
            _ => Err(refused(response).await),
        }
    }
}

/// The answer with this body, which is JSON.
fn json(response: &Response, status: StatusCode, body: Vec<u8>) -> HttpResponse {
    let mut plain = http::Response::new(body);
    *plain.status_mut() = status;
    *plain.headers_mut() = response.headers().clone();
    let headers = plain.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    let value = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, value);
    plain
}

/// The error of an answer that is neither a token nor a refusal of OAuth.
async fn refused(response: Response) -> Error {
    if response.status().as_u16() < 400 {
        return CallError::UnexpectedResponse(response).into();
    }
    match ResponseValue::from_response(response).await {
        Ok(refusal) => CallError::ErrorResponse(refusal).into(),
        Err(error) => error.into(),
    }
}
