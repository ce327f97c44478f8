//! Reading ahead over the wire.

use std::pin::Pin;
use std::time::Duration;

use futures_core::Stream;
use tokio::sync::mpsc;
use zendesk_oauth::pages::{Items, Pages};
use zendesk_oauth::support::OAuthClient;
use zendesk_oauth_sandbox::Sandbox;
use zendesk_oauth_tests::{Connection, Loopback, answer};

use crate::account;

#[tokio::test]
async fn one_page_is_read_ahead_while_the_caller_works_and_no_more() {
    let (answered, mut answers) = mpsc::unbounded_channel();
    let watched = Sandbox::builder().observer(move |exchange| {
        let _ = answered.send(exchange.operation);
    });
    let account = account::started(10, watched).await;
    let mut pages = account.clients.list().page_size(2).pages();
    let first = pages.next().await.unwrap().unwrap();
    // The second page arrives although nobody asks for it.
    for _ in 0..2 {
        assert_eq!(answers.recv().await.unwrap(), Some("list_oauth_clients"));
    }
    // Other calls meanwhile: the third page is not asked for before or after them.
    for client in first.items() {
        account.clients.show(client.id).await.unwrap();
        assert_eq!(answers.recv().await.unwrap(), Some("show_oauth_client"));
    }
    assert_eq!(account.pages_asked(), 2);
    let mut count = 1;
    while let Some(page) = pages.next().await {
        page.unwrap();
        count += 1;
    }
    assert_eq!((count, account.pages_asked()), (5, 5));
}

#[tokio::test]
async fn dropping_the_list_closes_the_request_that_is_under_way() {
    let page = r#"{"clients":[],"meta":{"has_more":true,"after_cursor":"a"}}"#;
    let first = answer(200, &[("content-type", "application/json")], page);
    let (received, mut second) = mpsc::unbounded_channel();
    let server = Loopback::serving(2, move |mut connection: Connection, turn| {
        let (first, received) = (first.clone(), received.clone());
        async move {
            connection.request().await;
            if turn == 0 {
                connection.send(&first).await.unwrap();
                connection.close().await.unwrap();
            } else {
                received.send(()).unwrap();
                connection.client_closes().await;
            }
        }
    })
    .await;
    let clients = account::at(&server.url(), "CANARY-token");
    let mut pages = clients.list().pages();
    pages.next().await.unwrap().unwrap();
    second.recv().await.unwrap();
    drop(pages);
    let finished = tokio::time::timeout(Duration::from_secs(10), server.finished()).await;
    assert_eq!(finished.expect("the client closes").len(), 2);
}

/// What a caller with `StreamExt` has.
async fn through_stream<S: Stream + Unpin>(mut stream: S) -> usize {
    let mut count = 0;
    while let Some(_item) =
        std::future::poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await
    {
        count += 1;
    }
    count
}

#[tokio::test]
async fn pages_and_items_are_streams_that_can_be_sent_and_moved() {
    fn sent<S: Stream + Send + Unpin + 'static>(stream: S) -> S {
        stream
    }
    fn is_send<T: Send>(future: T) -> T {
        future
    }
    let account = account::of(5).await;
    let list = || account.clients.list().page_size(2);
    let pages: Pages<OAuthClient> = sent(list().pages());
    let items: Items<OAuthClient> = sent(list().items());
    let pages = tokio::spawn(through_stream(pages)).await.unwrap();
    let items = tokio::spawn(through_stream(items)).await.unwrap();
    assert_eq!((pages, items), (3, 5));
    is_send(list().all(5)).await.unwrap();
    is_send(list().items().next()).await.unwrap().unwrap();
    is_send(list().page()).await.unwrap();
}
