//! A server on loopback that answers as told, and a client as `cargo xtask gen` writes them.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

pub mod generated;

use std::future::Future;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use zendesk_oauth_core::{Credentials, Transport, TransportBuilder};

use generated::Client;

pub const TOKEN: &str = "CANARY-access-token";

/// A server that gives each connection one answer, in turn, and returns the requests it read.
pub struct Server {
    pub base_url: String,
    requests: JoinHandle<Vec<String>>,
}

impl Server {
    pub async fn answering<const N: usize>(answers: [String; N]) -> Self {
        let connection = move |mut stream: TcpStream, turn: usize| {
            let answer = answers[turn].clone();
            async move {
                let request = read_request(&mut stream).await;
                stream.write_all(answer.as_bytes()).await.unwrap();
                stream.shutdown().await.unwrap();
                request
            }
        };
        Self::with(connection, N).await
    }

    /// Runs `connection` for each of the first `count` connections.
    pub async fn with<F, R>(connection: F, count: usize) -> Self
    where
        F: Fn(TcpStream, usize) -> R + Send + 'static,
        R: Future<Output = String> + Send,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let requests = tokio::spawn(async move {
            let mut requests = Vec::new();
            for turn in 0..count {
                let (stream, _) = listener.accept().await.unwrap();
                requests.push(connection(stream, turn).await);
            }
            requests
        });
        Self { base_url, requests }
    }

    /// The requests, once all of them have come.
    pub async fn requests(self) -> Vec<String> {
        self.requests.await.unwrap()
    }
}

/// A listener that must see nothing.
pub struct Silence(TcpListener);

impl Silence {
    pub async fn start() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    pub fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    /// Connects by itself: whoever connected before would be accepted first.
    pub async fn assert_untouched(self) {
        let probe = TcpStream::connect(self.0.local_addr().unwrap())
            .await
            .unwrap();
        let (_, first) = self.0.accept().await.unwrap();
        assert_eq!(first, probe.local_addr().unwrap(), "somebody connected");
    }
}

pub async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let announced = head.lines().find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length: ")?
                    .parse()
                    .ok()
            });
            if body.len() >= announced.unwrap_or(0) {
                return text;
            }
        }
        assert_ne!(
            stream.read_buf(&mut request).await.unwrap(),
            0,
            "the request ended early: {text}"
        );
    }
}

/// An answer with its length.
pub fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

pub fn client(base_url: &str) -> Client {
    let transport = Transport::builder(base_url)
        .credentials(Credentials::bearer(TOKEN))
        .build();
    Client::new(transport.unwrap())
}

/// A client with other settings.
pub fn with(base_url: &str, change: impl FnOnce(TransportBuilder) -> TransportBuilder) -> Client {
    Client::new(
        change(Transport::builder(base_url).credentials(Credentials::bearer(TOKEN)))
            .build()
            .unwrap(),
    )
}

/// Everything that prints of an error: both formats of both traits, and the chain.
pub fn printed(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        text.push_str(&format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n"));
        next = error.source();
    }
    text
}
