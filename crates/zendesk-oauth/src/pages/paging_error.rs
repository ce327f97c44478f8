//! `PagingError`: why a list cannot be walked.

use std::fmt;

use reqwest::StatusCode;
use zendesk_oauth_core::client::Response;

use crate::Error;

/// Why a list cannot be walked although no call failed. `Display` says what to do.
pub struct PagingError {
    problem: PagingProblem,
    /// The answer that leads no further, if it came to one.
    answer: Option<Response>,
    /// The refusal, where it was the server that said so.
    refusal: Option<Error>,
}

/// What kind of [`PagingError`] it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingProblem {
    /// This page size is not from 1 to 100. Nothing was sent.
    PageSize(u32),
    /// This page number is not from 1 to 100. Nothing was sent.
    PageNumber(u32),
    /// The cursor to start from is an empty text. Nothing was sent.
    EmptyCursor,
    /// `has_more` is true, and there is no cursor to go on from.
    MissingCursor,
    /// `has_more` is true, and the cursor to go on from came before: the list goes in a circle.
    RepeatedCursor,
    /// The answer has no `meta`, so nothing says reliably whether there is more.
    MissingMeta,
    /// An answer to a list by offset is a page by cursor.
    NotByOffset,
    /// There is more beyond page 100, where paging by offset ends.
    TooDeep,
    /// There are more records than this limit of the caller's.
    OverLimit(usize),
}

impl PagingError {
    pub(crate) fn new(problem: PagingProblem) -> Self {
        Self {
            problem,
            answer: None,
            refusal: None,
        }
    }

    /// The same, seen on this answer.
    pub(super) fn seen_on(mut self, answer: &Response) -> Self {
        self.answer = Some(answer.clone());
        self
    }

    /// Whether the server refused a page because it is too deep (observed).
    pub(super) fn is_refused_depth(error: &Error) -> bool {
        error.status() == Some(StatusCode::BAD_REQUEST)
            && error.code() == Some("InvalidPaginationDepth")
    }

    pub(super) fn refused_depth(refusal: Error) -> Self {
        Self {
            problem: PagingProblem::TooDeep,
            answer: None,
            refusal: Some(refusal),
        }
    }

    /// What kind it is.
    #[must_use]
    pub fn problem(&self) -> PagingProblem {
        self.problem
    }

    /// Whether there are more records than may be had this way: more than the caller's limit, or
    /// than paging by offset reaches.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        matches!(
            self.problem,
            PagingProblem::TooDeep | PagingProblem::OverLimit(_)
        )
    }

    /// Whether the request was refused on this side.
    pub(crate) fn is_not_sent(&self) -> bool {
        matches!(
            self.problem,
            PagingProblem::PageSize(_) | PagingProblem::PageNumber(_) | PagingProblem::EmptyCursor
        )
    }

    /// Whether an answer came that gives no reliable way through the list.
    pub(crate) fn is_unusable_answer(&self) -> bool {
        matches!(
            self.problem,
            PagingProblem::MissingCursor
                | PagingProblem::RepeatedCursor
                | PagingProblem::MissingMeta
                | PagingProblem::NotByOffset
        )
    }

    pub(crate) fn answer(&self) -> Option<&Response> {
        self.answer.as_ref()
    }

    pub(crate) fn refusal(&self) -> Option<&Error> {
        self.refusal.as_ref()
    }
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            PagingProblem::PageSize(size) => write!(
                f,
                "a page cannot have {size} records: give a size from 1 to 100. Nothing was sent."
            ),
            PagingProblem::PageNumber(number) => write!(
                f,
                "{number} is no number of a page: by offset they are from 1 to 100; a list by \
                 cursor goes further. Nothing was sent."
            ),
            PagingProblem::EmptyCursor => f.write_str(
                "the cursor to start from is empty: give one that a page gave, or none to start \
                 at the beginning. Nothing was sent.",
            ),
            PagingProblem::MissingCursor => f.write_str(
                "the server says that there is more and gives no cursor to go on from: the list \
                 is not complete; ask again later, or for the list by offset",
            ),
            PagingProblem::RepeatedCursor => f.write_str(
                "the server gives a cursor that it gave before, so the list goes in a circle: it \
                 is not complete; ask again later, or for the list by offset",
            ),
            PagingProblem::MissingMeta => f.write_str(
                "the answer has no `meta`, as if `page[size]` had been ignored, so nothing says \
                 whether there is more: ask for the list by offset",
            ),
            PagingProblem::NotByOffset => f.write_str(
                "the answer is a page by cursor although it was asked for by offset: ask for \
                 the list by cursor",
            ),
            PagingProblem::TooDeep => f.write_str(
                "there are more records, and paging by offset ends at page 100 and record 10,000: \
                 ask for the list by cursor, which has no limit",
            ),
            PagingProblem::OverLimit(limit) => write!(
                f,
                "there are more records than the limit of {limit}: raise it, or take them one by \
                 one with `items()`"
            ),
        }
    }
}

impl fmt::Debug for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for PagingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.refusal.as_ref().map(|error| error as _)
    }
}
