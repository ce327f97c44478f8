//! `WaitUntilReady`: waits for a connection that somebody else makes.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::time::Duration;

use super::expiry::is_ready;
use super::{ConnectionKey, FlowError, OAuthConnection, Zis};
use crate::server_time::server_time;
use crate::{Error, NameError};

/// The first wait between two looks, and the longest.
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(10);

/// How long a look may take that begins when the deadline is near or there.
const LAST_LOOK: Duration = Duration::from_secs(5);

/// A wait for a connection, from [`Zis::wait_until_ready`]. `.await` begins it; dropping the future
/// ends it.
#[must_use = "nothing is asked until it is awaited"]
pub struct WaitUntilReady {
    zis: Zis,
    key: Result<ConnectionKey, NameError>,
    deadline: Duration,
}

impl Zis {
    /// Waits until a connection exists and has an access token that has not expired, and gives it.
    /// One whose `token_expiry` is missing or no time counts as not expired. It is compared with the
    /// answer's own `Date`, if there is one, and else with the client's clock.
    ///
    /// It is [shown](Self::show) again and again, with pauses of half a second to ten seconds, and
    /// a last time at the deadline. 404 means not yet, unless it says that there is no such address
    /// (`InvalidEndpoint`), and so does what [passes](Error::is_transient), such as 503 or a lost
    /// connection; a `Retry-After` lengthens the pause. Every other error ends the wait.
    ///
    /// ```
    /// # async fn wait(zis: zendesk_oauth::zis::Zis) -> Result<(), zendesk_oauth::Error> {
    /// use std::time::Duration;
    ///
    /// let wait = zis.wait_until_ready("my_connection").deadline(Duration::from_secs(120));
    /// match wait.await {
    ///     Ok(connection) => println!("{:?}", connection.uuid),
    ///     Err(error) if error.is_timeout() => println!("not within two minutes"),
    ///     Err(error) => return Err(error),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn wait_until_ready<K>(&self, key: K) -> WaitUntilReady
    where
        K: TryInto<ConnectionKey>,
        NameError: From<K::Error>,
    {
        WaitUntilReady {
            zis: self.clone(),
            key: key.try_into().map_err(NameError::from),
            deadline: Duration::from_secs(5 * 60),
        }
    }
}

impl WaitUntilReady {
    /// How long to wait: 5 minutes by default; none at all is one look. When it passes, the error
    /// [says so](Error::is_timeout), and its source is the error of the last look that came to an end. The last look may take five
    /// seconds more.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    async fn wait(self) -> Result<OAuthConnection, Error> {
        let own = self.zis.own()?;
        let key = self.key?;
        let (clock, deadline) = (own.clock(), self.deadline);
        let start = clock.instant();
        let left = || deadline.saturating_sub(clock.instant().saturating_duration_since(start));
        let mut pauses = pauses(jitter());
        let mut last = None;
        loop {
            // A call is bounded by the machine's clock, as every call's time is.
            let time = left().max(LAST_LOOK);
            let mut floor = Duration::ZERO;
            let shown = tokio::time::timeout(time, self.zis.show(&key).with_response());
            match shown.await {
                Ok(Ok(shown)) if is_ready(&shown, server_time(shown.headers(), clock)) => {
                    return Ok(shown.into_inner());
                }
                Ok(Ok(_)) => last = None,
                Ok(Err(error)) if may_come(&error) => {
                    let wait = error.retry_after();
                    floor = wait.map_or(floor, |wait| wait.delay(clock.system_time()));
                    last = Some(Box::new(error));
                }
                Ok(Err(error)) => return Err(error),
                // No answer says nothing new.
                Err(_) => {}
            }
            if left().is_zero() {
                return Err(FlowError::NotReady { deadline, last }.into());
            }
            let pause = pauses.next().unwrap_or(LONGEST).max(floor);
            clock.sleep(pause.min(left())).await;
        }
    }
}

/// Whether it passes, or is a 404 of a connection. One of the address means a wrong subdomain or
/// base URL, where no connection will ever be.
fn may_come(error: &Error) -> bool {
    error.is_transient() || (error.is_not_found() && error.code() != Some("InvalidEndpoint"))
}

impl IntoFuture for WaitUntilReady {
    type Output = Result<OAuthConnection, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async {
            let waited = self.wait().await;
            waited.map_err(|error| error.on("show_oauth_connection"))
        })
    }
}

impl fmt::Debug for WaitUntilReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitUntilReady")
            .field("key", &self.key)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

/// Numbers from 0 to 1. Where the system has none, waiters keep in step, which only costs.
fn jitter() -> impl FnMut() -> f64 {
    || getrandom::u32().map_or(1.0, |random| f64::from(random) / f64::from(u32::MAX))
}

/// Pauses that double, each between a half of itself and the whole.
fn pauses(mut random: impl FnMut() -> f64) -> impl Iterator<Item = Duration> {
    let whole = std::iter::successors(Some(FIRST), |pause| Some((*pause * 2).min(LONGEST)));
    whole.map(move |pause| pause.mul_f64(0.5 + 0.5 * random()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_jitter_takes_at_most_half() {
        let seconds = |random: f64| -> Vec<f64> {
            let pauses = pauses(move || random).take(7);
            pauses.map(|pause| pause.as_secs_f64()).collect()
        };
        assert_eq!(seconds(1.0), [0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]);
        assert_eq!(seconds(0.0), [0.25, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0]);
    }

    #[test]
    fn jitter_is_between_nothing_and_all() {
        let mut jitter = jitter();
        assert!((0..100).all(|_| (0.0..=1.0).contains(&jitter())));
    }
}
