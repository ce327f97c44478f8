//! Load for a server: so many requests over so many kept connections, one after the other on each, from one thread.
//!
//! `load URL CONNECTIONS REQUESTS [TYPE BODY]` gets, or posts a body of that type, with the token of ZENDESK_TOKEN. Every
//! answer has to be a success; one line of JSON says how long all took, and how long the median and the hundredth slowest.

use std::error::Error;
use std::time::Instant;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, connections, requests, body @ ..] = arguments.as_slice() else {
        return Err("usage: load URL CONNECTIONS REQUESTS [TYPE BODY]".into());
    };
    let (connections, requests): (usize, usize) = (connections.parse()?, requests.parse()?);
    let authority = url.strip_prefix("http://").ok_or("only http is asked")?;
    let (authority, path) = authority.split_once('/').ok_or("the URL has no path")?;
    let request = head(authority, path, body)?;
    let mut streams = Vec::new();
    for _ in 0..connections {
        let stream = TcpStream::connect(authority).await?;
        stream.set_nodelay(true)?;
        streams.push(stream);
    }
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for (index, stream) in streams.into_iter().enumerate() {
        // The remainder is spread over the first.
        let share = requests / connections + usize::from(index < requests % connections);
        tasks.spawn(ask(stream, request.clone(), share));
    }
    let mut taken = Vec::with_capacity(requests);
    while let Some(of_one) = tasks.join_next().await {
        taken.extend(of_one??);
    }
    let seconds = began.elapsed().as_secs_f64();
    taken.sort_by(f64::total_cmp);
    let at = |share: usize| taken.get(taken.len().saturating_sub(1) * share / 100);
    println!(
        "{}",
        json!({ "seconds": seconds, "requests": taken.len(), "p50": at(50), "p99": at(99) })
    );
    Ok(())
}

fn head(authority: &str, path: &str, body: &[String]) -> Outcome<Vec<u8>> {
    let token = std::env::var("ZENDESK_TOKEN").unwrap_or_default();
    let common = format!(
        "/{path} HTTP/1.1\r\nhost: {authority}\r\naccept: application/json\r\nauthorization: Bearer {token}\r\n"
    );
    let text = match body {
        [] => format!("GET {common}\r\n"),
        [kind, body] => format!(
            "POST {common}content-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ),
        _ => return Err("give the type of the body, and the body".into()),
    };
    Ok(text.into_bytes())
}

/// Asks one after the other, and gives what each took in seconds.
async fn ask(mut stream: TcpStream, request: Vec<u8>, times: usize) -> Outcome<Vec<f64>> {
    let mut taken = Vec::with_capacity(times);
    let mut buffer = Vec::with_capacity(64 * 1024);
    for _ in 0..times {
        let began = Instant::now();
        stream.write_all(&request).await?;
        buffer.clear();
        while !is_whole(&buffer)? {
            if stream.read_buf(&mut buffer).await? == 0 {
                let said = String::from_utf8_lossy(&buffer);
                return Err(format!("the connection was not kept, after {said:.200}").into());
            }
        }
        taken.push(began.elapsed().as_secs_f64());
    }
    Ok(taken)
}

/// Whether this is a whole answer. The next one is not asked for before, so that nothing comes after it.
fn is_whole(buffer: &[u8]) -> Outcome<bool> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut answer = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(length) = answer.parse(buffer)? else {
        return Ok(false);
    };
    if !answer.code.is_some_and(|code| (200..300).contains(&code)) {
        let said = String::from_utf8_lossy(buffer);
        return Err(format!("not every answer was a success: {said:.400}").into());
    }
    let value = |name: &str| {
        let header = answer
            .headers
            .iter()
            .find(|it| it.name.eq_ignore_ascii_case(name));
        header.and_then(|it| std::str::from_utf8(it.value).ok())
    };
    if let Some(body) = value("content-length") {
        return Ok(buffer.len() >= length + body.parse::<usize>()?);
    }
    if value("transfer-encoding").is_some() {
        return Ok(buffer.ends_with(b"\r\n0\r\n\r\n"));
    }
    Err("an answer without a length".into())
}
