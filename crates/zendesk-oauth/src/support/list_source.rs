//! `ListSource`: the two list operations, page by page.

use zendesk_oauth_core::Transport;
use zendesk_oauth_core::client::ResponseValue;
use zendesk_support_oauth_clients::Client;
use zendesk_support_oauth_clients::types::{CursorMeta, OAuthClientsPage};

use super::OAuthClient;
use crate::error::Kind;
use crate::options::CallOptions;
use crate::pages::{
    Answer, Ask, Cursor, Envelope, LARGEST_PAGE, LAST_PAGE, Meta, Pages, PagingError,
    PagingProblem, Position,
};
use crate::{Area, Error};

/// Which clients are listed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Listed {
    All,
    Mine,
}

impl Listed {
    fn operation(self) -> &'static str {
        match self {
            Self::All => "list_oauth_clients",
            Self::Mine => "list_my_oauth_clients",
        }
    }
}

/// A list operation with what is the same for all its pages.
#[derive(Clone, Debug)]
pub(super) struct ListSource {
    own: Option<Transport>,
    listed: Listed,
    pub(super) page_size: u32,
    /// By cursor only.
    pub(super) sort: Option<String>,
    pub(super) read_ahead: bool,
    pub(super) options: CallOptions,
}

impl ListSource {
    pub(super) fn new(own: Option<Transport>, listed: Listed) -> Self {
        Self {
            own,
            listed,
            page_size: LARGEST_PAGE,
            sort: None,
            read_ahead: true,
            options: CallOptions::default(),
        }
    }

    /// The pages from `start` on. What is wrong with the request is told when a page is asked for, and
    /// nothing is sent.
    pub(super) fn pages(self, start: Position) -> Pages<OAuthClient> {
        let (operation, read_ahead) = (self.listed.operation(), self.read_ahead);
        let problem = self.problem(&start);
        let client = self.own.clone().map(|own| {
            let transport = self.options.apply(own);
            Client::from_transport(transport)
        });
        let ask = Ask::new(operation, move |position| {
            let (source, client) = (self.clone(), client.clone());
            async move {
                let answer = match (problem, client) {
                    (Some(problem), _) => Err(PagingError::new(problem).into()),
                    (None, None) => Err(Error::new(Kind::MissingCredentials {
                        area: Area::Support,
                    })),
                    (None, Some(client)) => source.ask(client, position).await,
                };
                answer.map_err(|error| error.on(operation))
            }
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

    async fn ask(self, client: Client, position: Position) -> Result<Answer<OAuthClient>, Error> {
        // Both operations take the same parameters, in builders of two types.
        macro_rules! sent {
            ($call:expr) => {{
                let mut call = $call;
                if let Some(sort) = self.sort {
                    call = call.sort(sort);
                }
                match position {
                    Position::Number(number) => call.page(number).per_page(self.page_size),
                    // Without `page[size]` Zendesk pages by offset.
                    Position::First => call.page_size(self.page_size),
                    Position::After(after) => {
                        call.page_size(self.page_size).page_after(after.as_str())
                    }
                    Position::Before(before) => {
                        call.page_size(self.page_size).page_before(before.as_str())
                    }
                }
                .send()
                .await?
            }};
        }
        Ok(answer(match self.listed {
            Listed::All => sent!(client.list_oauth_clients()),
            Listed::Mine => sent!(client.list_my_oauth_clients()),
        }))
    }
}

fn answer(sent: ResponseValue<OAuthClientsPage>) -> Answer<OAuthClient> {
    let response = sent.response().clone();
    let page = sent.into_inner();
    Answer {
        envelope: Envelope {
            meta: page.meta.map(meta),
            has_next_page: page.next_page.is_some_and(|url| !url.is_empty()),
            count: page.count,
        },
        items: page.clients,
        response,
    }
}

fn meta(meta: CursorMeta) -> Meta {
    Meta {
        has_more: meta.has_more,
        after: meta.after_cursor.map(Cursor::new),
        before: meta.before_cursor.map(Cursor::new),
    }
}
