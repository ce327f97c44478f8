//! Clients for these tests.

use std::io;
use std::net::SocketAddr;
use std::sync::Mutex;

use zendesk_oauth::reqwest::ClientBuilder;
use zendesk_oauth::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use zendesk_oauth::{Credentials, Error, RetryPolicy, Zendesk, ZendeskBuilder};
use zendesk_oauth_tests::{Connection, Loopback, answer};

/// With credentials for all areas, and one attempt per call.
pub(crate) fn builder(base_url: &str) -> ZendeskBuilder {
    Zendesk::at(base_url)
        .support(Credentials::bearer("CANARY-support"))
        .zis("an_integration", Credentials::bearer("CANARY-zis"))
        .chat(Credentials::bearer("CANARY-chat"))
        .retry_policy(RetryPolicy::never())
}

pub(crate) fn client(base_url: &str) -> Zendesk {
    builder(base_url).build().unwrap()
}

pub(crate) fn by_name(name: &str) -> zendesk_oauth::zis::ConnectionKey {
    name.try_into().unwrap()
}

/// The areas, each with one of its operations.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    Support,
    Zis,
    Chat,
}

impl Asked {
    pub(crate) const ALL: [Self; 3] = [Self::Support, Self::Zis, Self::Chat];

    /// The error of a call that fails.
    pub(crate) async fn fails(self, client: &Zendesk) -> Error {
        match self {
            Self::Support => client.oauth_clients().show(1).await.unwrap_err(),
            Self::Zis => {
                let zis = client.zis("an_integration");
                let shown = zis.show_oauth_connection(by_name("a_connection")).await;
                shown.unwrap_err()
            }
            Self::Chat => client.chat().list().await.unwrap_err(),
        }
    }
}

/// The errors of calls in this area that are answered so, one after the other.
pub(crate) async fn answered_each(asked: Asked, answers: Vec<Vec<u8>>) -> Vec<Error> {
    let count = answers.len();
    let server = Loopback::answering_in_turn(answers).await;
    let client = client(&server.url());
    let mut errors = Vec::new();
    for _ in 0..count {
        errors.push(asked.fails(&client).await);
    }
    errors
}

/// The error of a call in this area that is answered so.
pub(crate) async fn answered(
    asked: Asked,
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> Error {
    let answers = vec![answer(status, headers, body)];
    answered_each(asked, answers).await.remove(0)
}

/// A server that speaks plain HTTP, whatever it is sent.
pub(crate) async fn without_tls() -> Loopback {
    Loopback::serving(1, async |mut connection: Connection, _| {
        let sent = connection.send(&answer(400, &[], "")).await;
        sent.unwrap();
        let _ = connection.close().await;
    })
    .await
}

/// Tells one address, once, and then knows no name: nobody else is asked.
#[derive(Default)]
struct Told(Mutex<Option<SocketAddr>>);

impl Resolve for Told {
    fn resolve(&self, _: Name) -> Resolving {
        let told = self.0.lock().unwrap().take();
        Box::pin(async move {
            let unknown = || io::Error::new(io::ErrorKind::NotFound, "no such name");
            let address = told.ok_or_else(unknown)?;
            Ok(Box::new(std::iter::once(address)) as Addrs)
        })
    }
}

/// An HTTP client for which no name has an address.
pub(crate) fn without_names() -> ClientBuilder {
    let client = ClientBuilder::new().no_proxy();
    client.dns_resolver(Told::default())
}

/// An HTTP client for which each name has the address of this server, the first time that it asks.
pub(crate) fn told_once(server: &str) -> ClientBuilder {
    let address = server.trim_start_matches("http://").parse().unwrap();
    let client = ClientBuilder::new().no_proxy();
    client.dns_resolver(Told(Mutex::new(Some(address))))
}
