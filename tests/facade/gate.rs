//! What stands before the sandbox and spoils connections, below HTTP.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What becomes of connections.
#[derive(Clone, Copy)]
pub(crate) enum Spoiling {
    /// Reset with the request unread; all of them, or the first ones.
    Unread(Option<usize>),
    /// Of the answer come the head and a byte.
    Stalled,
}

/// A way to a server, on a port of its own. It closes when it is dropped.
pub(crate) struct Gate {
    url: String,
    task: JoinHandle<()>,
}

impl Gate {
    /// Opens a gate to `server`, such as `http://127.0.0.1:49152`.
    pub(crate) async fn before(server: &str, spoiling: Spoiling) -> Self {
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let task = tokio::spawn(async move {
            // Dropped with the task, and all connections with it.
            let mut open = JoinSet::new();
            for turn in 0.. {
                let (client, _) = listener.accept().await.expect("a bound socket accepts");
                open.spawn(pass(client, server.clone(), spoiling, turn));
            }
        });
        Self {
            url: format!("http://{address}"),
            task,
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass(mut client: TcpStream, server: String, spoiling: Spoiling, turn: usize) {
    if let Spoiling::Unread(times) = spoiling
        && times.is_none_or(|times| turn < times)
    {
        // It is there, so that nothing is reset while it connects.
        client.peek(&mut [0]).await.expect("a request comes");
        client.set_zero_linger().expect("an open socket");
        return;
    }
    let mut server = TcpStream::connect(server)
        .await
        .expect("the sandbox listens");
    match spoiling {
        Spoiling::Unread(_) => {
            // Whoever goes away first is not the gate's affair.
            let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
        }
        Spoiling::Stalled => stall(client, server).await,
    }
}

/// Passes everything on to the server, and of the answer the head and a byte.
async fn stall(client: TcpStream, server: TcpStream) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let asking = tokio::spawn(async move {
        let _ = tokio::io::copy(&mut from_client, &mut to_server).await;
    });
    let mut answer = Vec::new();
    let end = loop {
        if let Some(head) = answer.windows(4).position(|it| it == b"\r\n\r\n")
            && (answer.len() > head + 4 || is_empty(&answer[..head]))
        {
            break answer.len().min(head + 5);
        }
        match from_server.read_buf(&mut answer).await {
            Ok(1..) => {}
            _ => return,
        }
    };
    let _ = to_client.write_all(&answer[..end]).await;
    // Until the client gives up.
    let _ = asking.await;
}

fn is_empty(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    head.contains("\r\ncontent-length: 0") || head.starts_with("http/1.1 204")
}
