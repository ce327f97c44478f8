//! `Shared`: what all clones of a source have in common.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::HeaderValue;
use tokio::sync::watch;
use zendesk_oauth_core::{Clock, Secret};

use super::Settings;
use super::flying::Landed;
use crate::token::current::{Current, Reading, Times};
use crate::token::issuer::Issuer;
use crate::token::refresh::{self, Heard, Unsaved};
use crate::token::shown::one_line;
use crate::token::single_flight::SingleFlight;
use crate::token::step::step;
use crate::token::store::Bounded;
use crate::token::who::who;
use crate::token::{IssuedToken, Record, StoreError, Stored, TokenError, TokenState, TokenStore};

/// A token that replaced a rejected one so short a time ago, and is rejected too, is not refreshed by
/// that: something else is wrong.
const NO_STORM: Duration = Duration::from_secs(60);

pub(in crate::token) struct Shared {
    pub(in crate::token) issuer: Box<dyn Issuer>,
    pub(in crate::token) store: Box<dyn TokenStore>,
    pub(in crate::token) clock: Arc<dyn Clock>,
    pub(in crate::token) settings: Settings,
    /// What this process is called in an intent.
    pub(in crate::token) who: String,
    pub(in crate::token) current: Current,
    pub(in crate::token) flights: SingleFlight<Landed>,
    known: Mutex<Known>,
    state: watch::Sender<TokenState>,
}

/// What this process knows.
#[derive(Default)]
pub(super) struct Known {
    /// The login, as it was last seen or made.
    pub(super) record: Option<Record>,
    /// The times of its token as it is served. What [`Current`] has of the refresh is gone while
    /// somebody sees to it.
    pub(super) times: Option<Times>,
    pub(super) unsaved: Option<Unsaved>,
    pub(super) heard: Option<Arc<Heard>>,
    /// The token that arrived last, while it is not asked how long it is good.
    pub(super) assumed: Option<IssuedToken>,
    is_saving: bool,
    pub(super) failures: u32,
    /// What the server asked for with the last failure.
    pub(super) asked_to_wait: Option<Duration>,
    /// Until then nothing is sent.
    pub(super) not_before: Option<Instant>,
    /// Until then the store is not looked at: a failure is answered with the last one.
    pub(super) look_after: Option<Instant>,
    /// Whether the flight under way was to send something before its time.
    pub(super) is_held_back: bool,
    pub(super) last_failure: Option<TokenError>,
    pub(super) is_rejected: bool,
    replaced_rejected_at: Option<Instant>,
}

/// The right to be the one who saves in the background.
pub(in crate::token) struct SavingTurn(Arc<Shared>);

impl Drop for SavingTurn {
    fn drop(&mut self) {
        self.0.known().is_saving = false;
    }
}

impl Shared {
    pub(super) fn new(
        issuer: Box<dyn Issuer>,
        store: Box<dyn TokenStore>,
        clock: Arc<dyn Clock>,
        settings: Settings,
    ) -> Self {
        let store = Box::new(Bounded::new(store, Arc::clone(&clock)));
        Self {
            issuer,
            store,
            clock,
            settings,
            who: who(),
            current: Current::new(),
            flights: SingleFlight::new(),
            known: Mutex::default(),
            state: watch::Sender::new(TokenState::default()),
        }
    }

    /// Nothing in here panics while it holds the lock, so a poisoned one is as good as any.
    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From 0 to 1. Without randomness, the middle.
    pub(in crate::token) fn random(&self) -> f64 {
        getrandom::u32().map_or(0.5, |random| f64::from(random) / f64::from(u32::MAX))
    }

    pub(in crate::token) async fn load(&self) -> Result<Option<Stored>, StoreError> {
        let stored = self.store.load().await?;
        step!("record_read");
        Ok(stored)
    }

    /// The login that this process knows.
    pub(in crate::token) fn record(&self) -> Option<Record> {
        self.known().record.clone()
    }

    /// The header, if its token is good and its refresh is not due.
    pub(in crate::token) fn good_header(&self) -> Option<HeaderValue> {
        let now = self.clock.instant();
        let refresh_at = self.known().times?.refresh_at;
        if refresh_at.is_some_and(|time| time <= now) {
            return None;
        }
        self.current.header(now).0
    }

    /// When the refresh of the token that is served is due.
    pub(in crate::token) fn refresh_at(&self) -> Option<Instant> {
        self.known().times?.refresh_at
    }

    /// Makes the refresh due then that somebody has claimed.
    pub(super) fn refresh_again_at(&self, time: Instant) {
        if let Some(generation) = self.current.generation() {
            self.current.refresh_again_at(generation, time);
        }
    }

    /// Takes over a login, and serves its token.
    pub(in crate::token) fn adopt(&self, record: &Record) -> Result<HeaderValue, TokenError> {
        let mut known = self.known();
        self.adopt_known(&mut known, record)
    }

    fn adopt_known(&self, known: &mut Known, record: &Record) -> Result<HeaderValue, TokenError> {
        let now = self.clock.instant();
        known.record = Some(record.clone());
        known.replaced_rejected_at = known.is_rejected.then_some(now);
        known.is_rejected = false;
        let header = self.serve(known, record);
        let is_unsaved = known.unsaved.is_some();
        self.publish(|state| {
            state.is_rejected = false;
            state.take(record, is_unsaved);
        });
        header
    }

    /// Serves the token of this record from now on.
    pub(super) fn serve(
        &self,
        known: &mut Known,
        record: &Record,
    ) -> Result<HeaderValue, TokenError> {
        let now = (self.clock.instant(), self.clock.system_time());
        match record.access_token.to_bearer_value() {
            Ok(header) => {
                let ahead = self.settings.refresh_ahead;
                let times = refresh::times(record, ahead, now, self.random());
                known.times = Some(times);
                self.current.put(header.clone(), times, record.generation);
                Ok(header)
            }
            Err(error) => {
                known.times = None;
                self.current.clear();
                Err(TokenError::Unsendable(error))
            }
        }
    }

    /// New tokens arrived for this refresh token. They are served at once, as the old ones are dead,
    /// unless a person logged in meanwhile; and they are to be saved.
    pub(in crate::token) fn received(
        &self,
        record: &Record,
        redeemed: Secret,
    ) -> Result<HeaderValue, TokenError> {
        let mut known = self.known();
        known.unsaved = Some(Unsaved {
            record: record.clone(),
            redeemed,
        });
        let is_newer = |mine: &Record| mine.generation < record.generation;
        if known.record.as_ref().is_none_or(is_newer) {
            return self.adopt_known(&mut known, record);
        }
        record
            .access_token
            .to_bearer_value()
            .map_err(TokenError::Unsendable)
    }

    pub(in crate::token) fn answer_was_lost(&self) {
        self.publish(|state| state.is_answer_lost = true);
    }

    pub(in crate::token) fn unsaved(&self) -> Option<Unsaved> {
        self.known().unsaved.clone()
    }

    /// This answer is stored.
    pub(in crate::token) fn saved(&self, record: &Record) {
        self.no_longer_unsaved(&mut self.known(), record);
    }

    fn no_longer_unsaved(&self, known: &mut Known, record: &Record) {
        let is_it = known.unsaved.as_ref().is_some_and(|unsaved| {
            unsaved.record.access_token.expose() == record.access_token.expose()
        });
        if is_it {
            known.unsaved = None;
            self.publish(|state| state.is_unsaved = false);
        }
    }

    /// Something newer is stored than this answer, which nobody needs any more.
    pub(in crate::token) fn gave_way(&self, unsaved: &Record, stored: &Record) {
        let mut known = self.known();
        self.no_longer_unsaved(&mut known, unsaved);
        let is_mine = known
            .record
            .as_ref()
            .is_some_and(|mine| mine.access_token.expose() == unsaved.access_token.expose());
        let is_ours = stored.client_id == unsaved.client_id && stored.base_url == unsaved.base_url;
        if is_mine && is_ours {
            // An unsendable token is found out by the next call.
            let _ = self.adopt_known(&mut known, stored);
        }
    }

    /// A person logged in: that is stored, and comes before all there was.
    pub(in crate::token) fn logged_in(&self, record: &Record) -> Result<(), TokenError> {
        let mut known = self.known();
        known.unsaved = None;
        known.heard = None;
        known.failures = 0;
        (known.not_before, known.look_after) = (None, None);
        known.last_failure = None;
        known.is_rejected = false;
        self.publish(|state| {
            state.failures = 0;
            state.last_failure = None;
        });
        self.adopt_known(&mut known, record).map(drop)
    }

    pub(in crate::token) fn begin_saving(self: &Arc<Self>) -> Option<SavingTurn> {
        let mut known = self.known();
        if std::mem::replace(&mut known.is_saving, true) {
            return None;
        }
        Some(SavingTurn(Arc::clone(self)))
    }

    /// Marks the token that was refused, unless another refresh is of no use.
    pub(in crate::token) fn rejected(&self, value: &HeaderValue) {
        let mut known = self.known();
        let now = self.clock.instant();
        let is_storm = known
            .replaced_rejected_at
            .is_some_and(|at| now.saturating_duration_since(at) < NO_STORM);
        // What was served before is no news.
        if !is_storm && self.current.reject(value) {
            known.is_rejected = true;
            self.publish(|state| state.is_rejected = true);
        }
    }

    pub(in crate::token) fn publish(&self, change: impl FnOnce(&mut TokenState)) {
        self.state.send_modify(change);
    }

    pub(in crate::token) fn state(&self) -> TokenState {
        let mut state = self.state.borrow().clone();
        state.is_usable = self.current.read(self.clock.instant()) != Reading::Gone;
        state
    }

    pub(in crate::token) fn watch(&self) -> watch::Receiver<TokenState> {
        self.state.subscribe()
    }

    pub(in crate::token) fn other_login(&self, record: Option<&Record>) -> TokenError {
        let of = |client_id: &str, base_url: &str| one_line(&format!("{client_id} at {base_url}"));
        let found = record.map_or_else(String::new, |record| {
            let mut found = of(&record.client_id, &record.base_url);
            if self.settings.mints() && record.refresh_token.is_some() {
                found.push_str(" with a refresh token");
            }
            found
        });
        let mut expected = of(self.issuer.client_id(), self.issuer.base_url());
        if self.settings.mints() {
            expected.push_str(" by client_credentials");
        }
        TokenError::OtherLogin {
            store: self.store.name(),
            of: found,
            expected,
        }
    }
}
