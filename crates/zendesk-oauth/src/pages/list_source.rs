//! `ListSource`: a list operation, page by page.

use std::fmt;
use std::sync::Arc;

use zendesk_oauth_core::Transport;

use super::ask::Asked;
use super::{Answer, Ask, LARGEST_PAGE, LAST_PAGE, Pages, PagingError, PagingProblem, Position};
use crate::error::Kind;
use crate::options::CallOptions;
use crate::{Area, Error};

/// One page as an operation is to ask for it.
pub(crate) struct PageRequest {
    pub(crate) position: Position,
    pub(crate) page_size: u32,
    /// By cursor only.
    pub(crate) sort: Option<String>,
}

/// A list operation with what is the same for all its pages.
pub(crate) struct ListSource<T> {
    operation: &'static str,
    own: Option<Transport>,
    ask: Arc<dyn Fn(Transport, PageRequest) -> Asked<T> + Send + Sync>,
    pub(super) page_size: u32,
    /// By cursor only.
    pub(super) sort: Option<String>,
    pub(super) read_ahead: bool,
    pub(super) options: CallOptions,
}

impl<T: Send + 'static> ListSource<T> {
    /// A list of Support, which `send` asks for page by page; or it says which rule is broken, and sends
    /// nothing.
    pub(crate) fn new<F, Sent>(own: Option<Transport>, operation: &'static str, send: F) -> Self
    where
        F: Fn(Transport, PageRequest) -> Sent + Send + Sync + 'static,
        Sent: Future<Output = Result<Answer<T>, Error>> + Send + 'static,
    {
        Self {
            operation,
            own,
            ask: Arc::new(move |transport, request| {
                let sent = send(transport, request);
                Box::pin(async move { sent.await.map_err(|error| error.on(operation)) })
            }),
            page_size: LARGEST_PAGE,
            sort: None,
            read_ahead: true,
            options: CallOptions::default(),
        }
    }

    /// The pages from `start` on. What is wrong with the request is told when a page is asked for, and
    /// nothing is sent.
    pub(super) fn pages(self, start: Position) -> Pages<T> {
        let (operation, read_ahead) = (self.operation, self.read_ahead);
        let problem = self.problem(&start);
        let transport = self.own.clone().map(|own| self.options.apply(own));
        let ask = Ask::new(operation, move |position| {
            let refused = match (problem, &transport) {
                (Some(problem), _) => PagingError::new(problem).into(),
                (None, None) => Error::new(Kind::MissingCredentials {
                    area: Area::Support,
                }),
                (None, Some(transport)) => {
                    let request = PageRequest {
                        position,
                        page_size: self.page_size,
                        sort: self.sort.clone(),
                    };
                    return (self.ask)(transport.clone(), request);
                }
            };
            Box::pin(async move { Err(refused.on(operation)) })
        });
        Pages::new(ask, start, read_ahead)
    }

    /// What cannot be asked for.
    fn problem(&self, start: &Position) -> Option<PagingProblem> {
        if !(1..=LARGEST_PAGE).contains(&self.page_size) {
            return Some(PagingProblem::PageSize(self.page_size));
        }
        match start {
            Position::Number(number) if !(1..=LAST_PAGE).contains(number) => {
                Some(PagingProblem::PageNumber(*number))
            }
            Position::After(cursor) | Position::Before(cursor) if cursor.as_str().is_empty() => {
                Some(PagingProblem::EmptyCursor)
            }
            _ => None,
        }
    }
}

impl<T> Clone for ListSource<T> {
    fn clone(&self) -> Self {
        Self {
            operation: self.operation,
            own: self.own.clone(),
            ask: Arc::clone(&self.ask),
            page_size: self.page_size,
            sort: self.sort.clone(),
            read_ahead: self.read_ahead,
            options: self.options,
        }
    }
}

impl<T> fmt::Debug for ListSource<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListSource")
            .field("operation", &self.operation)
            .field("page_size", &self.page_size)
            .field("sort", &self.sort)
            .field("read_ahead", &self.read_ahead)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// Asks for a page: the parameters are the same for all list operations of Support, in builders of
/// as many types.
macro_rules! send_page {
    ($call:expr, $request:expr) => {{
        let (mut call, request) = ($call, $request);
        if let Some(sort) = request.sort {
            call = call.sort(sort);
        }
        let size = request.page_size;
        match request.position {
            $crate::pages::Position::Number(number) => call.page(number).per_page(size),
            // Without `page[size]` Zendesk pages by offset.
            $crate::pages::Position::First => call.page_size(size),
            $crate::pages::Position::After(after) => {
                call.page_size(size).page_after(after.as_str())
            }
            $crate::pages::Position::Before(before) => {
                call.page_size(size).page_before(before.as_str())
            }
        }
        .send()
        .await?
    }};
}
pub(crate) use send_page;

/// Reads a page, whose envelope is the same for all list operations of Support, in types of as many
/// crates.
macro_rules! read_page {
    ($sent:expr, $items:ident) => {{
        let sent = $sent;
        let response = sent.response().clone();
        let page = sent.into_inner();
        $crate::pages::Answer {
            envelope: $crate::pages::Envelope {
                meta: page.meta.map(|meta| $crate::pages::Meta {
                    has_more: meta.has_more,
                    after: meta.after_cursor.map($crate::pages::Cursor::new),
                    before: meta.before_cursor.map($crate::pages::Cursor::new),
                }),
                has_next_page: page.next_page.is_some_and(|url| !url.is_empty()),
                count: page.count,
            },
            items: page.$items,
            response,
        }
    }};
}
pub(crate) use read_page;
