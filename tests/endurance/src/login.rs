//! A login that lives through the whole run, in a store that does; the sources of it come and go.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use zendesk_oauth::token::{
    FileStore, IssuedToken, KeepFresh, Login as LoggingIn, LoginEnd, MemoryStore,
    OAuthClientCredentials, TokenEndpoint, TokenError, TokenSource,
};
use zendesk_oauth::{Error, Zendesk};

use crate::Failure;
use crate::browser::Browser;
use crate::clock::MovedClock;

/// As registered; the browser is followed up to it and no further.
pub(crate) const REDIRECT_URI: &str = "http://localhost/callback";

const HALF_AN_HOUR: Duration = Duration::from_secs(30 * 60);
const THIRTY_DAYS: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Where the login is.
pub(crate) enum Place {
    Memory(MemoryStore),
    File(PathBuf),
}

pub(crate) struct Login {
    pub(crate) client_id: String,
    place: Place,
    /// How many sources there are at once, as of several processes.
    count: usize,
    sources: Mutex<Vec<TokenSource>>,
    kept: Mutex<Vec<KeepFresh>>,
    pub(crate) was_logged_out: AtomicBool,
    /// Its end was judged, and nobody could log in since.
    was_explained: AtomicBool,
    /// Whose turn it is to log in or out.
    pub(crate) turn: tokio::sync::Mutex<()>,
}

fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Login {
    pub(crate) fn new(client_id: String, place: Place, count: usize) -> Self {
        Self {
            client_id,
            place,
            count,
            sources: Mutex::default(),
            kept: Mutex::default(),
            was_logged_out: AtomicBool::new(false),
            was_explained: AtomicBool::new(false),
            turn: tokio::sync::Mutex::default(),
        }
    }

    /// The folder, if it is in one.
    pub(crate) fn folder(&self) -> Option<&PathBuf> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::Memory(_) => None,
        }
    }

    pub(crate) fn endpoint(&self, zendesk: &Zendesk) -> TokenEndpoint {
        let client = OAuthClientCredentials::public(&self.client_id);
        TokenEndpoint::new(zendesk, client)
            .expires_in(HALF_AN_HOUR)
            .refresh_token_expires_in(THIRTY_DAYS)
    }

    /// A source, as after a start of its program.
    fn source(&self, zendesk: &Zendesk, clock: &MovedClock) -> TokenSource {
        let endpoint = self.endpoint(zendesk);
        let builder = match &self.place {
            Place::Memory(store) => TokenSource::builder(endpoint, store.clone()),
            Place::File(path) => TokenSource::builder(endpoint, FileStore::new(path)),
        };
        builder.clock(clock.clone()).build()
    }

    /// Makes its sources.
    pub(crate) fn start(&self, zendesk: &Zendesk, clock: &MovedClock) -> Result<(), Failure> {
        let sources: Vec<TokenSource> = (0..self.count)
            .map(|_| self.source(zendesk, clock))
            .collect();
        // Of some programs, one that refreshes without being called.
        if let [_, last] = sources.as_slice() {
            open(&self.kept).push(last.keep_fresh()?);
        }
        *open(&self.sources) = sources;
        Ok(())
    }

    /// One of its programs starts again: the source is another, the store is the same.
    pub(crate) fn restart(&self, zendesk: &Zendesk, clock: &MovedClock) {
        let source = self.source(zendesk, clock);
        if let Some(last) = open(&self.sources).last_mut() {
            *last = source;
        }
    }

    pub(crate) fn sources(&self) -> Vec<TokenSource> {
        open(&self.sources).clone()
    }

    /// The one that logs in and out.
    pub(crate) fn first(&self) -> Option<TokenSource> {
        open(&self.sources).first().cloned()
    }

    /// All its programs end in order. Their sources come back, with nothing under way.
    pub(crate) async fn rest(&self) -> Vec<TokenSource> {
        open(&self.kept).clear();
        let sources = std::mem::take(&mut *open(&self.sources));
        for source in &sources {
            source.settled().await;
        }
        sources
    }

    /// A person agrees in a browser.
    pub(crate) async fn agree(
        &self,
        zendesk: &Zendesk,
        browser: &Browser,
    ) -> Result<Option<IssuedToken>, Error> {
        let login = LoggingIn::new(&self.endpoint(zendesk), ["read"]);
        let started = login.redirect_uri(REDIRECT_URI).begin()?;
        let Some(back) = browser.follow(started.url().expose()).await else {
            return Ok(None);
        };
        started.finish(&back).await.map(Some)
    }

    pub(crate) fn note_explained(&self, is_it: bool) {
        self.was_explained.store(is_it, Ordering::Relaxed);
    }

    pub(crate) fn is_explained(&self) -> bool {
        self.was_explained.load(Ordering::Relaxed)
    }

    pub(crate) fn note_log_out(&self, was: bool) {
        self.was_logged_out.store(was, Ordering::Relaxed);
    }
}

/// The end that this failure tells of, if it does.
pub(crate) fn end(error: &TokenError) -> Option<LoginEnd> {
    match error {
        TokenError::Ended(end) => Some(end.clone()),
        TokenError::AfterSending(error) => end(error),
        _ => None,
    }
}

/// The logins of a run.
pub(crate) type Logins = Arc<Vec<Login>>;
