//! `GlobalOAuthClients`: the operations on Support's global OAuth clients.

use zendesk_oauth_core::Transport;
use zendesk_support_global_oauth_clients::Client;

use super::{GlobalOAuthClient, GlobalOAuthClientTokenSummary, TokenSummaryFilter};
use crate::pages::{List, ListByOffset, ListSource, read_page, send_page};
use crate::{Area, Call};

/// The operations on Support's global OAuth clients, from
/// [`Zendesk::global_oauth_clients`](crate::Zendesk::global_oauth_clients): those that were made in
/// another account, and that users of this one have authorized. For administrators, and for agents
/// with the permission `manage_api_credentials`
/// (<https://developer.zendesk.com/api-reference/ticketing/oauth/global_clients/>).
///
/// ```
/// # use zendesk_oauth::{Credentials, Zendesk};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = zendesk_oauth_sandbox::Sandbox::builder().start().await?;
/// # let token = sandbox.credentials().admin_token;
/// # let zendesk = Zendesk::at(sandbox.url()).support(Credentials::bearer(token)).build()?;
/// use zendesk_oauth::support::TokenSummaryFilter;
///
/// let clients = zendesk.global_oauth_clients();
/// for summary in clients.token_summaries(TokenSummaryFilter::new()).all(1_000).await? {
///     println!("{} has {:?} tokens", summary.id, summary.tokens_count);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct GlobalOAuthClients {
    own: Option<Transport>,
}

impl GlobalOAuthClients {
    pub(crate) fn new(own: Option<Transport>) -> Self {
        Self { own }
    }

    /// The global clients that users of the account have authorized, by page or one by one.
    pub fn list_global_oauth_clients(&self) -> List<GlobalOAuthClient> {
        List::new(self.listed())
    }

    /// Short for [`list_global_oauth_clients`](Self::list_global_oauth_clients).
    pub fn list(&self) -> List<GlobalOAuthClient> {
        self.list_global_oauth_clients()
    }

    /// The same by offset, for pages with numbers: at most 100 pages, and no sort order.
    pub fn list_by_offset(&self) -> ListByOffset<GlobalOAuthClient> {
        ListByOffset::new(self.listed())
    }

    fn listed(&self) -> ListSource<GlobalOAuthClient> {
        let operation = "list_global_oauth_clients";
        ListSource::new(
            self.own.clone(),
            operation,
            |transport, request| async move {
                let client = Client::from_transport(transport);
                let call = client.list_global_oauth_clients();
                Ok(read_page!(send_page!(call, request), global_clients))
            },
        )
    }

    /// A global client by its numeric id.
    pub fn show_global_oauth_client(&self, id: i64) -> Call<GlobalOAuthClient> {
        Call::new(
            "show_global_oauth_client",
            Area::Support.transport(self.own.as_ref()),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let call = client.show_global_oauth_client().global_client_id(id);
                Ok(call.send().await?.map(|body| body.global_client))
            },
        )
    }

    /// Short for [`show_global_oauth_client`](Self::show_global_oauth_client).
    pub fn show(&self, id: i64) -> Call<GlobalOAuthClient> {
        self.show_global_oauth_client(id)
    }

    /// How many tokens each global client has in the account, and when one was last used, by page or
    /// one by one. That it can be asked for by page is documented, and the parameters for it are
    /// inferred.
    pub fn list_global_oauth_client_token_summaries(
        &self,
        filter: TokenSummaryFilter,
    ) -> List<GlobalOAuthClientTokenSummary> {
        List::new(self.summed_up(filter))
    }

    /// Short for
    /// [`list_global_oauth_client_token_summaries`](Self::list_global_oauth_client_token_summaries).
    pub fn token_summaries(
        &self,
        filter: TokenSummaryFilter,
    ) -> List<GlobalOAuthClientTokenSummary> {
        self.list_global_oauth_client_token_summaries(filter)
    }

    /// The same by offset, for pages with numbers: at most 100 pages, and no sort order.
    pub fn token_summaries_by_offset(
        &self,
        filter: TokenSummaryFilter,
    ) -> ListByOffset<GlobalOAuthClientTokenSummary> {
        ListByOffset::new(self.summed_up(filter))
    }

    fn summed_up(&self, filter: TokenSummaryFilter) -> ListSource<GlobalOAuthClientTokenSummary> {
        let operation = "list_global_oauth_client_token_summaries";
        ListSource::new(
            self.own.clone(),
            operation,
            move |transport, request| async move {
                let client = Client::from_transport(transport);
                let call = filter.on(client.list_global_oauth_client_token_summaries());
                Ok(read_page!(send_page!(call, request), global_clients))
            },
        )
    }
}
