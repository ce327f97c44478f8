//! `ListOAuthClients`: a list of clients, by cursor.

use std::time::Duration;

use zendesk_oauth_core::RetryPolicy;

use super::OAuthClient;
use super::list_source::ListSource;
use crate::Error;
use crate::pages::{Cursor, Items, Page, Pages, Position};

/// A list of OAuth clients, by cursor: the way that Zendesk recommends, and that has no limit
/// (<https://developer.zendesk.com/api-reference/introduction/pagination/>). `page[size]` is always
/// sent, which is what selects it. [`OAuthClients::list_by_offset`](super::OAuthClients::list_by_offset)
/// pages by offset instead.
///
/// What cannot be asked for, such as a page size of 0, is reported by the first page, and nothing is
/// sent.
///
/// ```
/// # use zendesk_oauth::{Credentials, Zendesk};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = zendesk_oauth_sandbox::Sandbox::builder().start().await?;
/// # let token = sandbox.credentials().admin_token;
/// # let zendesk = Zendesk::at(sandbox.url()).support(Credentials::bearer(token)).build()?;
/// let mut clients = zendesk.oauth_clients().list().sort("name").items();
/// while let Some(client) = clients.next().await {
///     println!("{}", client?.identifier);
/// }
///
/// // All of them, if there are at most 1,000; an error if there are more.
/// let clients = zendesk.oauth_clients().list().all(1_000).await?;
/// # assert!(!clients.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a list asks for nothing until its pages or items are polled"]
pub struct ListOAuthClients {
    source: ListSource,
    start: Position,
}

impl ListOAuthClients {
    pub(super) fn new(source: ListSource) -> Self {
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
    pub fn pages(self) -> Pages<OAuthClient> {
        self.source.pages(self.start)
    }

    /// One by one.
    pub fn items(self) -> Items<OAuthClient> {
        self.pages().items()
    }

    /// All of them, if there are at most `limit`.
    ///
    /// # Errors
    ///
    /// As [`Pages::all`]: there are more, or a call failed.
    pub async fn all(self, limit: usize) -> Result<Vec<OAuthClient>, Error> {
        self.pages().all(limit).await
    }

    /// One page, the one to start from. Nothing is read ahead.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn page(self) -> Result<Page<OAuthClient>, Error> {
        self.pages().one().await
    }
}
