//! What is known of one token.

use std::time::{SystemTime, UNIX_EPOCH};

use zendesk_support_oauth_tokens::types::SupportOAuthToken;

use crate::account::time::Moment;

/// Whether a client is one of the account's own. The record of a token does not say so; the lists of clients do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OfClient {
    Account,
    Global,
    /// Neither list has it: the number alone tells whose token it is.
    Unlisted,
    /// Both have it, or nobody looked.
    Unknown,
}

/// A token at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) token: &'a SupportOAuthToken,
    pub(crate) of_client: OfClient,
    /// The account's time.
    pub(crate) now: SystemTime,
}

impl Facts<'_> {
    pub(super) fn now(&self) -> i64 {
        seconds(self.now)
    }

    pub(super) fn used(&self) -> Moment {
        Moment::of(self.token.used_at.as_ref())
    }

    pub(super) fn created(&self) -> Moment {
        Moment::of(self.token.created_at.as_ref())
    }

    pub(super) fn expires(&self) -> Moment {
        Moment::of(self.token.expires_at.as_ref())
    }

    pub(super) fn refresh_expires(&self) -> Moment {
        Moment::of(self.token.refresh_token_expires_at.as_ref())
    }

    /// When it was used, or made if it never was.
    pub(super) fn last_sign_of_life(&self) -> Moment {
        match self.used() {
            Moment::Never => self.created(),
            used => used,
        }
    }
}

fn seconds(time: SystemTime) -> i64 {
    let (distance, is_before) = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => (since, false),
        Err(error) => (error.duration(), true),
    };
    let seconds = i64::try_from(distance.as_secs()).unwrap_or(i64::MAX);
    if is_before { -seconds } else { seconds }
}
