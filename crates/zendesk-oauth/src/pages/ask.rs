//! `Ask`: how one page of a list is asked for. A list operation gives one, and has the rest.

use std::pin::Pin;
use std::sync::Arc;

use zendesk_oauth_core::client::Response;

use super::{Envelope, Position};
use crate::Error;

/// A page on its way.
pub(crate) type Asked<T> = Pin<Box<dyn Future<Output = Result<Answer<T>, Error>> + Send>>;

/// One page as it came.
pub(crate) struct Answer<T> {
    pub(crate) items: Vec<T>,
    pub(crate) envelope: Envelope,
    pub(crate) response: Response,
}

/// How one page of a list is asked for.
pub(crate) struct Ask<T> {
    operation: &'static str,
    ask: Arc<dyn Fn(Position) -> Asked<T> + Send + Sync>,
}

impl<T> Ask<T> {
    /// `ask` asks for one page of that operation. It runs when its future is polled.
    pub(crate) fn new(
        operation: &'static str,
        ask: impl Fn(Position) -> Asked<T> + Send + Sync + 'static,
    ) -> Self {
        Self {
            operation,
            ask: Arc::new(ask),
        }
    }

    /// The operationId of the document.
    pub(crate) fn operation(&self) -> &'static str {
        self.operation
    }

    pub(crate) fn page(&self, position: &Position) -> Asked<T> {
        (self.ask)(position.clone())
    }
}
