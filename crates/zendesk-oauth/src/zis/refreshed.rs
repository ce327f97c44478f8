//! `Refreshed`: a connection whose token is good for a while.

use std::time::Duration;

use super::expiry::Expiry;
use super::{ConnectionKey, OAuthConnection, Zis};
use crate::server_time::server_time;
use crate::{Error, NameError};

/// How near its expiry a token is refreshed, unless something else is better: 5 minutes, so that
/// what is done with the token is done before its end.
pub const REFRESH_MARGIN: Duration = Duration::from_secs(5 * 60);

/// A connection from [`Zis::refresh_if_near_expiry`], and whether it was refreshed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Refreshed {
    /// Its token expires later than the margin, so nothing was done.
    NotNeeded(
        /// As it was shown.
        OAuthConnection,
    ),
    /// Its token had expired, or was about to.
    Done(
        /// With the new tokens.
        OAuthConnection,
    ),
    /// Nobody knows when its token expires, so nothing was done.
    ExpiryUnknown(
        /// As it was shown.
        OAuthConnection,
    ),
}

impl Refreshed {
    /// Whether the tokens are new.
    #[must_use]
    pub fn is_refreshed(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    /// The connection as it is now.
    #[must_use]
    pub fn connection(&self) -> &OAuthConnection {
        match self {
            Self::NotNeeded(connection)
            | Self::Done(connection)
            | Self::ExpiryUnknown(connection) => connection,
        }
    }

    /// The connection alone.
    #[must_use]
    pub fn into_connection(self) -> OAuthConnection {
        match self {
            Self::NotNeeded(connection)
            | Self::Done(connection)
            | Self::ExpiryUnknown(connection) => connection,
        }
    }
}

impl Zis {
    /// Shows a connection, and refreshes it if its token has expired or will within `margin`, for
    /// which [`REFRESH_MARGIN`] is a good value.
    ///
    /// `token_expiry` is compared with the answer's own `Date`, since the clock of this machine may
    /// differ from the server's; with the client's clock if there is no such header.
    ///
    /// A `token_expiry` that is missing, null or no time is not taken for past: a refresh spends the
    /// refresh token and may end the access token that others use, and with such a connection every
    /// call would do it. That case is [`Refreshed::ExpiryUnknown`]; call
    /// [`refresh`](Self::refresh) when the third party refuses the token.
    ///
    /// Of two callers at the same time both may refresh; let one do it. A refresh that failed is
    /// not repeated, for it may have been carried out: show the connection first.
    ///
    /// ```
    /// use zendesk_oauth::zis::{REFRESH_MARGIN, Zis};
    ///
    /// # async fn refresh(zis: Zis) -> Result<(), zendesk_oauth::Error> {
    /// let refreshed = zis.refresh_if_near_expiry("my_connection", REFRESH_MARGIN).await?;
    /// let token = &refreshed.connection().access_token;
    /// # let _ = token;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`show`](Self::show) and [`refresh`](Self::refresh); a connection without a refresh
    /// token cannot be refreshed.
    pub async fn refresh_if_near_expiry<K>(
        &self,
        key: K,
        margin: Duration,
    ) -> Result<Refreshed, Error>
    where
        K: TryInto<ConnectionKey>,
        NameError: From<K::Error>,
    {
        let refreshed = match key.try_into().map_err(NameError::from) {
            Ok(key) => self.refresh_near_expiry(key, margin).await,
            Err(error) => Err(error.into()),
        };
        // Unless a call failed, none was made.
        refreshed.map_err(|error| error.on("show_oauth_connection"))
    }

    async fn refresh_near_expiry(
        &self,
        key: ConnectionKey,
        margin: Duration,
    ) -> Result<Refreshed, Error> {
        let own = self.own()?;
        let shown = self.show(&key).with_response().await?;
        let now = server_time(shown.headers(), own.clock());
        let connection = shown.into_inner();
        let expiry = Expiry::of(&connection, now);
        match expiry.is_near(margin) {
            None => Ok(Refreshed::ExpiryUnknown(connection)),
            Some(false) => Ok(Refreshed::NotNeeded(connection)),
            Some(true) => Ok(Refreshed::Done(self.refresh(key).await?)),
        }
    }
}
