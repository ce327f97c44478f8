//! The state as it was at a moment.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::clock::Reading;
use crate::starter::StarterCredentials;
use crate::state::State;

/// The state of a sandbox as it was when [`Sandbox::snapshot`](crate::Sandbox::snapshot) was called:
/// records, tokens, the clock, the switches and what chance will bring. Neither the journal nor faults.
///
/// Clones share one copy. Its Debug form shows nothing of it.
#[derive(Clone)]
pub struct Snapshot {
    state: Arc<State>,
    credentials: StarterCredentials,
    /// A clock that runs is kept as what it showed.
    clock: Reading,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").finish_non_exhaustive()
    }
}

impl Snapshot {
    pub(crate) fn of(state: &State, credentials: &StarterCredentials) -> Self {
        Self {
            state: Arc::new(state.clone()),
            credentials: credentials.clone(),
            clock: state.clock.into(),
        }
    }

    /// The state, to go on from there.
    pub(crate) fn state(&self) -> State {
        let mut state = State::clone(&self.state);
        state.clock = self.clock.into();
        state
    }

    /// The credentials that were those of the sandbox.
    pub(crate) fn credentials(&self) -> StarterCredentials {
        self.credentials.clone()
    }

    /// What a list says of it.
    fn listed(&self, id: u64) -> Listed {
        Listed {
            id,
            time: self.clock.now,
            counts: Counts {
                users: self.state.users.len(),
                clients: self.state.clients.len(),
                tokens: self.state.tokens.table.len(),
                global_clients: self.state.global_clients.len(),
            },
        }
    }
}

/// Why a snapshot cannot be gone back to: it is of another sandbox, and in it the token that is fixed for
/// this sandbox's admin is another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestoreError(());

impl RestoreError {
    pub(crate) fn token_is_taken() -> Self {
        Self(())
    }
}

impl fmt::Display for RestoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the token that is fixed for the admin is another's in this snapshot; restore one of this sandbox, \
             or fix another token",
        )
    }
}

impl std::error::Error for RestoreError {}

/// How many snapshots the control API keeps.
pub(crate) const MOST: usize = 100;

/// The snapshots of the control API, by id.
#[derive(Default)]
pub(crate) struct Snapshots {
    kept: BTreeMap<u64, Snapshot>,
    made: u64,
}

/// What is shown of a snapshot.
#[derive(Serialize)]
pub(crate) struct Listed {
    id: u64,
    time: Timestamp,
    counts: Counts,
}

#[derive(Serialize)]
struct Counts {
    users: usize,
    clients: usize,
    tokens: usize,
    global_clients: usize,
}

impl Snapshots {
    /// Keeps a snapshot, if there is room.
    pub(crate) fn keep(&mut self, snapshot: Snapshot) -> Option<u64> {
        if self.is_full() {
            return None;
        }
        self.made += 1;
        self.kept.insert(self.made, snapshot);
        Some(self.made)
    }

    pub(crate) fn is_full(&self) -> bool {
        self.kept.len() >= MOST
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Snapshot> {
        self.kept.get(&id)
    }

    pub(crate) fn remove(&mut self, id: u64) -> bool {
        self.kept.remove(&id).is_some()
    }

    pub(crate) fn clear(&mut self) {
        self.kept.clear();
    }

    pub(crate) fn list(&self) -> Vec<Listed> {
        self.kept.iter().map(|(id, it)| it.listed(*id)).collect()
    }
}
