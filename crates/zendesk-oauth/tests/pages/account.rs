//! A sandbox with clients in it, and a client of it.

use zendesk_oauth::support::OAuthClients;
use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_sandbox::{Sandbox, SandboxBuilder, Seed};

pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) clients: OAuthClients,
}

/// An account with so many clients, and none beside them.
pub(crate) async fn of(clients: usize) -> Account {
    started(clients, Sandbox::builder()).await
}

pub(crate) async fn started(clients: usize, builder: SandboxBuilder) -> Account {
    let seed = Seed::parse(
        "clients.yaml",
        &format!("generate:\n  clients: {clients}\n"),
    )
    .unwrap();
    let sandbox = builder.seed(seed).start().await.unwrap();
    let clients = at(sandbox.url(), &sandbox.credentials().admin_token);
    Account { sandbox, clients }
}

pub(crate) fn at(url: &str, token: &str) -> OAuthClients {
    let builder = Zendesk::at(url).support(Credentials::bearer(token));
    builder.build().unwrap().oauth_clients()
}

impl Account {
    /// The ids of all clients, in the order of the list.
    pub(crate) async fn ids(&self) -> Vec<i64> {
        let all = self.clients.list().all(usize::MAX).await.unwrap();
        all.into_iter().map(|client| client.id).collect()
    }

    /// How many pages were asked for.
    pub(crate) fn pages_asked(&self) -> usize {
        let journal = self.sandbox.journal();
        let lists = journal.iter().filter_map(|entry| entry.operation);
        lists.filter(|it| it.starts_with("list_")).count()
    }
}
