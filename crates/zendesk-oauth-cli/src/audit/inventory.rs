//! What was read of an account. No secret is in it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::area::Area;
use super::tokens::Tokens;
use super::users::User;

/// An OAuth client of the account.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    pub(super) id: i64,
    pub(super) identifier: String,
    pub(super) name: String,
    pub(super) kind: Option<String>,
    pub(super) redirect_uri: Vec<String>,
    pub(super) user_id: Option<i64>,
    pub(super) created_at: Option<Timestamp>,
}

/// A global client that the account knows.
#[derive(Clone, Debug, Default)]
pub(super) struct GlobalClient {
    pub(super) id: i64,
    pub(super) identifier: String,
    pub(super) name: String,
    /// How many good tokens it has, by the account's own count.
    pub(super) tokens_count: i64,
    pub(super) last_used_at: Option<Timestamp>,
    /// Whether it says when it was used last, in a form that cannot be read.
    pub(super) is_use_unreadable: bool,
}

/// A token of Chat.
#[derive(Clone, Debug, Default)]
pub(super) struct ChatToken {
    pub(super) id: i64,
    pub(super) client: Option<String>,
    pub(super) scopes: Vec<String>,
    /// Whether an end is given at all, and when it is if that can be read.
    pub(super) expires: bool,
    pub(super) expires_at: Option<Timestamp>,
}

/// An OAuth connection of the ZIS integration.
#[derive(Clone, Debug, Default)]
pub(super) struct Connection {
    pub(super) name: String,
    pub(super) scope: Option<String>,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) has_refresh_token: bool,
}

/// An area that was not looked at, and why.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Skipped {
    pub(super) area: Area,
    pub(super) reason: String,
}

/// Times that the account gave and that cannot be read: nothing is said that hangs on them.
#[derive(Clone, Debug)]
pub(super) struct Unreadable {
    pub(super) count: usize,
    /// The first of them, such as `expires_at of token 7`.
    pub(super) first: String,
}

impl Unreadable {
    pub(super) fn new(first: String) -> Self {
        Self { count: 0, first }
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let first = crate::text::printable(&self.first);
        let times = crate::text::counted(self.count, "time");
        write!(
            f,
            "{times} cannot be read, the first is {first}: nothing is concluded from "
        )?;
        f.write_str(if self.count == 1 { "it" } else { "them" })
    }
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Inventory {
    pub(super) url: String,
    /// The account's own time.
    pub(super) now: Timestamp,
    pub(super) audited: BTreeSet<Area>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) unreadable: Option<Unreadable>,
    pub(super) clients: BTreeMap<i64, Client>,
    pub(super) global_clients: BTreeMap<i64, GlobalClient>,
    pub(super) tokens: Tokens,
    /// None if no rule asks for them.
    pub(super) users: Option<BTreeMap<i64, User>>,
    pub(super) chat_tokens: Vec<ChatToken>,
    pub(super) connections: Vec<Connection>,
    /// Whether this run signs in with an API token.
    pub(super) api_token: bool,
}

impl Inventory {
    pub(super) fn has(&self, area: Area) -> bool {
        self.audited.contains(&area)
    }
}
