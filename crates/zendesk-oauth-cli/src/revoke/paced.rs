//! The account, called at a pace that leaves something of the rate limit to others.

use zendesk_oauth::{Pacing, Zendesk};

use crate::account::Account;
use crate::failure::Failure;

/// The share of the rate limit at which calls begin to slow down.
const RESERVE: f64 = 0.2;

/// A client with the account's own credentials.
pub(super) fn paced(account: &Account) -> Result<Zendesk, Failure> {
    let built = Zendesk::at(account.url())
        .user_agent(concat!("zendesk-oauth-cli/", env!("CARGO_PKG_VERSION")))
        .support(account.support_credentials()?.clone())
        .pacing(Pacing::new().reserve(RESERVE))
        .build();
    Ok(built?)
}
