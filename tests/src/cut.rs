//! A way to a server that can be cut.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Listens on 127.0.0.1 and a free port and passes everything on to a server and back, until it is to
/// cut: then what the client sends still arrives there, and what the server answers does not come
/// back, but the end of the connection. It ends when it is dropped.
#[derive(Debug)]
pub struct Cut {
    address: SocketAddr,
    /// How many answers are still to be cut.
    cuts: Arc<AtomicUsize>,
    accepts: JoinHandle<()>,
}

impl Cut {
    /// Starts to listen.
    ///
    /// # Panics
    ///
    /// If loopback has no free port.
    pub async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.expect("loopback has a free port");
        let address = listener.local_addr();
        let cuts = Arc::new(AtomicUsize::new(0));
        let accepts = tokio::spawn(accept(listener, server, Arc::clone(&cuts)));
        Self {
            address: address.expect("a bound socket has an address"),
            cuts,
            accepts,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Cuts the connections of the next so many answers, each before its answer.
    pub fn cut_answers(&self, count: usize) {
        self.cuts.store(count, Ordering::SeqCst);
    }

    /// How many are still to be cut.
    pub fn left(&self) -> usize {
        self.cuts.load(Ordering::SeqCst)
    }
}

impl Drop for Cut {
    fn drop(&mut self) {
        self.accepts.abort();
    }
}

async fn accept(listener: TcpListener, server: SocketAddr, cuts: Arc<AtomicUsize>) {
    let mut ways = tokio::task::JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        // A server that is not there closes the client's connection.
        if let Ok(server) = TcpStream::connect(server).await {
            ways.spawn(pass(client, server, Arc::clone(&cuts)));
        }
        while ways.try_join_next().is_some() {}
    }
}

/// Passes on until one of them ends or it is cut. Dropping both streams closes them.
async fn pass(client: TcpStream, server: TcpStream, cuts: Arc<AtomicUsize>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let there = async {
        let _ = tokio::io::copy(&mut from_client, &mut to_server).await;
    };
    let back = async {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
            let cut = |left: usize| left.checked_sub(1);
            let is_cut = cuts.fetch_update(Ordering::SeqCst, Ordering::SeqCst, cut);
            if is_cut.is_ok() || to_client.write_all(&bytes[..count]).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = there => {}
        () = back => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Loopback, answer};

    #[tokio::test]
    async fn an_answer_that_is_cut_does_not_arrive_and_its_request_did() {
        let server = Loopback::answering(answer(200, &[], "body")).await;
        let address = server.url().strip_prefix("http://").unwrap().parse();
        let cut = Cut::before(address.unwrap()).await;
        let ask = || async {
            let mut stream = TcpStream::connect(cut.address()).await.unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
            let mut bytes = [0; 4];
            let count = stream.read(&mut bytes).await.unwrap_or(0);
            bytes[..count].to_vec()
        };
        assert_eq!(ask().await, b"HTTP");
        cut.cut_answers(2);
        assert_eq!(ask().await, b"");
        assert_eq!(ask().await, b"");
        assert_eq!(cut.left(), 0);
        assert_eq!(ask().await, b"HTTP");
        assert_eq!(server.requests().len(), 4);
    }
}
