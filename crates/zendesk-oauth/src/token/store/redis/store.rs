//! `RedisStore`: its settings, and what each method asks of Redis.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, UNIX_EPOCH};

use redis::{Client, Cmd};
use zendesk_oauth_core::{Clock, SystemClock};

use super::connection::Connection;
use super::holder::{Found, holder, one_line};
use super::key::StoreKey;
use super::keys::Keys;
use super::sealed::{self, Place};
use super::{keep, scripts};
use crate::token::Record;
use crate::token::step::step;
use crate::token::store::lease::most;
use crate::token::store::{
    Lease, Leased, StoreError, StoreErrorKind, StoreFuture, Stored, Swap, TokenStore, Version,
};
use crate::token::who::who;

#[doc = include_str!("redis_store.md")]
pub struct RedisStore {
    connection: Connection,
    keys: Keys,
    key: StoreKey,
    keeps: Duration,
    who: String,
    clock: Arc<dyn Clock>,
    /// The owner's token of a lease which may have been taken: the answer was lost. The next lease is
    /// asked for with it, so that it need not run out first.
    unanswered: Mutex<Option<String>>,
}

impl RedisStore {
    /// The store of the credential of this name, in that Redis, encrypted with this key. Nothing is
    /// sent yet. The name is that of the login, such as `acme-login`: each process that shares the
    /// login uses the same.
    ///
    /// # Errors
    ///
    /// When the name is empty, longer than 200 characters, or has a brace or control character.
    pub fn new(client: Client, name: &str, key: StoreKey) -> Result<Self, StoreError> {
        Ok(Self {
            connection: Connection::new(client),
            keys: Keys::of(name)?,
            key,
            keeps: keep::UNKNOWN,
            who: who(),
            clock: Arc::new(SystemClock),
            unanswered: Mutex::new(None),
        })
    }

    /// How long a call waits for a connection; otherwise 2 seconds.
    #[must_use]
    pub fn connect_within(mut self, time: Duration) -> Self {
        self.connection.connect_within = time;
        self
    }

    /// How long a call waits for an answer; otherwise 2 seconds. Then the connection is given up.
    #[must_use]
    pub fn answer_within(mut self, time: Duration) -> Self {
        self.connection.answer_within = time;
        self
    }

    /// How long Redis keeps a record whose refresh token has no known end; otherwise 90 days, the
    /// longest that Zendesk documents. Each write begins it anew, and 7 days are added. Of one with a
    /// known end it is kept until that.
    #[must_use]
    pub fn keeps(mut self, time: Duration) -> Self {
        self.keeps = time;
        self
    }

    /// Who this process is in the lease, for people who look there; otherwise `process 4711 on
    /// build-7`. Control characters are left out.
    #[must_use]
    pub fn who(mut self, who: &str) -> Self {
        self.who = one_line(who);
        self
    }

    /// The clock by which a lease ends; otherwise the machine's.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    async fn read(&self) -> Result<Option<Stored>, StoreError> {
        let mut command = eval(scripts::LOAD, &self.keys.record);
        command.arg(sealed::LONGEST);
        let answered = self.connection.ask::<Option<(Vec<u8>, Vec<u8>)>>(&command);
        let answered = answered
            .await
            .map_err(|failure| failure.of_read(self.name()))?;
        let Some((version, value)) = answered.answer else {
            return Ok(None);
        };
        let version = version_of(&version)
            .ok_or_else(|| self.unreadable(sealed::Unopened::NotSealed.to_string()))?;
        let text = sealed::open(&value, self.place(version), &self.key);
        let text = text.map_err(|unopened| self.unreadable(unopened.to_string()))?;
        let text = std::str::from_utf8(&text)
            .map_err(|_| self.unreadable(sealed::Unopened::NotSealed.to_string()))?;
        let record = Record::from_json(text).map_err(|error| self.unreadable(error.to_string()))?;
        Ok(Some(Stored { version, record }))
    }

    async fn swap(&self, expected: Option<Version>, record: &Record) -> Result<Swap, StoreError> {
        let version = expected.map_or_else(|| self.first_version(), Version::next);
        let nonce = self.random()?;
        let value = sealed::seal(&record.to_json(), self.place(version), &self.key, nonce);
        let value = value.ok_or_else(|| {
            let longest = sealed::LONGEST;
            let what = format!("the record is longer than {longest} bytes, and was not written.");
            StoreError::new(StoreErrorKind::Settings, self.name(), what)
        })?;
        let kept = keep::keep(record, self.keeps);
        let mut command = eval(scripts::SWAP, &self.keys.record);
        command
            .arg(
                expected
                    .map(|version| version.to_string())
                    .unwrap_or_default(),
            )
            .arg(version.to_string())
            .arg(value)
            .arg(kept.map_or(0, keep::milliseconds));
        let answered = self.connection.ask::<u8>(&command).await;
        let answered = answered.map_err(|failure| failure.of_change(self.name()))?;
        match answered.answer {
            1 => {
                step!("redis_record_swapped");
                Ok(Swap::Done(version))
            }
            // The first attempt may have been made, and another change over it.
            _ if answered.is_repeated => {
                let what = "the connection broke before the answer, and there is another version \
                            now. The change may have been made before that one; load tells.";
                let error = StoreError::new(StoreErrorKind::Unavailable, self.name(), what);
                Err(error.unclear())
            }
            _ => Ok(Swap::Conflict),
        }
    }

    async fn take(&self, time: Duration) -> Result<Leased, StoreError> {
        let owner = match self.unanswered().take() {
            Some(owner) => owner,
            None => hex(self.random::<16>()?),
        };
        let time = keep::milliseconds(most(time));
        let mut command = eval(scripts::LEASE, &self.keys.lease);
        command.arg(&owner).arg(time).arg(&self.who);
        let before = self.clock.instant();
        let answered = self.connection.ask::<(u8, Vec<u8>, i64, u64)>(&command);
        let answered = answered.await.map_err(|failure| {
            let error = failure.of_change(self.name());
            if error.is_unclear() {
                *self.unanswered() = Some(owner.clone());
            }
            error
        })?;
        let (is_held, value, left, now) = answered.answer;
        if is_held == 1 {
            step!("redis_lease_held");
            return Ok(Leased::Held(Lease::new(owner, ends(before, time))));
        }
        let value = &value;
        let holder = holder(&Found { value, left, now });
        holder.map(Leased::Elsewhere).ok_or_else(|| {
            let what = format!(
                "its lease never ends, so that it was not taken by this crate. Delete it: DEL {}",
                self.keys.lease
            );
            self.unreadable(what)
        })
    }

    async fn prolong(&self, lease: &mut Lease, time: Duration) -> Result<bool, StoreError> {
        let time = keep::milliseconds(most(time));
        let mut command = eval(scripts::RENEW, &self.keys.lease);
        command.arg(lease.owner()).arg(time);
        let before = self.clock.instant();
        let answered = self.connection.ask::<u8>(&command).await;
        let answered = answered.map_err(|failure| failure.of_change(self.name()))?;
        let is_renewed = answered.answer == 1;
        if is_renewed {
            lease.set_ends(ends(before, time));
            step!("redis_lease_renewed");
        }
        Ok(is_renewed)
    }

    async fn give_back(&self, lease: Lease) -> Result<(), StoreError> {
        let mut command = eval(scripts::RELEASE, &self.keys.lease);
        command.arg(lease.owner());
        let answered = self.connection.ask::<u8>(&command).await;
        answered.map_err(|failure| failure.of_change(self.name()))?;
        Ok(())
    }

    fn unanswered(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.unanswered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The version of a record where there was none: of the time, in microseconds, so that a Redis
    /// that lost its data does not come to the same numbers again, and one who slept meanwhile
    /// overwrites nothing.
    fn first_version(&self) -> Version {
        let now = self.clock.system_time().duration_since(UNIX_EPOCH);
        let number = now.map_or(0, |now| u64::try_from(now.as_micros()).unwrap_or(0));
        Version::new(number.max(Version::FIRST.number()))
    }

    fn random<const LENGTH: usize>(&self) -> Result<[u8; LENGTH], StoreError> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).map_err(|error| {
            let what = "the system gave no random numbers, so nothing was sent. Try again.";
            StoreError::new(StoreErrorKind::Unavailable, self.name(), what).because(error)
        })?;
        Ok(bytes)
    }

    fn place(&self, version: Version) -> Place<'_> {
        let name = &self.keys.name;
        Place { name, version }
    }

    fn unreadable(&self, what: String) -> StoreError {
        StoreError::new(StoreErrorKind::Unreadable, self.name(), what)
    }
}

impl TokenStore for RedisStore {
    fn load(&self) -> StoreFuture<'_, Option<Stored>> {
        Box::pin(self.read())
    }

    fn compare_and_swap<'a>(
        &'a self,
        expected: Option<Version>,
        record: &'a Record,
    ) -> StoreFuture<'a, Swap> {
        Box::pin(self.swap(expected, record))
    }

    fn lease(&self, time: Duration) -> StoreFuture<'_, Leased> {
        Box::pin(self.take(time))
    }

    fn renew<'a>(&'a self, lease: &'a mut Lease, time: Duration) -> StoreFuture<'a, bool> {
        Box::pin(self.prolong(lease, time))
    }

    fn release(&self, lease: Lease) -> StoreFuture<'_, ()> {
        Box::pin(self.give_back(lease))
    }

    fn name(&self) -> String {
        let info = self.connection.client().get_connection_info();
        let (address, database) = (info.addr(), info.redis_settings().db());
        let address = one_line(&address.to_string());
        format!(
            "the credential {} in Redis at {address}/{database}",
            self.keys.name
        )
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RedisStore").field(&self.name()).finish()
    }
}

/// When a lease of so many milliseconds ends that was asked for then: counted from before it was
/// sent, so that nobody believes longer in a lease than Redis does.
fn ends(before: Instant, time: u64) -> Instant {
    before + Duration::from_millis(time)
}

/// A script on one key.
fn eval(script: &str, key: &str) -> Cmd {
    let mut command = redis::cmd("EVAL");
    command.arg(script).arg(1).arg(key);
    command
}

/// A version as it is written here, and not merely one that reads the same.
fn version_of(text: &[u8]) -> Option<Version> {
    let text = std::str::from_utf8(text).ok()?;
    let version = Version::new(text.parse().ok()?);
    (version.to_string() == text).then_some(version)
}

fn hex(bytes: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(bytes))
}
