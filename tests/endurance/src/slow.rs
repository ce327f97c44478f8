//! A slow line before the sandbox: answers come in small pieces.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::Failure;

const PIECE: usize = 512;
const PAUSE: Duration = Duration::from_millis(2);

/// It closes, with all connections, when it is dropped.
pub(crate) struct SlowWay {
    url: String,
    task: JoinHandle<()>,
}

impl Drop for SlowWay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl SlowWay {
    /// To a server such as `http://127.0.0.1:49152`.
    pub(crate) async fn before(server: &str) -> Result<Self, Failure> {
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let task = tokio::spawn(async move {
            let mut open = JoinSet::new();
            loop {
                tokio::select! {
                    accepted = listener.accept() => {
                        if let Ok((client, _)) = accepted {
                            open.spawn(pass(client, server.clone()));
                        }
                    }
                    // So that those that have ended are not kept.
                    Some(_) = open.join_next() => {}
                }
            }
        });
        Ok(Self { url, task })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

/// Whoever goes away first ends both ways.
async fn pass(client: TcpStream, server: String) {
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let there = async { tokio::io::copy(&mut from_client, &mut to_server).await };
    let back = async {
        let mut piece = [0; PIECE];
        while let Ok(read @ 1..) = from_server.read(&mut piece).await {
            tokio::time::sleep(PAUSE).await;
            if to_client.write_all(&piece[..read]).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        _ = there => {}
        () = back => {}
    }
}
