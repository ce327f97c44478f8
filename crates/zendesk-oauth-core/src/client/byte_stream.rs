//! `ByteStream`: content that no document describes.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

/// The bytes of an answer without a described content. The body has been read by the time there is
/// an answer, so this is a stream of one piece that cannot fail.
#[derive(Clone)]
pub struct ByteStream(Bytes);

impl ByteStream {
    /// A stream of these bytes.
    #[must_use]
    pub fn new(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// The bytes that are left.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let rest = std::mem::take(&mut self.0);
        Poll::Ready((!rest.is_empty()).then_some(Ok(rest)))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream([not printed])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_its_bytes_once() {
        let mut stream = ByteStream::new(Bytes::from_static(b"CANARY"));
        assert!(!format!("{stream:?}").contains("CANARY"));
        let mut context = Context::from_waker(std::task::Waker::noop());
        assert!(
            matches!(Pin::new(&mut stream).poll_next(&mut context), Poll::Ready(Some(Ok(bytes))) if bytes == "CANARY")
        );
        assert!(matches!(
            Pin::new(&mut stream).poll_next(&mut context),
            Poll::Ready(None)
        ));
    }
}
