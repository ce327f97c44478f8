//! `OAuthTokens`: the operations on Support's OAuth tokens.

use zendesk_oauth_core::Transport;
use zendesk_support_oauth_tokens::Client;

use super::{NewOAuthToken, OAuthTokenFilter, SupportOAuthToken};
use crate::pages::{List, ListByOffset, ListSource, read_page, send_page};
use crate::{Area, Call, Error, RequestError};

/// The operations on Support's OAuth tokens, from
/// [`Zendesk::oauth_tokens`](crate::Zendesk::oauth_tokens)
/// (<https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/>). Listing and creating
/// is for administrators, showing and revoking for every user; that others than administrators reach
/// only tokens of their own is inferred.
///
/// An access token is shown cut to its first ten characters, in `token`. The whole of it comes once:
/// when it is created, in `full_token` (observed). [`issue`](Self::issue) sees to it that none is lost.
///
/// ```
/// # use zendesk_oauth::{Credentials, Zendesk};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = zendesk_oauth_sandbox::Sandbox::builder().start().await?;
/// # let token = sandbox.credentials().admin_token;
/// # let zendesk = Zendesk::at(sandbox.url()).support(Credentials::bearer(token)).build()?;
/// use zendesk_oauth::support::OAuthTokenFilter;
///
/// let mut tokens = zendesk.oauth_tokens().list(OAuthTokenFilter::of_everyone()).items();
/// while let Some(token) = tokens.next().await {
///     let token = token?;
///     println!("{} of user {:?} expires {:?}", token.id, token.user_id, token.expires_at);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct OAuthTokens {
    own: Option<Transport>,
}

impl OAuthTokens {
    pub(crate) fn new(own: Option<Transport>) -> Self {
        Self { own }
    }

    fn transport(&self) -> Result<Transport, Error> {
        Area::Support.transport(self.own.as_ref())
    }

    /// The transport for a request, unless that breaks a rule.
    fn transport_for(&self, checked: Result<(), RequestError>) -> Result<Transport, Error> {
        checked?;
        self.transport()
    }

    /// The tokens that a filter lets through, by page or one by one, each cut to ten characters.
    pub fn list_support_oauth_tokens(&self, filter: OAuthTokenFilter) -> List<SupportOAuthToken> {
        List::new(self.listed(filter))
    }

    /// Short for [`list_support_oauth_tokens`](Self::list_support_oauth_tokens).
    pub fn list(&self, filter: OAuthTokenFilter) -> List<SupportOAuthToken> {
        self.list_support_oauth_tokens(filter)
    }

    /// The same by offset, for pages with numbers: at most 100 pages, and no sort order.
    pub fn list_by_offset(&self, filter: OAuthTokenFilter) -> ListByOffset<SupportOAuthToken> {
        ListByOffset::new(self.listed(filter))
    }

    fn listed(&self, filter: OAuthTokenFilter) -> ListSource<SupportOAuthToken> {
        let operation = "list_support_oauth_tokens";
        ListSource::new(
            self.own.clone(),
            operation,
            move |transport, request| async move {
                filter.check()?;
                let client = Client::from_transport(transport);
                let call = filter.on(client.list_support_oauth_tokens());
                Ok(read_page!(send_page!(call, request), tokens))
            },
        )
    }

    /// Makes a token. Its `full_token` is the whole of it (observed), which Zendesk shows in this
    /// answer and never again; [`issue`](Self::issue) sees to it that none is lost.
    pub fn create_support_oauth_token(&self, new: NewOAuthToken) -> Call<SupportOAuthToken> {
        Call::new(
            "create_support_oauth_token",
            self.transport_for(new.check()),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let call = client.create_support_oauth_token().body(new.into_body());
                Ok(call.send().await?.map(|body| body.token))
            },
        )
    }

    /// Short for [`create_support_oauth_token`](Self::create_support_oauth_token).
    pub fn create(&self, new: NewOAuthToken) -> Call<SupportOAuthToken> {
        self.create_support_oauth_token(new)
    }

    /// A token by its numeric id, cut to ten characters.
    pub fn show_support_oauth_token(&self, id: i64) -> Call<SupportOAuthToken> {
        Call::new(
            "show_support_oauth_token",
            self.transport(),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let call = client.show_support_oauth_token().oauth_token_id(id);
                Ok(call.send().await?.map(|body| body.token))
            },
        )
    }

    /// Short for [`show_support_oauth_token`](Self::show_support_oauth_token).
    pub fn show(&self, id: i64) -> Call<SupportOAuthToken> {
        self.show_support_oauth_token(id)
    }

    /// Revokes a token by its numeric id; what refreshes it dies with it (inferred).
    pub fn revoke_support_oauth_token(&self, id: i64) -> Call<()> {
        Call::new(
            "revoke_support_oauth_token",
            self.transport(),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let call = client.revoke_support_oauth_token().oauth_token_id(id);
                call.send().await
            },
        )
    }

    /// Short for [`revoke_support_oauth_token`](Self::revoke_support_oauth_token).
    pub fn revoke(&self, id: i64) -> Call<()> {
        self.revoke_support_oauth_token(id)
    }

    /// The token that this call is made with, cut to ten characters: whose it is, what it may do and
    /// when it expires. One that is no longer good gives 401. The credentials have to be a bearer
    /// token; an API token is refused.
    pub fn show_current_support_oauth_token(&self) -> Call<SupportOAuthToken> {
        Call::new(
            "show_current_support_oauth_token",
            self.transport(),
            |transport| async move {
                let client = Client::from_transport(transport);
                let answer = client.show_current_support_oauth_token().send();
                Ok(answer.await?.map(|body| body.token))
            },
        )
    }

    /// Short for [`show_current_support_oauth_token`](Self::show_current_support_oauth_token).
    pub fn show_current(&self) -> Call<SupportOAuthToken> {
        self.show_current_support_oauth_token()
    }

    /// Revokes the token that this call is made with: every call after it is refused with 401.
    ///
    /// It is not repeated by itself. A 401 ([`is_auth`](Error::is_auth)) says that the token is gone
    /// already, and after a lost answer [`show_current`](Self::show_current) tells whether it is.
    pub fn revoke_current_support_oauth_token(&self) -> Call<()> {
        Call::new(
            "revoke_current_support_oauth_token",
            self.transport(),
            |transport| async move {
                let client = Client::from_transport(transport);
                client.revoke_current_support_oauth_token().send().await
            },
        )
    }

    /// Short for [`revoke_current_support_oauth_token`](Self::revoke_current_support_oauth_token).
    pub fn revoke_current(&self) -> Call<()> {
        self.revoke_current_support_oauth_token()
    }
}
