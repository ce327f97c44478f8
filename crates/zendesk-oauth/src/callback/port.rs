//! `LoopbackPort`: a port of 127.0.0.1 that is listened on.

use std::io;
use std::net::Ipv4Addr;

use tokio::net::TcpListener;

/// A port of 127.0.0.1, and of no other address, that is listened on. Nothing is answered yet.
pub(crate) struct LoopbackPort {
    pub(super) tcp: TcpListener,
    number: u16,
}

impl LoopbackPort {
    /// Listens on this port; 0 is any that is free.
    pub(crate) async fn bind(port: u16) -> io::Result<Self> {
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let number = tcp.local_addr()?.port();
        Ok(Self { tcp, number })
    }

    /// Which it is.
    pub(crate) fn number(&self) -> u16 {
        self.number
    }
}
