//! `List`: a list, by cursor.

use std::fmt;
use std::time::Duration;

use zendesk_oauth_core::RetryPolicy;

use super::list_source::ListSource;
use super::{Cursor, Items, Page, Pages, Position};
use crate::Error;

/// A list by cursor: the way that Zendesk recommends, and that has no limit
/// (<https://developer.zendesk.com/api-reference/introduction/pagination/>). `page[size]` is always
/// sent, which is what selects it. [`ListByOffset`](super::ListByOffset) pages by offset instead.
///
/// What cannot be asked for, such as a page size of 0, is reported by the first page, and nothing is
/// sent.
#[must_use = "a list asks for nothing until its pages or items are polled"]
pub struct List<T> {
    source: ListSource<T>,
    start: Position,
}

impl<T: Send + 'static> List<T> {
    pub(crate) fn new(source: ListSource<T>) -> Self {
        Self {
            source,
            start: Position::First,
        }
    }

    /// `page[size]`: how many records a page has, from 1 to 100; 100 by default. A server may send
    /// fewer.
    pub fn page_size(mut self, records: u32) -> Self {
        self.source.page_size = records;
        self
    }

    /// `sort`: the member to sort by, such as `name`; descending with a minus sign, as in
    /// `-created_at`. Which members Zendesk takes is unknown; it answers 400 to others (observed).
    pub fn sort(mut self, by: impl Into<String>) -> Self {
        self.source.sort = Some(by.into());
        self
    }

    /// `page[after]`: starts behind this place of the list, in the same sort order. It takes the
    /// place of [`before`](Self::before).
    pub fn after(mut self, cursor: impl Into<Cursor>) -> Self {
        self.start = Position::After(cursor.into());
        self
    }

    /// `page[before]`: starts before this place of the list, and goes towards the beginning. It takes
    /// the place of [`after`](Self::after).
    ///
    /// The page next to the cursor comes first, its records in the order of the list; `items` and
    /// `all` give them the other way round, so that the list comes backwards. Inferred from the
    /// parameter's description: that Zendesk sends such a page in the order of the list, and that
    /// `has_more` is then about what is before it.
    pub fn before(mut self, cursor: impl Into<Cursor>) -> Self {
        self.start = Position::Before(cursor.into());
        self
    }

    /// Whether the next page is asked for while the caller works on this one; it is by default. It
    /// comes along while the caller awaits something: see [`Pages`].
    pub fn read_ahead(mut self, ahead: bool) -> Self {
        self.source.read_ahead = ahead;
        self
    }

    /// Repeats a page's call by `policy` if it fails, instead of by the client's. The retry budget
    /// stays the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.source.options.retry(policy);
        self
    }

    /// Makes one attempt for each page: a failure is raised at once, and nothing waits. The same as
    /// [`retry`](Self::retry) with [`RetryPolicy::never`].
    pub fn raise_at_once(self) -> Self {
        self.retry(RetryPolicy::never())
    }

    /// The time for each attempt of a page's call, from sending to the last byte of the answer,
    /// instead of the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.source.options.timeout(timeout);
        self
    }

    /// By page.
    pub fn pages(self) -> Pages<T> {
        self.source.pages(self.start)
    }

    /// One by one.
    pub fn items(self) -> Items<T> {
        self.pages().items()
    }

    /// All of them, if there are at most `limit`.
    ///
    /// # Errors
    ///
    /// As [`Pages::all`]: there are more, or a call failed.
    pub async fn all(self, limit: usize) -> Result<Vec<T>, Error> {
        self.pages().all(limit).await
    }

    /// One page, the one to start from. Nothing is read ahead.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn page(self) -> Result<Page<T>, Error> {
        self.pages().one().await
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self {
            source: self.source.clone(),
            start: self.start.clone(),
        }
    }
}

impl<T> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List")
            .field("source", &self.source)
            .field("start", &self.start)
            .finish()
    }
}
