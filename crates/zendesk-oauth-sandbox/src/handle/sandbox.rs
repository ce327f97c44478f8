//! A running sandbox.

use std::fmt;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Clock, Faults};
use crate::builder::SandboxBuilder;
use crate::journal::{JournalEntry, Wanted};
use crate::routes;
use crate::seed::{Seed, SeedError};
use crate::shared::Shared;
use crate::snapshot::{RestoreError, Snapshot};
use crate::starter::StarterCredentials;
use crate::store::StateFileError;
use crate::switches::{SwitchError, Switches};

/// A Zendesk on loopback. It runs until it is stopped or dropped.
///
/// With a state file, what requests change is in the file before they are answered. What is changed by
/// these functions is written soon after, and is surely there once the sandbox is stopped or dropped.
pub struct Sandbox {
    url: String,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    /// Writes the state file, if there is one.
    writing: Option<JoinHandle<()>>,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.serving.abort();
        if let Some(writing) = &self.writing {
            writing.abort();
        }
        self.shared.finish_changes();
    }
}

impl Sandbox {
    /// How to start one.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    pub(crate) fn new(
        url: String,
        shared: Arc<Shared>,
        stop: watch::Sender<bool>,
        serving: JoinHandle<()>,
        writing: Option<JoinHandle<()>>,
    ) -> Self {
        Self {
            url,
            shared,
            stop,
            serving,
            writing,
        }
    }

    /// Its address, such as `http://127.0.0.1:49152`: the base URL of Support and ZIS. That of Chat is
    /// this with `/api/v2/chat` behind it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The credentials that the sandbox began with, or was last reset or reseeded to.
    #[must_use]
    pub fn credentials(&self) -> StarterCredentials {
        self.shared.world().credentials.clone()
    }

    /// Makes everything as it was at the start: the same records with the same ids and tokens, the
    /// clock, the switches, the seed's faults. The journal is empty then; snapshots are kept.
    ///
    /// # Errors
    ///
    /// If the sandbox began with a state file, and the token that was fixed for the admin is another's in
    /// the seed. Nothing has changed then.
    pub fn reset(&self) -> Result<(), SeedError> {
        self.shared.start_over(None).map(drop)
    }

    /// Makes everything as if the sandbox had been started with that seed. What was said to the builder
    /// beside the old seed holds for the new one.
    ///
    /// # Errors
    ///
    /// If the token that was fixed for the admin is another's in the seed. Nothing has changed then.
    pub fn reseed(&self, seed: Seed) -> Result<(), SeedError> {
        self.shared.start_over(Some(seed)).map(drop)
    }

    /// The name of every operation, as in faults and in the journal.
    pub fn operations() -> impl Iterator<Item = &'static str> {
        routes::operations()
    }

    /// The virtual time, to read and to move.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock::new(&self.shared)
    }

    /// What goes wrong with answers, and how to change it.
    #[must_use]
    pub fn faults(&self) -> Faults {
        Faults::new(&self.shared)
    }

    /// The latest requests, at most 1,000, oldest first, without secrets.
    #[must_use]
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.shared.journal(&Wanted::default())
    }

    /// Keeps the state, to go back to it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = zendesk_oauth_sandbox::Sandbox::builder().start().await?;
    /// let snapshot = sandbox.snapshot();
    /// // ... requests that change records ...
    /// sandbox.restore(&snapshot)?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let world = self.shared.world();
        Snapshot::of(&world.state, &world.credentials)
    }

    /// Goes back to a state that was kept. The same requests then get the same ids and tokens as they
    /// got the first time. Journal and faults stay as they are. A snapshot of another sandbox is taken, too;
    /// the token that was fixed for this one's admin is there all the same.
    ///
    /// # Errors
    ///
    /// If that token is another's in the snapshot. Nothing has changed then.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), RestoreError> {
        self.shared.restore(snapshot).map(drop)
    }

    /// How this Zendesk behaves.
    #[must_use]
    pub fn switches(&self) -> Switches {
        self.shared.world().state.switches
    }

    /// Changes how this Zendesk behaves.
    ///
    /// # Errors
    ///
    /// If there is no such switch, or it has no such value.
    pub fn set_switch(&self, name: &str, value: &str) -> Result<(), SwitchError> {
        self.shared
            .change(|world| world.state.switches.set(name, value))
    }

    /// Changes how this Zendesk behaves to what a [`Profile`](crate::Profile) says; what it does not
    /// mention stays.
    ///
    /// # Errors
    ///
    /// If there is no such profile.
    pub fn apply_profile(&self, name: &str) -> Result<(), SwitchError> {
        self.shared.change(|world| world.state.switches.apply(name))
    }

    /// How many requests are being answered at this moment.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.shared
            .in_flight
            .load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Finishes the requests that are under way, writes the state file if there is one, and stops.
    ///
    /// # Errors
    ///
    /// If the state file could not be written. The sandbox has stopped then, too.
    pub async fn stop(mut self) -> Result<(), StateFileError> {
        let _ = self.stop.send(true);
        let _ = (&mut self.serving).await;
        let shared = Arc::clone(&self.shared);
        match tokio::task::spawn_blocking(move || shared.finish_writing()).await {
            Ok(finished) => finished,
            Err(_) => self
                .shared
                .store
                .as_ref()
                .map_or(Ok(()), |store| Err(store.unwritten())),
        }
    }
}
