//! One response, before it meets a socket.

use axum::http::header::Entry;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use bytes::Bytes;
use serde_json::Value;

/// How much of an answer reaches the caller.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Delivery {
    #[default]
    Whole,
    /// As many bytes of the body, under a `Content-Length` that promises all of it.
    Cut(usize),
    /// Nothing: the connection is reset.
    Reset,
}

/// Status, headers and body.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// In a box, so that an answer is small enough to be handed on as an error.
    pub(crate) headers: Box<HeaderMap>,
    pub(crate) body: Bytes,
    pub(crate) delivery: Delivery,
}

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Room for the headers of nearly every answer, so that the map does not grow.
const HEADERS: usize = 12;

impl Answer {
    /// No body.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: Box::new(HeaderMap::with_capacity(HEADERS)),
            body: Bytes::new(),
            delivery: Delivery::Whole,
        }
    }

    /// A body that is JSON already.
    pub(crate) fn json_bytes(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::typed(status, JSON, body.into())
    }

    /// A JSON body.
    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        Self::json_bytes(status, body.to_string())
    }

    /// A body of plain text.
    pub(crate) fn text(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::typed(status, TEXT, body.into())
    }

    /// A page.
    pub(crate) fn html(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::typed(status, HTML, body.into())
    }

    /// A redirect of a browser, without a body. Codes and tokens are in where it leads and in where it comes
    /// from, so it is neither kept nor named to other sites.
    pub(crate) fn redirect(status: StatusCode, location: &str) -> Self {
        Self::empty(status)
            .with(header::LOCATION, location)
            .with(header::CACHE_CONTROL, "no-store")
            .with(header::REFERRER_POLICY, "no-referrer")
    }

    fn typed(status: StatusCode, content_type: HeaderValue, body: Bytes) -> Self {
        let mut answer = Self::empty(status);
        answer.headers.insert(header::CONTENT_TYPE, content_type);
        answer.body = body;
        answer
    }

    /// One more header, unless the answer has one of that name: a fault may have put it there.
    pub(crate) fn add_missing(&mut self, name: HeaderName, value: HeaderValue) {
        if let Entry::Vacant(missing) = self.headers.entry(name) {
            missing.insert(value);
        }
    }

    /// One more header. Bytes that a header cannot have are left out of its value.
    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        let value = HeaderValue::from_str(value).unwrap_or_else(|_| {
            let kept: Vec<u8> = value.bytes().filter(|b| (32..127).contains(b)).collect();
            HeaderValue::from_bytes(&kept).expect("visible ASCII is a header value")
        });
        self.headers.append(name, value);
        self
    }

    /// Leaves out what has no place beside the method and the status (RFC 9110, sections 9.3.2, 15.3.5
    /// and 15.4.5): it would be taken for the beginning of the next answer, or waited for in vain.
    pub(crate) fn frame(&mut self, method: &Method) {
        let bodiless = matches!(
            self.status,
            StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
        );
        if bodiless {
            self.headers.remove(header::CONTENT_TYPE);
        } else if *method == Method::HEAD {
            let length = HeaderValue::from(self.body.len());
            self.headers.insert(header::CONTENT_LENGTH, length);
        } else {
            return;
        }
        self.body = Bytes::new();
        if matches!(self.delivery, Delivery::Cut(_)) {
            self.delivery = Delivery::Whole;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(status: StatusCode, method: &Method) -> Answer {
        let mut answer = Answer::text(status, "hello");
        answer.delivery = Delivery::Cut(2);
        answer.frame(method);
        answer
    }

    #[test]
    fn statuses_without_a_body_have_none() {
        for status in [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED] {
            for method in [Method::GET, Method::HEAD] {
                let answer = framed(status, &method);
                assert!(answer.headers.is_empty() && answer.body.is_empty());
                assert!(answer.delivery == Delivery::Whole);
            }
        }
        let answer = framed(StatusCode::OK, &Method::GET);
        assert_eq!(answer.body, "hello");
        assert!(answer.delivery == Delivery::Cut(2));
    }

    #[test]
    fn head_tells_the_length_of_what_it_leaves_out() {
        let answer = framed(StatusCode::OK, &Method::HEAD);
        assert_eq!(answer.headers[header::CONTENT_LENGTH], "5");
        assert_eq!(answer.headers[header::CONTENT_TYPE], TEXT);
        assert!(answer.body.is_empty() && answer.delivery == Delivery::Whole);
    }
}
