//! `Items`: a list by record.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::{Cursor, Pages, Position};
use crate::Error;

/// A list by record: a [`Stream`] with a [`next`](Self::next) of its own.
///
/// It holds the records of one page that are not given yet, and the page that is read ahead. It ends
/// after the last record and after an error, as [`Pages`] does.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<T> {
    pages: Pages<T>,
    page: vec::IntoIter<T>,
    /// The page that the record given last is from.
    position: Position,
}

impl<T: Send + 'static> Items<T> {
    pub(crate) fn new(pages: Pages<T>) -> Self {
        Self {
            position: pages.position().clone(),
            pages,
            page: Vec::new().into_iter(),
        }
    }

    /// The next record; `None` after the last one and after an error. It can be dropped while it
    /// waits: nothing is lost.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        // Nearly always, and without a record moved once more.
        if let Some(item) = self.page.next() {
            return Some(Ok(item));
        }
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Where to go on from, so that nothing is lost: the page that the record given last is from. A
    /// list with `after(cursor)`, or `before(cursor)` if this one goes backwards, begins with that
    /// page, so it repeats the records of that page which were given, and no others. `None` is the
    /// beginning.
    ///
    /// It moves on when the caller asks for a record after the last of a page, so that a record is
    /// never skipped that the caller had in hand. After the end and after an error it is the same as
    /// [`Pages::cursor`]: where to go on after all that was given, or the last page again if Zendesk
    /// gave no cursor to what comes after it. To know what is repeated, take the list by page.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        self.position.cursor()
    }

    /// By offset: the number of the page that the record given last is from.
    #[must_use]
    pub fn page_number(&self) -> Option<u32> {
        self.position.number()
    }

    /// After a call that failed: the next poll asks for the same page again. Says whether there is
    /// such a page; without it, the stream stays as it is.
    pub fn resume(&mut self) -> bool {
        self.pages.resume()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // Its memory is warm: the next page shall have it.
            self.page = Vec::new().into_iter();
            self.position.clone_from(self.pages.position());
            let backwards = self.pages.goes_backwards();
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => {
                    let mut items = page.into_items();
                    if backwards {
                        items.reverse();
                    }
                    self.page = items.into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// No record is ever pinned where it lies.
impl<T> Unpin for Items<T> {}

impl<T: Send + 'static> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.page.len(), None)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("position", &self.position)
            .field("at_hand", &self.page.len())
            .finish()
    }
}
