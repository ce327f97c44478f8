//! `Page`: one page of a list, with the answer that it came in.

use std::fmt;
use std::vec;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use zendesk_oauth_core::client::Response;

use super::{Answer, Cursor, Envelope};

/// One page of a list, with the answer that it came in.
pub struct Page<T> {
    items: Vec<T>,
    envelope: Envelope,
    response: Response,
}

impl<T> Page<T> {
    pub(crate) fn new(answer: Answer<T>) -> Self {
        Self {
            items: answer.items,
            envelope: answer.envelope,
            response: answer.response,
        }
    }

    pub(crate) fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// The records, in the order in which Zendesk sent them. There can be none although more pages
    /// follow.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The records alone; the answer's body is freed.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// Whether there are more records, as the server says: `meta.has_more`, or by offset whether
    /// `next_page` is there.
    #[must_use]
    pub fn has_more(&self) -> bool {
        match &self.envelope.meta {
            Some(meta) => meta.has_more,
            None => self.envelope.has_next_page,
        }
    }

    /// `meta.after_cursor`: what is after this page. The last page can have one too (observed): it
    /// leads to what is added later.
    #[must_use]
    pub fn next_cursor(&self) -> Option<&Cursor> {
        self.envelope.meta.as_ref()?.after.as_ref()
    }

    /// `meta.before_cursor`: what is before this page.
    #[must_use]
    pub fn previous_cursor(&self) -> Option<&Cursor> {
        self.envelope.meta.as_ref()?.before.as_ref()
    }

    /// `count`, by offset only: how many records there are. It can be lower than reality
    /// (<https://developer.zendesk.com/api-reference/introduction/pagination/>).
    #[must_use]
    pub fn count(&self) -> Option<i64> {
        self.envelope.count
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers as sent. They may hold secrets.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The body as sent. It may hold secrets.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.response.body()
    }

    /// What Zendesk's support asks for: `x-request-id`, else `x-zendesk-request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }

    /// The answer that the page was decoded from.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.response
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("has_more", &self.has_more())
            .field("response", &self.response)
            .finish_non_exhaustive()
    }
}
