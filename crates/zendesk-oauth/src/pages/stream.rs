//! `Pages`: a list by page.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::fetching::Fetching;
use super::walk::{Decision, Walk};
use super::{Answer, Ask, Cursor, Items, Page, PagingError, PagingProblem, Position};
use crate::Error;

/// A list by page: a [`Stream`] with a [`next`](Self::next) of its own.
///
/// While the caller works on a page, the next one is asked for, and no further one: two pages are in
/// memory at most, whatever the length of the list. Dropping the stream ends that request.
///
/// That request is a task of the tokio runtime. On a runtime of one thread (`current_thread`) it goes
/// on only while the caller awaits something: work between two pages that never awaits delays it by
/// as long. Outside of a runtime it begins when the page is polled.
///
/// It ends after the last page and after an error. Where the list goes on is then still known:
/// [`resume`](Self::resume) lets the same stream ask again, and [`cursor`](Self::cursor) another
/// one, even of another process.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<T> {
    ask: Ask<T>,
    walk: Walk,
    /// The page to be given next; after the last page, what is added later.
    position: Position,
    read_ahead: bool,
    state: State<T>,
}

enum State<T> {
    /// The page is to be asked for.
    Ready,
    /// It is on its way.
    Fetching(Fetching<T>),
    /// An error is to be given, the last thing there is.
    Failing(Error),
    /// An error was given, and the page can be asked for again.
    Failed,
    /// There is nothing more.
    Ended,
}

impl<T: Send + 'static> Pages<T> {
    pub(crate) fn new(ask: Ask<T>, start: Position, read_ahead: bool) -> Self {
        Self {
            ask,
            walk: Walk::from(&start),
            position: start,
            read_ahead,
            state: State::Ready,
        }
    }

    /// The next page; `None` after the last one and after an error. It can be dropped while it
    /// waits: nothing is lost.
    ///
    /// # Errors
    ///
    /// The call failed, or the server gave no way to the next page (see [`PagingError`]).
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The first page alone. There always is one, or an error.
    pub(crate) async fn one(mut self) -> Result<Page<T>, Error> {
        self.read_ahead = false;
        self.next()
            .await
            .expect("a stream that was not polled yet gives a page or an error")
    }

    /// Where the list goes on after the page given last: a list with `after(cursor)`, or
    /// `before(cursor)` if this one goes backwards, gives what this one has not given yet.
    ///
    /// `None` is the beginning. After the last page it leads to what is added later; if Zendesk gave
    /// no such cursor, it repeats the last page, as it does after a [`PagingError`]. Nothing is lost
    /// in any case.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        self.position.cursor()
    }

    /// By offset: the number of the page to go on from. It stays at the last page once that is given.
    #[must_use]
    pub fn page_number(&self) -> Option<u32> {
        self.position.number()
    }

    /// After a call that failed: the next poll asks for the same page again. Says whether there is
    /// such a page; without it, the stream stays as it is.
    pub fn resume(&mut self) -> bool {
        if matches!(self.state, State::Failed) {
            self.state = State::Ready;
            return true;
        }
        false
    }

    /// The same list by record.
    pub fn items(self) -> Items<T> {
        Items::new(self)
    }

    /// All records, if there are at most `limit`. It asks for one page after the other, and for none
    /// after the one that exceeds the limit.
    ///
    /// # Errors
    ///
    /// There are more than `limit` records
    /// ([`is_paging_limit`](crate::Error::is_paging_limit)), or what [`next`](Self::next) gives.
    /// What had arrived is dropped then: a long list is better taken by page.
    pub async fn all(mut self, limit: usize) -> Result<Vec<T>, Error> {
        // There is no work of the caller's between the pages.
        self.read_ahead = false;
        let backwards = self.goes_backwards();
        let mut all = Vec::new();
        while let Some(page) = self.next().await {
            let page = page?;
            if page.items().len() > limit - all.len() {
                return Err(self.problem(PagingProblem::OverLimit(limit), &page));
            }
            let mut items = page.into_items();
            if backwards {
                items.reverse();
            }
            all.append(&mut items);
        }
        Ok(all)
    }

    pub(crate) fn goes_backwards(&self) -> bool {
        matches!(self.position, Position::Before(_))
    }

    pub(crate) fn position(&self) -> &Position {
        &self.position
    }

    pub(crate) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        loop {
            // What panics below has ended the stream: whatever it was waiting for is not polled again.
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ready => {
                    self.state = State::Fetching(Fetching::Here(self.ask.page(&self.position)));
                }
                State::Fetching(mut fetching) => match fetching.poll(context) {
                    Poll::Pending => {
                        self.state = State::Fetching(fetching);
                        return Poll::Pending;
                    }
                    Poll::Ready(Some(Ok(answer))) => {
                        return Poll::Ready(Some(self.take(answer)));
                    }
                    Poll::Ready(Some(Err(error))) => {
                        return Poll::Ready(Some(Err(self.fail(error))));
                    }
                    Poll::Ready(None) => self.state = State::Ready,
                },
                State::Failing(error) => return Poll::Ready(Some(Err(error))),
                State::Failed => {
                    self.state = State::Failed;
                    return Poll::Ready(None);
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }

    /// A page has come: what comes after it begins now.
    fn take(&mut self, answer: Answer<T>) -> Result<Page<T>, Error> {
        let page = Page::new(answer);
        self.state = State::Ended;
        match self.walk.decide(&self.position, page.envelope()) {
            Decision::Next(next) => {
                self.position = next;
                self.state = if self.read_ahead {
                    State::Fetching(Fetching::ahead(self.ask.page(&self.position)))
                } else {
                    State::Ready
                };
            }
            Decision::Last(Some(later)) => self.position = later,
            Decision::Last(None) => {}
            Decision::Stuck(problem) => self.state = State::Failing(self.problem(problem, &page)),
            Decision::Unusable(problem) => return Err(self.problem(problem, &page)),
        }
        Ok(page)
    }

    /// The call failed.
    fn fail(&mut self, error: Error) -> Error {
        if self.position.number().is_some() && PagingError::is_refused_depth(&error) {
            self.state = State::Ended;
            return PagingError::refused_depth(error).into();
        }
        self.state = State::Failed;
        error
    }

    fn problem(&self, problem: PagingProblem, page: &Page<T>) -> Error {
        let error = PagingError::new(problem).seen_on(page.response());
        Error::from(error).on(self.ask.operation())
    }
}

impl<T: Send + 'static> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.ask.operation())
            .field("position", &self.position)
            .field("read_ahead", &self.read_ahead)
            .finish_non_exhaustive()
    }
}
