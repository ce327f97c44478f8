//! What a plan comes to, for the person at the terminal.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use super::entry::Kind;
use super::{Entry, Header};
use crate::text::counted;

/// The most clients that are named.
const MOST: usize = 20;

/// How many tokens, of which clients.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    pub(super) looked_at: u64,
    pub(super) picked: u64,
    /// Whether the condition holds for the token of this run.
    pub(super) has_own: bool,
    by_client: HashMap<Option<i64>, OfOne>,
}

/// The tokens of one client.
#[derive(Debug)]
struct OfOne {
    name: Option<String>,
    /// `client`, or `global client`.
    kind: &'static str,
    count: u64,
}

impl Summary {
    pub(crate) fn add(&mut self, entry: &Entry) {
        self.picked += 1;
        let client = self.by_client.entry(entry.client_id);
        let client = client.or_insert_with(|| OfOne {
            name: entry.client_name.clone(),
            kind: match entry.of_client {
                Kind::Global => "global client",
                _ => "client",
            },
            count: 0,
        });
        client.count += 1;
    }

    /// The clients with the most tokens first.
    pub(crate) fn clients(&self) -> String {
        let mut clients: Vec<_> = self.by_client.iter().collect();
        clients.sort_by_key(|(id, it)| (u64::MAX - it.count, **id));
        let mut text = String::new();
        for (id, OfOne { name, kind, count }) in clients.iter().take(MOST) {
            let name = match (name, id) {
                (Some(name), Some(id)) => format!("{name} ({kind} {id})"),
                (_, Some(id)) => format!("{kind} {id}"),
                (_, None) => "no client".to_owned(),
            };
            let _ = write!(text, "\n{count:>9}  {name}");
        }
        if let Some(others) = clients.get(MOST..).filter(|it| !it.is_empty()) {
            let _ = write!(
                text,
                "\n           and {}",
                counted(others.len(), "other client")
            );
        }
        text
    }

    pub(super) fn text(&self, header: &Header, out: Option<&Path>) -> String {
        let looked_at = tokens(header.looked_at);
        let mut text = format!("{looked_at} looked at, {} picked.", header.picked);
        text.push_str(&self.clients());
        if self.has_own {
            text.push_str(
                "\nThe condition holds for the token of this run as well; it is not in the plan and is never revoked.",
            );
        }
        if let Some(out) = out {
            let out = out.display();
            let _ = write!(
                text,
                "\nReview {out}, delete the lines of tokens that are to live, then run: zendesk-oauth revoke apply {out}"
            );
        }
        text
    }
}

/// `1 token`, `2 tokens`.
pub(crate) fn tokens(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "token")
}
