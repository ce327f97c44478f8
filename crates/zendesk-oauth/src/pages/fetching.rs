//! `Fetching`: a page that is on its way, here or in a task of its own.

use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use super::Answer;
use super::ask::Asked;
use crate::Error;

/// A page that is on its way. Dropping it ends the request.
pub(crate) enum Fetching<T> {
    /// It comes when it is polled.
    Here(Asked<T>),
    /// It comes while the caller works.
    Ahead(Task<T>),
}

/// A task that ends when it is dropped.
pub(crate) struct Task<T>(JoinHandle<Result<Answer<T>, Error>>);

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<T: Send + 'static> Fetching<T> {
    /// Begins at once, in a task with the current span. Outside of a tokio runtime it waits to be
    /// polled.
    pub(crate) fn ahead(asked: Asked<T>) -> Self {
        match Handle::try_current() {
            Ok(runtime) => {
                let task = asked.in_current_span().with_current_subscriber();
                Self::Ahead(Task(runtime.spawn(task)))
            }
            Err(_) => Self::Here(asked),
        }
    }

    /// The page; `None` when the task was ended from outside, as by the end of its runtime.
    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Answer<T>, Error>>> {
        match self {
            Self::Here(asked) => asked.as_mut().poll(context).map(Some),
            Self::Ahead(Task(task)) => Poll::Ready(match ready!(Pin::new(task).poll(context)) {
                Ok(result) => Some(result),
                Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
                Err(_) => None,
            }),
        }
    }
}
