//! A server that costs next to nothing: it answers with ready bytes, and allocates nothing while it
//! does. All its connections are in one thread, so that both sides have the same way to it.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::time::sleep;

use crate::canned;

/// What the server answers, headers and body in one.
struct Answers {
    show: Vec<u8>,
    pages: Vec<Vec<u8>>,
    latency: Duration,
}

/// Starts the server, which waits `latency` before each answer, and gives its base URL. It ends
/// with the process.
pub(crate) fn start(latency: Duration) -> io::Result<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let answers = Arc::new(Answers {
        show: answer(&canned::show()),
        pages: (0..canned::PAGES)
            .map(|number| answer(&canned::page(number)))
            .collect(),
        latency,
    });
    let runtime = Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || runtime.block_on(accept(listener, answers)));
    Ok(base_url)
}

async fn accept(listener: std::net::TcpListener, answers: Arc<Answers>) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (connection, _) = listener.accept().await?;
        // A client that goes away ends its task.
        tokio::spawn(serve(connection, Arc::clone(&answers)));
    }
}

async fn serve(mut connection: TcpStream, answers: Arc<Answers>) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let mut buffer = [0; 4096];
    let mut length = 0;
    loop {
        let unused = buffer.get_mut(length..).unwrap_or_default();
        match connection.read(unused).await? {
            0 => return Ok(()),
            read => length += read,
        }
        // The requests have no body, and the next one comes after the answer.
        let request = buffer.get(..length).unwrap_or_default();
        if !request.ends_with(b"\r\n\r\n") {
            continue;
        }
        let answer = answers.to(request).ok_or(io::ErrorKind::InvalidData)?;
        if !answers.latency.is_zero() {
            sleep(answers.latency).await;
        }
        connection.write_all(answer).await?;
        length = 0;
    }
}

impl Answers {
    fn to(&self, request: &[u8]) -> Option<&[u8]> {
        let head = std::str::from_utf8(request).ok()?;
        let target = head.split(' ').nth(1)?;
        let number = match target
            .strip_prefix("/api/v2/oauth/clients")?
            .split_once('?')
        {
            None => return Some(&self.show),
            Some((_, query)) => match query.split_once("after%5D=") {
                None => 0,
                Some((_, rest)) => canned::page_of(rest.split('&').next()?)?,
            },
        };
        self.pages.get(number).map(Vec::as_slice)
    }
}

fn answer(body: &str) -> Vec<u8> {
    let length = body.len();
    let text = format!(
        "HTTP/1.1 200 OK\r\n\
         date: Sun, 22 Nov 2026 10:00:00 GMT\r\n\
         content-type: application/json; charset=utf-8\r\n\
         content-length: {length}\r\n\
         cache-control: max-age=0, private, must-revalidate\r\n\
         x-rate-limit: 700\r\n\
         x-rate-limit-remaining: 699\r\n\
         ratelimit-limit: 700\r\n\
         ratelimit-remaining: 699\r\n\
         ratelimit-reset: 42\r\n\
         x-request-id: 8d2a1f6e-1c5b-4f0f-9b55-6f6f5f2c7a10\r\n\
         strict-transport-security: max-age=31536000;\r\n\
         \r\n{body}"
    );
    text.into_bytes()
}
