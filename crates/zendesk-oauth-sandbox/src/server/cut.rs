//! A body that ends before its announced length.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use http_body::Frame;

use super::Connection;

/// A body that sends these bytes and then fails, so that the connection ends there.
pub(crate) fn cut_off(bytes: Bytes, connection: &Connection) -> Body {
    Body::new(Cut {
        left: Some(bytes).filter(|bytes| !bytes.is_empty()),
        connection: connection.clone(),
    })
}

struct Cut {
    left: Option<Bytes>,
    connection: Connection,
}

impl http_body::Body for Cut {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let this = self.get_mut();
        if let Some(bytes) = this.left.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        // At a failure hyper drops what it has not sent yet: head and bytes are let out first.
        if !this.connection.is_flushed() {
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into())))
    }
}
