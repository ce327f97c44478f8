//! Logins.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zendesk_oauth_core::Secret;

use crate::token::{IssuedToken, Lifetime, LifetimeSource, Record};

pub(in crate::token) const CLIENT_ID: &str = "my_app";
pub(in crate::token) const BASE_URL: &str = "https://acme.zendesk.com";

pub(in crate::token) fn noon() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_800_000_000)
}

/// The `n`th pair, good for half an hour and 30 days.
pub(in crate::token) fn issued(n: u64, at: SystemTime) -> IssuedToken {
    let lifetime = Lifetime::limited(Duration::from_secs(1_800), LifetimeSource::Answer);
    let access = Secret::from(format!("CANARY-access-{n}"));
    let month = Duration::from_secs(2_592_000);
    IssuedToken::new(access, lifetime, at)
        .refresh_token(Secret::from(format!("CANARY-refresh-{n}")), Some(month))
}

/// Of the `n`th pair, received at [`noon`].
pub(in crate::token) fn record(n: u64) -> Record {
    Record {
        generation: n,
        ..Record::new(CLIENT_ID, BASE_URL, &issued(n, noon()))
    }
}
