//! Reading a request's body.

use std::time::Duration;

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use http_body::Body;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::time::timeout;

/// Why a body could not be read.
#[derive(Clone, Copy)]
pub(crate) enum Unread {
    TooLong,
    BrokenOff,
}

/// How much of a body that is too long is taken off its sender, and for how long. Many callers do not
/// look for an answer before they have sent everything, and would see a broken connection instead.
const DISCARDED: u64 = 64 * 1024 * 1024;
const DISCARDING: Duration = Duration::from_secs(5);

/// Reads a body up to the limit. Of what is announced as longer, nothing is asked for with `100 Continue`.
pub(crate) async fn read<B>(headers: &HeaderMap, mut body: B, limit: usize) -> Result<Bytes, Unread>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let announced = body.size_hint().lower();
    if announced > limit as u64 {
        if !headers.contains_key(header::EXPECT) && announced <= DISCARDED {
            discard(&mut body).await;
        }
        return Err(Unread::TooLong);
    }
    match Limited::new(&mut body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            discard(&mut body).await;
            Err(Unread::TooLong)
        }
        Err(_) => Err(Unread::BrokenOff),
    }
}

/// Reads what is left of a body, within bounds.
async fn discard<B: Body<Data = Bytes> + Unpin>(body: &mut B) {
    let mut left = DISCARDED;
    let all = async {
        while let Some(Ok(frame)) = body.frame().await {
            let length = frame.data_ref().map_or(0, Bytes::len) as u64;
            match left.checked_sub(length) {
                Some(less) => left = less,
                None => break,
            }
        }
    };
    // Whoever sends more, or slowly, may see the connection end.
    let _ = timeout(DISCARDING, all).await;
}
