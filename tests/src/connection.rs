//! One connection, from the server's side.

use std::{
    io,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::Request;

/// A connection that a [`Loopback`](crate::Loopback) server accepted. Dropping it closes it.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    /// What is not a whole request yet.
    received: Vec<u8>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Connection {
    pub(crate) fn new(stream: TcpStream, requests: Arc<Mutex<Vec<Request>>>) -> Self {
        Self {
            stream,
            received: Vec::new(),
            requests,
        }
    }

    /// Reads the next request and records it.
    ///
    /// # Panics
    ///
    /// If the client sends something else, or ends before its request does.
    pub async fn request(&mut self) -> Request {
        loop {
            match Request::parse(&self.received) {
                Ok(Some((request, length))) => {
                    self.received.drain(..length);
                    self.requests
                        .lock()
                        .expect("no test panics while it records")
                        .push(request.clone());
                    return request;
                }
                Ok(None) => {}
                Err(problem) => panic!("{problem}, in {:?}", self.received_text()),
            }
            let count = self.stream.read_buf(&mut self.received).await;
            assert!(
                matches!(count, Ok(1..)),
                "the request ended early ({count:?}), after {:?}",
                self.received_text()
            );
        }
    }

    fn received_text(&self) -> String {
        String::from_utf8_lossy(&self.received).into_owned()
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    ///
    /// The client has gone away.
    pub async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await
    }

    /// Says that nothing more is sent, and waits for the client to close its side: bytes left unread
    /// would make a reset of the end, which may overtake the answer.
    ///
    /// # Errors
    ///
    /// The client has gone away.
    pub async fn close(mut self) -> io::Result<()> {
        self.stream.shutdown().await?;
        while self.stream.read(&mut [0; 1024]).await.unwrap_or(0) != 0 {}
        Ok(())
    }

    /// Resets the connection, as a server does that has crashed.
    ///
    /// # Errors
    ///
    /// The client has gone away.
    pub fn reset(self) -> io::Result<()> {
        self.stream.set_zero_linger()
    }

    /// Waits, without an answer, until the client has gone away.
    ///
    /// # Panics
    ///
    /// If the client sends more.
    pub async fn client_closes(&mut self) {
        assert!(self.received.is_empty(), "the client sent more");
        // A reset is an end too.
        let count = self.stream.read(&mut [0]).await.unwrap_or(0);
        assert_eq!(count, 0, "the client sends more");
    }
}
