//! A server that answers what it was told and keeps what it was sent.

use std::{
    iter,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};

use crate::{Connection, Request};

/// A server on 127.0.0.1 and a free port. It stops when it is dropped.
#[derive(Debug)]
pub struct Loopback {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    /// How many connections are accepted, if there is an end.
    count: Option<usize>,
    task: JoinHandle<()>,
}

impl Loopback {
    /// Starts a server that gives each request the same bytes and closes the connection.
    pub async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        Self::answering_each(iter::repeat(answer.into())).await
    }

    /// Starts a server that gives each request the next of these answers and closes the connection.
    ///
    /// A request after the last answer is recorded, and gets nothing.
    pub async fn answering_in_turn(answers: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Self {
        let answers: Vec<Vec<u8>> = answers.into_iter().map(Into::into).collect();
        Self::answering_each(answers.into_iter()).await
    }

    async fn answering_each(answers: impl Iterator<Item = Vec<u8>> + Send + 'static) -> Self {
        let answers = Arc::new(Mutex::new(answers));
        let connection = move |mut connection: Connection, _| {
            let answers = Arc::clone(&answers);
            async move {
                connection.request().await;
                let answer = answers
                    .lock()
                    .expect("taking an answer does not panic")
                    .next();
                // A client that has gone away is the client's affair.
                let _ = connection.send(&answer.unwrap_or_default()).await;
                let _ = connection.close().await;
            }
        };
        Self::start(None, connection).await
    }

    /// Starts a server that hands each of the first `count` connections, with its number from 0, to
    /// `connection`; several may be open at a time.
    pub async fn serving<C, F>(count: usize, connection: C) -> Self
    where
        C: FnMut(Connection, usize) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        Self::start(Some(count), connection).await
    }

    async fn start<C, F>(count: Option<usize>, mut connection: C) -> Self
    where
        C: FnMut(Connection, usize) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let requests = Arc::default();
        let recorder = Arc::clone(&requests);
        let task = tokio::spawn(async move {
            // Dropped with the task, and all connections with it.
            let mut open = JoinSet::new();
            for turn in 0..count.unwrap_or(usize::MAX) {
                let (stream, _) = listener
                    .accept()
                    .await
                    .expect("a bound socket accepts connections");
                let accepted = Connection::new(stream, Arc::clone(&recorder));
                open.spawn(connection(accepted, turn));
            }
            open.join_all().await;
        });
        Self {
            address,
            requests,
            count,
            task,
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that was received so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests
            .lock()
            .expect("no test panics while it records")
            .clone()
    }

    /// Waits until all connections of [`Loopback::serving`] have come and gone; everything received.
    ///
    /// # Panics
    ///
    /// If a connection did, and on a server that answers without end.
    pub async fn finished(mut self) -> Vec<Request> {
        assert!(self.count.is_some(), "this server never finishes");
        (&mut self.task).await.expect("no connection panics");
        self.requests()
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        sync::Barrier,
    };

    use super::*;

    async fn connect(server: &Loopback) -> TcpStream {
        TcpStream::connect(server.address).await.unwrap()
    }

    /// Sends, and reads to the end.
    async fn exchange(server: &Loopback, sent: &str) -> String {
        let mut stream = connect(server).await;
        stream.write_all(sent.as_bytes()).await.unwrap();
        let mut received = String::new();
        stream.read_to_string(&mut received).await.unwrap();
        received
    }

    fn targets(requests: &[Request]) -> Vec<&str> {
        requests.iter().map(|it| it.target.as_str()).collect()
    }

    #[tokio::test]
    async fn each_request_gets_the_same_answer_and_is_kept_in_order() {
        let server = Loopback::answering("same").await;
        assert_eq!(server.url(), format!("http://{}", server.address));
        for target in ["/1", "/2", "/3"] {
            let sent = format!("PUT {target} HTTP/1.1\r\nX-A: b\r\ncontent-length: 1\r\n\r\nc");
            assert_eq!(exchange(&server, &sent).await, "same");
        }
        let requests = server.requests();
        assert_eq!(targets(&requests), ["/1", "/2", "/3"]);
        for request in requests {
            assert_eq!(request.header("x-a"), Some("b"));
            assert_eq!(request.body, b"c");
        }
    }

    #[tokio::test]
    async fn answers_go_in_turn_and_a_request_too_many_is_seen() {
        let server = Loopback::answering_in_turn(["first", "second"]).await;
        // Whoever asks for nothing takes no answer.
        let idle = connect(&server).await;
        for (target, answer) in [("/1", "first"), ("/2", "second"), ("/3", "")] {
            let sent = format!("GET {target} HTTP/1.1\r\n\r\n");
            assert_eq!(exchange(&server, &sent).await, answer);
        }
        assert_eq!(targets(&server.requests()), ["/1", "/2", "/3"]);
        drop(idle);
    }

    #[tokio::test]
    async fn connections_are_served_side_by_side_and_waited_for() {
        let both = Arc::new(Barrier::new(2));
        let server = Loopback::serving(2, move |mut connection, turn| {
            let both = Arc::clone(&both);
            async move {
                connection.request().await;
                both.wait().await;
                connection.send(turn.to_string().as_bytes()).await.unwrap();
                connection.client_closes().await;
            }
        })
        .await;
        let mut clients = [connect(&server).await, connect(&server).await];
        for client in &mut clients {
            client.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
        }
        for (client, answer) in clients.iter_mut().zip([b'0', b'1']) {
            assert_eq!(client.read_u8().await.unwrap(), answer);
        }
        drop(clients);
        assert_eq!(targets(&server.finished().await), ["/", "/"]);
    }

    #[tokio::test]
    async fn one_connection_carries_several_requests() {
        let server = Loopback::serving(1, async |mut connection: Connection, _| {
            connection.request().await;
            connection.request().await;
            connection.close().await.unwrap();
        })
        .await;
        let sent = "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n";
        assert_eq!(exchange(&server, sent).await, "");
        assert_eq!(targets(&server.finished().await), ["/1", "/2"]);
    }

    #[tokio::test]
    async fn a_connection_can_be_reset() {
        let server = Loopback::serving(1, async |mut connection: Connection, _| {
            connection.request().await;
            connection.reset().unwrap();
        })
        .await;
        let mut client = connect(&server).await;
        client.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
        let error = client.read_u8().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    }

    #[tokio::test]
    #[should_panic(expected = "no connection panics")]
    async fn a_request_that_ends_early_is_a_failure() {
        let server = Loopback::serving(1, async |mut connection: Connection, _| {
            connection.request().await;
        })
        .await;
        drop(connect(&server).await);
        server.finished().await;
    }

    #[tokio::test]
    #[should_panic(expected = "no connection panics")]
    async fn a_client_that_sends_more_has_not_closed() {
        let server = Loopback::serving(1, async |mut connection: Connection, _| {
            connection.request().await;
            connection.client_closes().await;
        })
        .await;
        exchange(&server, "GET / HTTP/1.1\r\n\r\nmore").await;
        server.finished().await;
    }

    #[tokio::test]
    #[should_panic(expected = "this server never finishes")]
    async fn a_server_without_end_does_not_finish() {
        Loopback::answering("").await.finished().await;
    }
}
