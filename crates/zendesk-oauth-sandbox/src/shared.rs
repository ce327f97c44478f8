//! What all connections share: the world behind one lock, and what needs none.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::Reading;
use crate::exchange::Observer;
use crate::http::RequestId;
use crate::journal::{JournalEntry, Wanted, redacted};
use crate::seed::{Seed, SeedError, TokenIsTaken};
use crate::snapshot::{RestoreError, Snapshot};
use crate::store::{NotStored, Store};
use crate::world::{Restored, World};

/// What all connections share.
pub(crate) struct Shared {
    world: Mutex<World>,
    /// Whose turn it is to put another state in the place of this one: that is made before the world is
    /// locked, and whoever reads the world must not wait for it.
    replacing: Mutex<()>,
    pub(crate) in_flight: AtomicUsize,
    /// How many calls of the control API there were: they do not count among Zendesk's.
    controls: AtomicU64,
    /// The address that is bound: what links start with when a request names no host.
    pub(crate) address: String,
    /// The longest body that is read.
    pub(crate) body_limit: usize,
    pub(crate) observer: Option<Observer>,
    /// The state file, if there is one.
    pub(crate) store: Option<Store>,
}

impl Shared {
    pub(crate) fn new(
        world: World,
        address: String,
        body_limit: usize,
        observer: Option<Observer>,
        store: Option<Store>,
    ) -> Self {
        Self {
            world: Mutex::new(world),
            replacing: Mutex::new(()),
            in_flight: AtomicUsize::new(0),
            controls: AtomicU64::new(0),
            address,
            body_limit,
            observer,
            store,
        }
    }

    /// The world, for as long as the guard lives. A call that panicked has changed what it changed; the
    /// others go on.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when everything up to that version is where a restart finds it, or could not be put
    /// there: then nothing may be acknowledged.
    pub(crate) async fn stored(&self, version: u64) -> Result<(), NotStored> {
        match &self.store {
            Some(store) => store.stored(version).await,
            None => Ok(()),
        }
    }

    /// Changes the world from outside of a call. It is stored soon.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.world();
        let value = change(&mut world);
        world.changed();
        drop(world);
        if let Some(store) = &self.store {
            store.want();
        }
        value
    }

    /// Everything as it was at the start, or as if the sandbox had been started with that seed: records,
    /// clock, switches, faults; the journal is empty. What was said beside the old seed holds for the new
    /// one. Returns the version to wait for, and the time. It takes as long as the seed is large.
    ///
    /// # Errors
    ///
    /// If the token that is fixed for the admin is another's in the seed. Nothing has changed then.
    pub(crate) fn start_over(&self, seed: Option<Seed>) -> Result<(u64, Reading), SeedError> {
        let _turn = self.replacing();
        let mut origin = self.world().origin.clone();
        origin.seed = seed.unwrap_or(origin.seed);
        let fresh = World::begin(origin)?;
        Ok(self.replaced(|world| world.start_over(fresh)))
    }

    /// Puts the state back as it was when the snapshot was taken. Returns the version to wait for, and the
    /// time.
    ///
    /// # Errors
    ///
    /// If the token that is fixed for the admin is another's in the snapshot. Nothing has changed then.
    pub(crate) fn restore(&self, snapshot: &Snapshot) -> Result<(u64, Reading), RestoreError> {
        let _turn = self.replacing();
        let fixed = self.world().origin.admin_token.clone();
        let restored = Restored::of(snapshot, fixed.as_deref());
        let restored = restored.map_err(|TokenIsTaken| RestoreError::token_is_taken())?;
        Ok(self.replaced(|world| world.restore(restored)))
    }

    fn replacing(&self) -> MutexGuard<'_, ()> {
        self.replacing
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// What is replaced is dropped when the world is free again, as that takes its time, too.
    fn replaced<T>(&self, replace: impl FnOnce(&mut World) -> T) -> (u64, Reading) {
        let (replaced, version, time) = self.change(|world| {
            let replaced = replace(world);
            (replaced, world.version + 1, world.state.clock.into())
        });
        drop(replaced);
        (version, time)
    }

    /// The id of the next answer of the control API.
    pub(crate) fn next_control_id(&self) -> RequestId {
        let number = self.controls.fetch_add(1, Ordering::Relaxed) + 1;
        RequestId::of(number, "CTL")
    }

    /// Entries of the journal without secrets. They are copied under the lock, and read outside of it.
    pub(crate) fn journal(&self, wanted: &Wanted<'_>) -> Vec<JournalEntry> {
        let (entries, secrets) = {
            let mut guard = self.world();
            let world = &mut *guard;
            world.state.add_secrets(&mut world.secrets);
            (world.journal.select(wanted), world.secrets.clone())
        };
        entries
            .iter()
            .map(|entry| redacted(entry, &secrets))
            .collect()
    }
}

/// Counts a call for as long as it lives.
pub(crate) struct InFlight(Arc<Shared>);

impl InFlight {
    pub(crate) fn enter(shared: &Arc<Shared>) -> Self {
        shared.in_flight.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(shared))
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Holds the name of what a call is changing, until the call is over or given up.
pub(crate) struct Changing {
    shared: Arc<Shared>,
    pub(crate) name: String,
}

impl Changing {
    /// Takes the name, unless another call has it.
    pub(crate) fn take(shared: &Arc<Shared>, world: &mut World, name: String) -> Option<Self> {
        let taken = world.changing.insert(name.clone());
        taken.then(|| Self {
            shared: Arc::clone(shared),
            name,
        })
    }
}

impl Drop for Changing {
    fn drop(&mut self) {
        self.shared.world().changing.remove(&self.name);
    }
}
