//! The state file: every change that was acknowledged is in it.

mod error;
mod file;
mod lock;
mod write;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, watch};

pub(crate) use error::NotStored;
pub use error::StateFileError;
use lock::Lock;
pub(crate) use write::write_on_demand;

use crate::state::State;

/// A state file that this sandbox, and no other, writes.
pub(crate) struct Store {
    path: PathBuf,
    /// Gone when the store is closed. A write that is under way holds it until it is over.
    lock: Mutex<Option<Arc<Lock>>>,
    /// Whose turn it is to write.
    turn: Mutex<()>,
    /// Somebody waits for a write.
    wanted: Notify,
    progress: watch::Sender<Progress>,
}

/// How far the writing is: versions of the world.
#[derive(Clone, Copy, Default)]
struct Progress {
    /// The last that a write was about, whether or not it went well.
    tried: u64,
    /// The last that is in the file.
    stored: u64,
}

impl Store {
    /// Takes the file, and reads it if it is there.
    pub(crate) fn open(path: &Path) -> Result<(Self, Option<State>), StateFileError> {
        let path = file::resolved(path)?;
        let lock = Lock::take(&path)?;
        let state = file::read(&path)?;
        let store = Self {
            path,
            lock: Mutex::new(Some(Arc::new(lock))),
            turn: Mutex::new(()),
            wanted: Notify::new(),
            progress: watch::Sender::new(Progress::default()),
        };
        Ok((store, state))
    }

    /// Writes the first state, before anybody is answered.
    pub(crate) fn begin(&self, state: &State) -> Result<(), StateFileError> {
        let written = file::bytes(state).and_then(|bytes| file::write(&self.path, &bytes));
        written.map_err(|source| {
            let reason = "the state file cannot be written";
            let way_out = "name a file in a folder that can be written to";
            StateFileError::new(&self.path, reason, way_out).because(source)
        })
    }

    /// Lets the writer know that there is something to write, and waits for nobody.
    pub(crate) fn want(&self) {
        self.wanted.notify_one();
    }

    /// Returns when that version, or a later one, is in the file, or could not be written.
    pub(crate) async fn stored(&self, version: u64) -> Result<(), NotStored> {
        let mut progress = self.progress.subscribe();
        self.want();
        let reached = progress.wait_for(|it| it.tried >= version).await;
        match reached {
            Ok(progress) if progress.stored >= version => Ok(()),
            _ => Err(NotStored),
        }
    }

    /// Writes no more, and lets others have the file as soon as no write is under way.
    pub(crate) fn close(&self) {
        self.held().take();
    }

    fn turn(&self) -> std::sync::MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<Arc<Lock>>> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
