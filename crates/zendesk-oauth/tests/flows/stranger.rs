//! Who else comes to a listener: bytes, and connections that say nothing.

use std::net::Ipv4Addr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::browser;

pub(crate) async fn connect(port: u16) -> TcpStream {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .unwrap()
}

/// The first line of the answer to these bytes; nothing if the connection ends without one.
pub(crate) async fn sent(port: u16, bytes: impl AsRef<[u8]>) -> String {
    let mut stream = connect(port).await;
    // It may be answered, and closed, before all of it is read.
    let _ = stream.write_all(bytes.as_ref()).await;
    let mut received = Vec::new();
    let _ = stream.read_to_end(&mut received).await;
    let text = String::from_utf8_lossy(&received).into_owned();
    text.lines().next().unwrap_or_default().to_owned()
}

/// A connection to the listener that says nothing, and is surely being served.
pub(crate) async fn idle(port: u16) -> TcpStream {
    let idle = connect(port).await;
    // A whole exchange after it.
    let page = browser::open(&format!("http://127.0.0.1:{port}/")).await;
    assert_eq!(page.status, 404);
    idle
}

/// The listener is gone with its connections. Whether its port is free is another question: another
/// test may have it by now.
pub(crate) async fn assert_ends(idle: &TcpStream) {
    let mut buffer = [0; 16];
    loop {
        idle.readable().await.unwrap();
        match idle.try_read(&mut buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            ended => break assert!(matches!(ended, Ok(0) | Err(_)), "{ended:?}"),
        }
    }
}
