//! Two futures at a time.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Which was first.
pub(crate) enum First<A, B> {
    One(A),
    Other(B),
}

/// Waits for the first of two; of two that are done, for `one`. The other is dropped.
pub(crate) async fn race<A, B>(
    one: impl Future<Output = A>,
    other: impl Future<Output = B>,
) -> First<A, B> {
    let (mut one, mut other) = (pin!(one), pin!(other));
    poll_fn(|context| {
        if let Poll::Ready(outcome) = one.as_mut().poll(context) {
            return Poll::Ready(First::One(outcome));
        }
        other.as_mut().poll(context).map(First::Other)
    })
    .await
}

/// The output of `wanted`, or nothing if `limit` is done before it. The other one is dropped.
pub(crate) async fn unless<T>(
    limit: impl Future<Output = ()>,
    wanted: impl Future<Output = T>,
) -> Option<T> {
    // What is there in time counts, even if the limit is reached now.
    match race(wanted, limit).await {
        First::One(output) => Some(output),
        First::Other(()) => None,
    }
}
