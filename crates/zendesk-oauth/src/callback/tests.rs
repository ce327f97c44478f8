//! The listener at its limits.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

use super::{Callback, CallbackListener, LoopbackPort, Reading, Texts};

/// So that a test opens few sockets.
const MOST: usize = 8;

/// What the browser asks for.
const TARGET: &str = "/cb?abc";

/// Whose answers are letters; `no` is a refusal.
pub(super) struct Letters;

impl Callback for Letters {
    type Outcome = String;

    const TEXTS: Texts = Texts {
        title: "Letters",
        refused: "No.",
        unclear: "Letters, please.",
    };

    fn is_path(&self, path: &str) -> bool {
        path == "/cb"
    }

    fn read(&self, query: &str) -> Reading<String> {
        match query.strip_prefix('?').unwrap() {
            "no" => Reading::Refused("no".to_owned()),
            "" => Reading::Unclear,
            text if text.contains('&') => Reading::Unclear,
            text => Reading::Done(text.to_owned()),
        }
    }
}

/// A listener on a port of its own.
async fn listening() -> (u16, CallbackListener<Letters>) {
    let port = LoopbackPort::bind(0).await.unwrap();
    let number = port.number();
    let listener = CallbackListener::new(port, Letters);
    (number, listener.most_connections(MOST))
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_connections_than_are_served_at_once_are_answered_all() {
    let (port, listener) = listening().await;
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
    assert!(get(port, TARGET).await.starts_with("HTTP/1.1 200 "));
    assert_eq!(outcome.await.unwrap().as_deref(), Some("abc"));
}

#[tokio::test]
async fn connections_that_say_nothing_do_not_keep_the_browser_out() {
    let (port, listener) = listening().await;
    let outcome = tokio::spawn(listener.outcome(std::future::pending()));
    let mut slow = Vec::new();
    for _ in 0..MOST + 2 {
        let mut stream = connect(port).await;
        stream.write_all(b"GET / HT").await.unwrap();
        slow.push(stream);
    }
    // Sooner than they are given up by themselves, which is after five seconds.
    let answer = tokio::time::timeout(Duration::from_secs(4), get(port, TARGET));
    assert!(answer.await.unwrap().starts_with("HTTP/1.1 200 "));
    assert_eq!(outcome.await.unwrap().as_deref(), Some("abc"));
    drop(slow);
}

/// A browser that has sent its request, and reads no more than the first byte of the page.
async fn slow_reader(listener: &mut CallbackListener<Letters>) -> tokio::io::DuplexStream {
    let (mut browser, served) = tokio::io::duplex(32);
    listener.take(served);
    let request = format!("GET {TARGET} HTTP/1.1\r\nhost: x\r\n\r\n");
    browser.write_all(request.as_bytes()).await.unwrap();
    browser.read_exact(&mut [0]).await.unwrap();
    browser
}

#[tokio::test]
async fn a_code_whose_page_is_still_being_written_is_not_lost_to_the_deadline() {
    let (_, mut listener) = listening().await;
    let browser = slow_reader(&mut listener).await;
    let passed = Arc::new(Notify::new());
    passed.notify_one();
    let limit = async { passed.notified().await };
    assert_eq!(listener.outcome(limit).await.as_deref(), Some("abc"));
    drop(browser);
}

#[tokio::test]
async fn a_page_is_written_to_its_end_after_its_code_is_known() {
    let (_, listener) = listening().await;
    let mut listener = listener.most_connections(1);
    let mut browser = slow_reader(&mut listener).await;
    let outcome = tokio::spawn(listener.outcome(std::future::pending()));
    let mut page = String::new();
    browser.read_to_string(&mut page).await.unwrap();
    assert!(page.ends_with("</html>\n"), "{page}");
    assert_eq!(outcome.await.unwrap().as_deref(), Some("abc"));
}

#[tokio::test]
async fn the_limit_ends_it_without_a_request() {
    let (_, listener) = listening().await;
    assert!(listener.outcome(std::future::ready(())).await.is_none());
}
