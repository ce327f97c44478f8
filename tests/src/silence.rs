//! A listener that must see nothing.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};

/// Listens on 127.0.0.1 and a free port, to show that nobody connects.
#[derive(Debug)]
pub struct Silence(TcpListener);

impl Silence {
    /// Starts to listen.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        Self(listener.expect("loopback has a free port"))
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().expect("a bound socket has an address")
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Connects by itself: whoever connected before would be accepted first.
    ///
    /// # Panics
    ///
    /// If somebody connected.
    pub async fn assert_untouched(self) {
        let probe = TcpStream::connect(self.address())
            .await
            .expect("the listener listens");
        let (_, first) = self.0.accept().await.expect("the probe is waiting");
        let probe = probe
            .local_addr()
            .expect("a connected socket has an address");
        assert_eq!(first, probe, "somebody connected");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nobody_is_silence() {
        let silence = Silence::start().await;
        assert_eq!(silence.url(), format!("http://{}", silence.address()));
        silence.assert_untouched().await;
    }

    #[tokio::test]
    #[should_panic(expected = "somebody connected")]
    async fn a_connection_that_is_closed_again_breaks_it() {
        let silence = Silence::start().await;
        drop(TcpStream::connect(silence.address()).await.unwrap());
        silence.assert_untouched().await;
    }
}
