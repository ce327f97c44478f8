//! The lists of OAuth clients by their names, and what asks for their pages.

use zendesk_oauth_core::Transport;
use zendesk_support_oauth_clients::Client;

use super::OAuthClient;
use crate::pages::{List, ListByOffset, ListSource, read_page, send_page};

/// A list of OAuth clients, by cursor.
///
/// ```
/// # use zendesk_oauth::{Credentials, Zendesk};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = zendesk_oauth_sandbox::Sandbox::builder().start().await?;
/// # let token = sandbox.credentials().admin_token;
/// # let zendesk = Zendesk::at(sandbox.url()).support(Credentials::bearer(token)).build()?;
/// let mut clients = zendesk.oauth_clients().list().sort("name").items();
/// while let Some(client) = clients.next().await {
///     println!("{}", client?.identifier);
/// }
///
/// // All of them, if there are at most 1,000; an error if there are more.
/// let clients = zendesk.oauth_clients().list().all(1_000).await?;
/// # assert!(!clients.is_empty());
/// # Ok(())
/// # }
/// ```
pub type ListOAuthClients = List<OAuthClient>;

/// A list of OAuth clients, by offset.
///
/// ```
/// # use zendesk_oauth::{Credentials, Zendesk};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = zendesk_oauth_sandbox::Sandbox::builder().start().await?;
/// # let token = sandbox.credentials().admin_token;
/// # let zendesk = Zendesk::at(sandbox.url()).support(Credentials::bearer(token)).build()?;
/// let first = zendesk.oauth_clients().list_by_offset().per_page(20).page().await?;
/// println!("{} of {:?}", first.items().len(), first.count());
/// # assert!(first.count().is_some());
/// # Ok(())
/// # }
/// ```
pub type ListOAuthClientsByOffset = ListByOffset<OAuthClient>;

/// The clients of the account.
pub(super) fn all(own: Option<Transport>) -> ListSource<OAuthClient> {
    ListSource::new(own, "list_oauth_clients", |transport, request| async move {
        let client = Client::from_transport(transport);
        let call = client.list_oauth_clients();
        Ok(read_page!(send_page!(call, request), clients))
    })
}

/// Those that the user owns.
pub(super) fn mine(own: Option<Transport>) -> ListSource<OAuthClient> {
    ListSource::new(
        own,
        "list_my_oauth_clients",
        |transport, request| async move {
            let client = Client::from_transport(transport);
            let call = client.list_my_oauth_clients();
            Ok(read_page!(send_page!(call, request), clients))
        },
    )
}
