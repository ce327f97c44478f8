//! One attempt: a prepared request goes out, a whole answer comes back.

use bytes::Bytes;
use reqwest::Url;

use super::gathered::Gathered;
use crate::client::{BodyError, CallError, CommunicationError, ElsewhereError, Response};
use crate::{Operation, Secret};

/// Sends `request`, which is for the URL `asked`, as the attempt of this number, and reads its answer, whatever its status.
/// It has no memory and holds nothing when dropped. The request is boxed, so that the future is small.
pub(super) async fn attempt(
    http: &reqwest::Client,
    operation: &'static Operation,
    request: Box<reqwest::Request>,
    asked: &Url,
    number: u32,
    max_body_size: u64,
) -> Result<Response, CallError> {
    let mut answer = http.execute(*request).await.map_err(|error| {
        CallError::Communication(CommunicationError::new(Some(operation), number, error))
    })?;
    if !is_same_resource(asked, answer.url()) {
        let url = Secret::from(answer.url().as_str());
        return Err(CallError::Elsewhere(ElsewhereError::new(
            head(operation, number, &answer),
            url,
        )));
    }
    read_body(operation, number, &mut answer, max_body_size)
        .await
        .map_err(CallError::Body)
}

async fn read_body(
    operation: &'static Operation,
    number: u32,
    answer: &mut reqwest::Response,
    limit: u64,
) -> Result<Response, BodyError> {
    if answer
        .content_length()
        .is_some_and(|announced| announced > limit)
    {
        return Err(BodyError::too_large(head(operation, number, answer), limit));
    }
    let mut body = Gathered::new(answer.content_length());
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if fits(body.len(), chunk.len(), limit) => {
                body.push(chunk);
            }
            Ok(Some(_)) => {
                let partial = partial(operation, number, answer, body.into_bytes());
                return Err(BodyError::too_large(partial, limit));
            }
            Ok(None) => break,
            Err(error) => {
                let partial = partial(operation, number, answer, body.into_bytes());
                return Err(BodyError::unread(partial, &error));
            }
        }
    }
    Ok(Response::new(
        operation,
        answer.status(),
        std::mem::take(answer.headers_mut()),
        body.into_bytes(),
    )
    .with_attempts(number))
}

fn fits(read: usize, more: usize, limit: u64) -> bool {
    // usize is never wider than u64 on a target that reqwest supports.
    (read as u64)
        .checked_add(more as u64)
        .is_some_and(|size| size <= limit)
}

/// The answer without its body.
fn head(operation: &'static Operation, number: u32, answer: &reqwest::Response) -> Response {
    partial(operation, number, answer, Bytes::new())
}

/// The answer with as much of its body as was read.
fn partial(
    operation: &'static Operation,
    number: u32,
    answer: &reqwest::Response,
    body: Bytes,
) -> Response {
    let headers = answer.headers().clone();
    Response::new(operation, answer.status(), headers, body).with_attempts(number)
}

/// Whether two URLs are the same but for the fragment, which is not sent.
fn is_same_resource(asked: &Url, answered: &Url) -> bool {
    fn sent(url: &Url) -> &str {
        url.as_str().split('#').next().unwrap_or_default()
    }
    asked.as_str() == answered.as_str() || sent(asked) == sent(answered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_is_the_only_difference_that_does_not_count() {
        let same = |a: &str, b: &str| is_same_resource(&a.parse().unwrap(), &b.parse().unwrap());
        assert!(same("https://a.example/x?y#1", "https://a.example/x?y"));
        assert!(!same("https://a.example/x?y", "https://a.example/x"));
        assert!(!same("https://a.example/x", "http://a.example/x"));
        assert!(!same("https://a.example/x", "https://b.example/x"));
    }

    #[test]
    fn the_limit_is_the_last_size_that_fits() {
        assert!(fits(3, 5, 8));
        assert!(!fits(3, 6, 8));
        assert!(fits(0, 0, 0));
    }
}
