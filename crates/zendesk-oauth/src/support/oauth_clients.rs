//! `OAuthClients`: the operations on Support's OAuth clients.

use zendesk_oauth_core::Transport;
use zendesk_support_oauth_clients::Client;

use super::{
    ListOAuthClients, ListOAuthClientsByOffset, NewOAuthClient, OAuthClient, OAuthClientChanges,
    lists,
};
use crate::{Area, Call, Error, RequestError};

/// The operations on Support's OAuth clients, from
/// [`Zendesk::oauth_clients`](crate::Zendesk::oauth_clients). All of them are for administrators
/// (<https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_clients/>).
#[derive(Clone, Debug)]
pub struct OAuthClients {
    own: Option<Transport>,
}

impl OAuthClients {
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

    /// The clients of the account, by page or one by one. Their secrets are truncated.
    pub fn list_oauth_clients(&self) -> ListOAuthClients {
        ListOAuthClients::new(lists::all(self.own.clone()))
    }

    /// Short for [`list_oauth_clients`](Self::list_oauth_clients).
    pub fn list(&self) -> ListOAuthClients {
        self.list_oauth_clients()
    }

    /// The same by offset, for pages with numbers: at most 100 pages, and no sort order.
    pub fn list_by_offset(&self) -> ListOAuthClientsByOffset {
        ListOAuthClientsByOffset::new(lists::all(self.own.clone()))
    }

    /// The clients that the user of these credentials owns, by page or one by one. Their secrets are
    /// truncated.
    pub fn list_my_oauth_clients(&self) -> ListOAuthClients {
        ListOAuthClients::new(lists::mine(self.own.clone()))
    }

    /// Short for [`list_my_oauth_clients`](Self::list_my_oauth_clients).
    pub fn list_my(&self) -> ListOAuthClients {
        self.list_my_oauth_clients()
    }

    /// The same by offset, for pages with numbers: at most 100 pages, and no sort order.
    pub fn list_my_by_offset(&self) -> ListOAuthClientsByOffset {
        ListOAuthClientsByOffset::new(lists::mine(self.own.clone()))
    }

    /// Makes a client. Zendesk shows its whole secret in this answer and never again;
    /// [`register`](Self::register) sees to it that none is lost.
    pub fn create_oauth_client(&self, new: NewOAuthClient) -> Call<OAuthClient> {
        Call::new(
            "create_oauth_client",
            self.transport_for(new.check()),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let answer = client.create_oauth_client().body(new.into_body()).send();
                Ok(answer.await?.map(|body| body.client))
            },
        )
    }

    /// Short for [`create_oauth_client`](Self::create_oauth_client).
    pub fn create(&self, new: NewOAuthClient) -> Call<OAuthClient> {
        self.create_oauth_client(new)
    }

    /// A client by its numeric id.
    pub fn show_oauth_client(&self, id: i64) -> Call<OAuthClient> {
        Call::new(
            "show_oauth_client",
            self.transport(),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let answer = client.show_oauth_client().oauth_client_id(id).send();
                Ok(answer.await?.map(|body| body.client))
            },
        )
    }

    /// Short for [`show_oauth_client`](Self::show_oauth_client).
    pub fn show(&self, id: i64) -> Call<OAuthClient> {
        self.show_oauth_client(id)
    }

    /// Changes what `changes` names, and leaves the rest. Another kind is another secret: see
    /// [`OAuthClientChanges::kind`].
    pub fn update_oauth_client(&self, id: i64, changes: OAuthClientChanges) -> Call<OAuthClient> {
        Call::new(
            "update_oauth_client",
            self.transport_for(changes.check()),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let call = client.update_oauth_client().oauth_client_id(id);
                let answer = call.body(changes.into_body()).send();
                Ok(answer.await?.map(|body| body.client))
            },
        )
    }

    /// Short for [`update_oauth_client`](Self::update_oauth_client).
    pub fn update(&self, id: i64, changes: OAuthClientChanges) -> Call<OAuthClient> {
        self.update_oauth_client(id, changes)
    }

    /// Deletes a client; its tokens stop to work.
    pub fn delete_oauth_client(&self, id: i64) -> Call<()> {
        Call::new(
            "delete_oauth_client",
            self.transport(),
            move |transport| async move {
                let client = Client::from_transport(transport);
                client
                    .delete_oauth_client()
                    .oauth_client_id(id)
                    .send()
                    .await
            },
        )
    }

    /// Short for [`delete_oauth_client`](Self::delete_oauth_client).
    pub fn delete(&self, id: i64) -> Call<()> {
        self.delete_oauth_client(id)
    }

    /// Gives a client a new secret, which is whole in this answer only. The old one dies at once:
    /// a client has one secret, and there is no overlap (observed).
    /// [`generate_secret`](Self::generate_secret) gives the secret itself.
    pub fn generate_oauth_client_secret(&self, id: i64) -> Call<OAuthClient> {
        Call::new(
            "generate_oauth_client_secret",
            self.transport(),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let call = client.generate_oauth_client_secret().oauth_client_id(id);
                Ok(call.send().await?.map(|body| body.client))
            },
        )
    }
}
