//! An account for the time of a command.

use super::{Account, AccountFlags};
use crate::failure::Failure;

impl Account {
    /// Opens the account, does the work, and closes it whether or not the work succeeded.
    pub(crate) async fn visit<T, F>(flags: &AccountFlags, work: F) -> Result<T, Failure>
    where
        F: AsyncFnOnce(&Self) -> Result<T, Failure>,
    {
        let account = Self::open(flags).await?;
        let done = work(&account).await;
        let closed = account.close().await;
        done.and_then(|done| closed.map(|()| done))
    }
}
