//! The listener at its limits.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

use super::{CallbackListener, Outcome};

/// So that a test opens few sockets.
const MOST: usize = 8;

/// What the browser asks for.
fn target(listener: &CallbackListener) -> (u16, String) {
    let url = reqwest::Url::parse(listener.url()).unwrap();
    let target = format!("{}?verification_code=abc", url.path());
    (url.port().unwrap(), target)
}

async fn connect(port: u16) -> TcpStream {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .unwrap()
}

/// The first line of the answer.
async fn get(port: u16, target: &str) -> String {
    let mut stream = connect(port).await;
    let request = format!("GET {target} HTTP/1.1\r\nhost: x\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

fn code(outcome: Option<Outcome>) -> String {
    let code = outcome.expect("an outcome").expect("a code");
    code.as_secret().expose().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_connections_than_are_served_at_once_are_answered_all() {
    let listener = CallbackListener::bind(0).await.unwrap();
    let listener = listener.most_connections(MOST);
    let (port, target) = target(&listener);
    let outcome = tokio::spawn(listener.outcome(std::future::pending()));
    let mut clients = JoinSet::new();
    let open = Arc::new(Semaphore::new(2 * MOST));
    for number in 0..200 {
        let open = Arc::clone(&open);
        clients.spawn(async move {
            let _permit = open.acquire_owned().await.unwrap();
            get(port, &format!("/{number}")).await
        });
    }
    while let Some(answer) = clients.join_next().await {
        assert!(answer.unwrap().starts_with("HTTP/1.1 404 "));
    }
    assert!(!outcome.is_finished());
    assert!(get(port, &target).await.starts_with("HTTP/1.1 200 "));
    assert_eq!(code(outcome.await.unwrap()), "abc");
}

#[tokio::test]
async fn connections_that_say_nothing_do_not_keep_the_browser_out() {
    let listener = CallbackListener::bind(0).await.unwrap();
    let listener = listener.most_connections(MOST);
    let (port, target) = target(&listener);
    let outcome = tokio::spawn(listener.outcome(std::future::pending()));
    let mut slow = Vec::new();
    for _ in 0..MOST + 2 {
        let mut stream = connect(port).await;
        stream.write_all(b"GET / HT").await.unwrap();
        slow.push(stream);
    }
    // Sooner than they are given up by themselves, which is after five seconds.
    let answer = tokio::time::timeout(Duration::from_secs(4), get(port, &target));
    assert!(answer.await.unwrap().starts_with("HTTP/1.1 200 "));
    assert_eq!(code(outcome.await.unwrap()), "abc");
    drop(slow);
}

/// A browser that has sent its request, and reads no more than the first byte of the page.
async fn slow_reader(listener: &mut CallbackListener) -> tokio::io::DuplexStream {
    let (_, target) = target(listener);
    let (mut browser, served) = tokio::io::duplex(32);
    listener.take(served);
    let request = format!("GET {target} HTTP/1.1\r\nhost: x\r\n\r\n");
    browser.write_all(request.as_bytes()).await.unwrap();
    browser.read_exact(&mut [0]).await.unwrap();
    browser
}

#[tokio::test]
async fn a_code_whose_page_is_still_being_written_is_not_lost_to_the_deadline() {
    let mut listener = CallbackListener::bind(0).await.unwrap();
    let browser = slow_reader(&mut listener).await;
    let passed = Arc::new(Notify::new());
    passed.notify_one();
    let limit = async { passed.notified().await };
    assert_eq!(code(listener.outcome(limit).await), "abc");
    drop(browser);
}

#[tokio::test]
async fn a_page_is_written_to_its_end_after_its_code_is_known() {
    let mut listener = CallbackListener::bind(0).await.unwrap().most_connections(1);
    let mut browser = slow_reader(&mut listener).await;
    let outcome = tokio::spawn(listener.outcome(std::future::pending()));
    let mut page = String::new();
    browser.read_to_string(&mut page).await.unwrap();
    assert!(page.ends_with("</html>\n"), "{page}");
    assert_eq!(code(outcome.await.unwrap()), "abc");
}

#[tokio::test]
async fn the_limit_ends_it_without_a_request() {
    let listener = CallbackListener::bind(0).await.unwrap();
    assert!(listener.outcome(std::future::ready(())).await.is_none());
}
