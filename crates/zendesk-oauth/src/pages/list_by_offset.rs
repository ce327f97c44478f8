//! `ListByOffset`: a list, by offset.

use std::fmt;
use std::time::Duration;

use zendesk_oauth_core::RetryPolicy;

use super::list_source::ListSource;
use super::{Items, Page, Pages, Position};
use crate::Error;

/// A list by offset: pages have numbers, and there is neither a cursor nor a sort
/// order. Zendesk ends it at page 100 and record 10,000
/// (<https://support.zendesk.com/hc/en-us/articles/5591904358938>): when there is more, all pages up
/// to there are given, and then an error ([`is_paging_limit`](crate::Error::is_paging_limit)).
///
/// When records are created or deleted meanwhile, others move between pages, and can be missed or
/// come twice. Paging by cursor, the default, does not have that.
#[must_use = "a list asks for nothing until its pages or items are polled"]
pub struct ListByOffset<T> {
    source: ListSource<T>,
    from: u32,
}

impl<T: Send + 'static> ListByOffset<T> {
    pub(crate) fn new(source: ListSource<T>) -> Self {
        Self { source, from: 1 }
    }

    /// `per_page`: how many records a page has, from 1 to 100; 100 by default.
    pub fn per_page(mut self, records: u32) -> Self {
        self.source.page_size = records;
        self
    }

    /// `page`: the number of the page to start from, from 1 to 100.
    pub fn from_page(mut self, number: u32) -> Self {
        self.from = number;
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
        self.source.pages(Position::Number(self.from))
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

impl<T> Clone for ListByOffset<T> {
    fn clone(&self) -> Self {
        Self {
            source: self.source.clone(),
            from: self.from,
        }
    }
}

impl<T> fmt::Debug for ListByOffset<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListByOffset")
            .field("source", &self.source)
            .field("from", &self.from)
            .finish()
    }
}
