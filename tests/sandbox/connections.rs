//! How long connections live. The time of the test is tokio's own, which runs ahead while nothing happens.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};
use zendesk_oauth_sandbox::Sandbox;

async fn connected(sandbox: &Sandbox) -> TcpStream {
    let address = sandbox.url().trim_start_matches("http://");
    TcpStream::connect(address).await.expect("a connection")
}

/// Sends a request and reads its answer, which has no body.
async fn asked(stream: &mut TcpStream) -> String {
    let request = b"HEAD / HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(request).await.expect("bytes are taken");
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        let read = stream.read_buf(&mut answer).await.expect("an answer");
        assert!(read > 0, "the connection ended");
    }
    String::from_utf8(answer).expect("text")
}

/// After how much time the other side closes.
async fn closed(mut stream: TcpStream) -> Duration {
    let began = Instant::now();
    let mut rest = Vec::new();
    let end = stream.read_to_end(&mut rest);
    let end = timeout(Duration::from_secs(10_000), end).await;
    // A reset is an end as well.
    assert!(end.is_ok(), "nobody closes the connection");
    began.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_is_kept_serves_minutes_later() {
    let sandbox = Sandbox::builder().start().await.expect("a free port");
    let mut stream = connected(&sandbox).await;
    for _ in 0..5 {
        assert!(asked(&mut stream).await.starts_with("HTTP/1.1 404 "));
        sleep(Duration::from_secs(280)).await;
    }
    let idle = closed(stream).await;
    assert!(idle < Duration::from_secs(700), "{idle:?}");
}

#[tokio::test(start_paused = true)]
async fn who_does_not_finish_a_head_is_let_go() {
    let sandbox = Sandbox::builder().start().await.expect("a free port");
    for requests in [0, 1] {
        let mut stream = connected(&sandbox).await;
        for _ in 0..requests {
            asked(&mut stream).await;
        }
        let begun = stream.write_all(b"GET / HTTP/1.1\r\nhost:").await;
        begun.expect("bytes are taken");
        let waited = closed(stream).await;
        assert!(waited <= Duration::from_secs(100), "{waited:?}");
    }
}
