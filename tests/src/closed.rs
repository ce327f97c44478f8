//! An address at which nobody listens.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpSocket;

/// A port of 127.0.0.1 that refuses every connection. It is held as long as this lives, so that no
/// other test gets it and answers.
#[derive(Debug)]
pub struct Closed(TcpSocket);

impl Closed {
    /// Takes a free port, and does not listen on it.
    pub fn port() -> Self {
        let socket = TcpSocket::new_v4().expect("the system gives sockets");
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        socket.bind(any).expect("loopback has a free port");
        Self(socket)
    }

    /// Where nobody listens.
    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().expect("a bound socket has an address")
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    #[tokio::test]
    async fn connections_are_refused_and_nobody_else_gets_the_port() {
        let closed = Closed::port();
        assert_eq!(closed.url(), format!("http://{}", closed.address()));
        for _ in 0..2 {
            let refused = TcpStream::connect(closed.address()).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
        }
        let taken = TcpListener::bind(closed.address()).await.unwrap_err();
        assert_eq!(taken.kind(), ErrorKind::AddrInUse);
    }
}
