//! The state and what goes on around it.

use std::collections::HashSet;

use crate::faults::Rules;
use crate::http::{Date, RequestId};
use crate::journal::Journal;
use crate::origin::{Beginning, Origin};
use crate::rate::RateWindow;
use crate::seed::{self, SeedError, TokenIsTaken};
use crate::snapshot::{Snapshot, Snapshots};
use crate::starter::StarterCredentials;
use crate::state::{Secrets, State};

/// Everything that a call can change.
pub(crate) struct World {
    /// Where it began, and a reset brings it back to.
    pub(crate) origin: Origin,
    /// The credentials that it began with.
    pub(crate) credentials: StarterCredentials,
    pub(crate) state: State,
    pub(crate) faults: Rules,
    pub(crate) journal: Journal,
    /// What the journal must not show: every secret that there is or was.
    pub(crate) secrets: Secrets,
    pub(crate) rate: RateWindow,
    /// Names of what calls that take their time are changing at this moment.
    pub(crate) changing: HashSet<String>,
    /// How often the state may have changed.
    pub(crate) version: u64,
    /// How many requests there were.
    pub(crate) requests: u64,
    pub(crate) date: Date,
    pub(crate) snapshots: Snapshots,
}

impl World {
    /// The world as it begins by its origin.
    pub(crate) fn begin(origin: Origin) -> Result<Self, SeedError> {
        let beginning = origin.begin()?;
        Ok(Self::new(origin, beginning))
    }

    /// The world as it begins.
    pub(crate) fn new(origin: Origin, mut beginning: Beginning) -> Self {
        beginning.state.chance.collect_secrets();
        Self {
            secrets: beginning.state.secrets(),
            origin,
            credentials: beginning.credentials,
            state: beginning.state,
            faults: beginning.faults,
            journal: Journal::default(),
            rate: RateWindow::default(),
            changing: HashSet::new(),
            version: 0,
            requests: 0,
            date: Date::default(),
            snapshots: Snapshots::default(),
        }
    }

    /// Notes that the state is another than before, whoever changed it. Returns the version to wait for
    /// with [`Shared::stored`](crate::shared::Shared::stored).
    pub(crate) fn changed(&mut self) -> u64 {
        self.version += 1;
        self.version
    }

    /// Puts another world, which has just begun, in the place of this one, and returns this one. Snapshots
    /// are kept.
    pub(crate) fn start_over(&mut self, fresh: Self) -> Self {
        let mut before = std::mem::replace(self, fresh);
        // The calls that hold these names let go of them themselves.
        self.changing = std::mem::take(&mut before.changing);
        self.snapshots = std::mem::take(&mut before.snapshots);
        self.version = before.version;
        self.journal.follow(&before.journal);
        self.secrets.follow(&mut before.secrets);
        before
    }

    /// Puts a state in the place of this one, and returns this one.
    pub(crate) fn restore(&mut self, restored: Restored) -> State {
        self.secrets.add_all(&restored.secrets);
        self.credentials = restored.credentials;
        self.rate = RateWindow::default();
        std::mem::replace(&mut self.state, restored.state)
    }

    /// Remembers the secrets that a call has made.
    pub(crate) fn note_secrets(&mut self) {
        let fresh = self.state.chance.fresh_secrets();
        fresh.for_each(|secret| self.secrets.add_fresh(&secret));
    }

    /// The id of the next answer, the same each time.
    pub(crate) fn next_request_id(&mut self) -> RequestId {
        self.requests += 1;
        RequestId::of(self.requests, "SBX")
    }
}

/// What a snapshot brings back.
pub(crate) struct Restored {
    state: State,
    credentials: StarterCredentials,
    secrets: Secrets,
}

impl Restored {
    /// Of a snapshot, for a sandbox whose admin has that token. It may be another's snapshot.
    pub(crate) fn of(snapshot: &Snapshot, fixed: Option<&str>) -> Result<Self, TokenIsTaken> {
        let (mut state, mut credentials) = (snapshot.state(), snapshot.credentials());
        if let Some(fixed) = fixed.filter(|fixed| credentials.admin_token != *fixed) {
            let token = seed::ensure_token(&mut state, Some(fixed))?;
            credentials = StarterCredentials::of(&state, token);
        }
        state.chance.collect_secrets();
        Ok(Self {
            secrets: state.secrets(),
            state,
            credentials,
        })
    }
}
