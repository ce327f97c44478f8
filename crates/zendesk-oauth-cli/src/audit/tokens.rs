//! Support's tokens, counted as they come. What is kept grows with clients and users, never with tokens.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

/// The most ids that a tally gives as examples.
const MOST_EXAMPLES: usize = 5;

/// The most scopes of a client that are kept: scopes are free text.
const MOST_SCOPES: usize = 100;

/// From when on something is a finding.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thresholds {
    pub(super) idle_days: u32,
    pub(super) refresh_days: u32,
}

const DAY: i64 = 86_400;

impl Thresholds {
    /// Whether it was so long ago that it counts as idle: more than so many days.
    pub(super) fn is_idle(self, since: Timestamp, now: Timestamp) -> bool {
        now.as_second() - since.as_second() > i64::from(self.idle_days) * DAY
    }

    /// Whether it comes within so many days from now and within the last quarter of a life that began at `made`, and is
    /// not over. Of a life of a week, a week is left at first.
    pub(super) fn is_lapsing(
        self,
        made: Option<Timestamp>,
        end: Timestamp,
        now: Timestamp,
    ) -> bool {
        let left = end.as_second() - now.as_second();
        let life = made.map_or(i64::MAX, |made| end.as_second() - made.as_second());
        left > 0 && left < (i64::from(self.refresh_days) * DAY).min(life / 4)
    }
}

/// Whom a token was issued to. Clients and global clients have ids of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Issuer {
    Client(i64),
    GlobalClient(i64),
}

/// What is looked at of a token.
#[derive(Clone, Debug)]
pub(super) struct TokenFacts {
    pub(super) id: i64,
    pub(super) issuer: Issuer,
    pub(super) user_id: Option<i64>,
    pub(super) scopes: Vec<String>,
    pub(super) created_at: Option<Timestamp>,
    pub(super) used_at: Option<Timestamp>,
    /// None if it never expires.
    pub(super) expires_at: Option<Timestamp>,
    pub(super) has_refresh_token: bool,
    pub(super) refresh_token_expires_at: Option<Timestamp>,
    pub(super) unreadable: UnreadableTimes,
}

/// Which times a token has in a form that cannot be read: it was used, or expires, nobody knows when.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct UnreadableTimes {
    pub(super) used_at: bool,
    pub(super) expires_at: bool,
}

impl TokenFacts {
    fn expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    fn refresh_expired(&self, now: Timestamp) -> bool {
        self.refresh_token_expires_at.is_some_and(|end| end <= now)
    }

    /// Whether it opens anything, now or once it is refreshed.
    fn is_live(&self, now: Timestamp) -> bool {
        !self.expired(now) || self.has_refresh_token && !self.refresh_expired(now)
    }

    /// When it was used last, or made if it never was.
    fn last_sign_of_life(&self) -> Option<Timestamp> {
        self.used_at.or(self.created_at)
    }
}

/// How many tokens, from when, and which for example.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Tally {
    pub(super) count: u64,
    /// When the first and the last of them were made.
    pub(super) oldest: Option<Timestamp>,
    pub(super) newest: Option<Timestamp>,
    /// The first ids that the account listed.
    pub(super) examples: Vec<i64>,
}

impl Tally {
    fn add(&mut self, token: &TokenFacts) {
        self.count += 1;
        if let Some(at) = token.created_at {
            self.oldest = Some(self.oldest.map_or(at, |it| it.min(at)));
            self.newest = Some(self.newest.map_or(at, |it| it.max(at)));
        }
        if self.examples.len() < MOST_EXAMPLES {
            self.examples.push(token.id);
        }
    }
}

/// The tokens of one client. All but `dead`, `last_sign_of_life`, `scopes` and `uses_codes` is about live ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) live: Tally,
    pub(super) dead: u64,
    /// Live, and neither idle nor long unused.
    pub(super) fresh: u64,
    /// When a token was last used or made. Tokens of half an hour are dead whenever somebody looks.
    pub(super) last_sign_of_life: Option<Timestamp>,
    /// Of dead ones too, for the same reason.
    pub(super) scopes: BTreeSet<String>,
    /// Whether one has a refresh token: those come with authorization codes.
    pub(super) uses_codes: bool,
    pub(super) idle: Tally,
    pub(super) never_used: Tally,
    pub(super) no_expiry: Tally,
    pub(super) refresh_lapsing: Tally,
    pub(super) may_write: Tally,
    pub(super) impersonating: Tally,
    pub(super) unrestricted: Tally,
}

/// The tokens of an account.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    pub(super) by_issuer: BTreeMap<Issuer, Group>,
    /// Live ones.
    pub(super) by_user: BTreeMap<i64, Tally>,
}

impl Tokens {
    /// Counts one.
    pub(super) fn add(&mut self, token: &TokenFacts, now: Timestamp, thresholds: Thresholds) {
        let group = self.by_issuer.entry(token.issuer).or_default();
        group.uses_codes |= token.has_refresh_token;
        group.last_sign_of_life = group.last_sign_of_life.max(token.last_sign_of_life());
        for scope in &token.scopes {
            if !group.scopes.contains(scope) && group.scopes.len() < MOST_SCOPES {
                group.scopes.insert(scope.clone());
            }
        }
        if !token.is_live(now) {
            group.dead += 1;
            return;
        }
        group.live.add(token);
        match (token.used_at, token.created_at) {
            _ if token.unreadable.used_at => group.fresh += 1,
            (Some(used), _) if thresholds.is_idle(used, now) => group.idle.add(token),
            (None, Some(made)) if thresholds.is_idle(made, now) => group.never_used.add(token),
            _ => group.fresh += 1,
        }
        if token.expires_at.is_none() && !token.unreadable.expires_at {
            group.no_expiry.add(token);
        }
        let end = token.refresh_token_expires_at;
        let is_lapsing = |end| thresholds.is_lapsing(token.created_at, end, now);
        if token.has_refresh_token && end.is_some_and(is_lapsing) {
            group.refresh_lapsing.add(token);
        }
        if has(&token.scopes, "impersonate") {
            group.impersonating.add(token);
        }
        if has(&token.scopes, "unrestricted") {
            group.unrestricted.add(token);
        }
        if has(&token.scopes, "write") {
            group.may_write.add(token);
        }
        if let Some(user_id) = token.user_id {
            self.by_user.entry(user_id).or_default().add(token);
        }
    }
}

fn has(scopes: &[String], wanted: &str) -> bool {
    scopes.iter().any(|scope| scope == wanted)
}

#[cfg(test)]
#[path = "tokens_tests.rs"]
mod tests;
