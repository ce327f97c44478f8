//! Refreshes that break off before the token endpoint has seen them, and while it answers.

use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use zendesk_oauth::reqwest::{ClientBuilder, Proxy, Url};
use zendesk_oauth::token::{
    IssuedToken, Lifetime, LifetimeSource, MemoryStore, OAuthClientCredentials, Record,
    TokenEndpoint, TokenError, TokenSource, TokenStore as _,
};
use zendesk_oauth::{Secret, Zendesk};

const HOUR: Duration = Duration::from_secs(3_600);

/// Refreshes at a server that answers whatever arrives with this and hangs up. What is stored then.
async fn refreshed(scheme: &str, answer: &'static str) -> Record {
    refreshed_by(ClientBuilder::new().no_proxy(), scheme, answer).await
}

/// The same through an HTTP client like this.
async fn refreshed_by(http: ClientBuilder, scheme: &str, answer: &'static str) -> Record {
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("{scheme}://{}", server.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut client, _)) = server.accept().await {
            let mut request = [0; 8_192];
            let _ = client.read(&mut request).await;
            let _ = client.write_all(answer.as_bytes()).await;
        }
    });
    let zendesk = Zendesk::at(&url).http_client_builder(http);
    let zendesk = zendesk.build().unwrap();
    let endpoint = TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("app"));
    let store = MemoryStore::new();
    let source = TokenSource::builder(endpoint, store.clone()).build();
    let lifetime = Lifetime::limited(HOUR / 2, LifetimeSource::Answer);
    let received_at = SystemTime::now() - HOUR;
    let issued = IssuedToken::new(Secret::from("CANARY-access"), lifetime, received_at)
        .refresh_token(Secret::from("CANARY-refresh"), Some(24 * HOUR));
    source.log_in(&issued).await.unwrap();
    let outcome = source.access_token().await;
    assert!(
        matches!(outcome, Err(TokenError::Refused(_))),
        "{outcome:?}"
    );
    store.load().await.unwrap().unwrap().record
}

#[tokio::test]
async fn a_refusal_of_which_only_a_part_arrived_says_nothing_about_the_refresh_token() {
    let record = refreshed(
        "http",
        "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\
         connection: close\r\n\r\n{\"error\":\"inv",
    )
    .await;
    assert!(record.intent().is_some(), "it may have been redeemed");
    assert!(record.end().is_none());
}

#[tokio::test]
async fn a_refusal_that_arrived_is_taken_at_its_word() {
    let record = refreshed(
        "http",
        "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: 27\r\n\
         connection: close\r\n\r\n{\"error\":\"invalid_request\"}",
    )
    .await;
    assert!(record.intent().is_none(), "it was not redeemed");
    assert!(record.end().is_none());
}

#[tokio::test]
async fn without_tls_nothing_was_redeemed() {
    let record = refreshed("https", "HTTP/1.1 400 Bad Request\r\n\r\n").await;
    assert!(record.intent().is_none(), "nobody saw it");
    assert!(record.end().is_none());
}

#[tokio::test]
async fn without_tls_in_a_second_attempt_nothing_was_redeemed_either() {
    // The first goes to a proxy that is not there, and is made again.
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let absent = format!("http://{}", taken.local_addr().unwrap());
    drop(taken);
    let absent = Mutex::new(Some(Url::parse(&absent).unwrap()));
    let once = Proxy::custom(move |_| absent.lock().unwrap().take());
    let http = ClientBuilder::new().proxy(once);
    let record = refreshed_by(http, "https", "HTTP/1.1 400 Bad Request\r\n\r\n").await;
    assert!(record.intent().is_none(), "nobody saw it");
    assert!(record.end().is_none());
}
