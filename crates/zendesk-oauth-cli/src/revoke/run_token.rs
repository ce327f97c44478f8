//! The token that the command itself runs with, which is never revoked.

use zendesk_oauth::Zendesk;

use crate::account::Account;
use crate::failure::Failure;

/// How the token of this run is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunToken {
    /// An API token is in use: no OAuth token is.
    None,
    /// A fixed access token.
    Fixed(i64),
    /// A login: a refresh may put another in its place at any time, so it is asked for each time.
    Changing,
}

impl RunToken {
    /// Asks which it is.
    pub(super) async fn find(account: &Account, zendesk: &Zendesk) -> Result<Self, Failure> {
        if account.settings().api_token_email.is_some() {
            return Ok(Self::None);
        }
        let id = current(zendesk).await?;
        // Only a profile can be a login.
        let may_change = account.settings().profile.is_some();
        Ok(if may_change {
            Self::Changing
        } else {
            Self::Fixed(id)
        })
    }

    /// The number of the token that is in use now.
    pub(super) async fn id(self, zendesk: &Zendesk) -> Result<Option<i64>, Failure> {
        match self {
            Self::None => Ok(None),
            Self::Fixed(id) => Ok(Some(id)),
            Self::Changing => current(zendesk).await.map(Some),
        }
    }
}

async fn current(zendesk: &Zendesk) -> Result<i64, Failure> {
    let current = zendesk.oauth_tokens().show_current().await;
    match current {
        Ok(token) => Ok(token.id),
        Err(error) => Err(Failure::from(error)
            .during("the token of this run, which must not be revoked, cannot be found")),
    }
}
