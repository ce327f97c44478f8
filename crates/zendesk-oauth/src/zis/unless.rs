//! Two futures at a time.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// The output of `wanted`, or nothing if `limit` is done before it. The other one is dropped.
pub(super) async fn unless<T>(
    limit: impl Future<Output = ()>,
    wanted: impl Future<Output = T>,
) -> Option<T> {
    let (mut limit, mut wanted) = (pin!(limit), pin!(wanted));
    poll_fn(|context| {
        // What is there in time counts, even if the limit is reached now.
        if let Poll::Ready(output) = wanted.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        limit.as_mut().poll(context).map(|()| None)
    })
    .await
}
