//! One writer for all: whoever comes while it writes waits for the next write, together with the others.

use std::io::{self, Write as _};
use std::sync::Arc;

use super::{StateFileError, Store, file};
use crate::shared::Shared;

/// Writes whenever somebody wants it, until the future is dropped.
pub(crate) async fn write_on_demand(shared: Arc<Shared>) {
    let Some(store) = &shared.store else { return };
    loop {
        store.wanted.notified().await;
        let wanted = shared.world().version;
        let writer = Arc::clone(&shared);
        // On the pool for blocking work, as a disk takes its time.
        let written = tokio::task::spawn_blocking(move || writer.write_changes()).await;
        if written.is_err() {
            // Whoever waits learns that it is not in the file.
            store.report(wanted, false);
        }
    }
}

impl Shared {
    fn write_changes(&self) {
        let Some(store) = &self.store else { return };
        let _turn = store.turn();
        // Those who wanted this may have got it with the write before.
        let stored = store.progress.borrow().stored;
        let version = self.world().version;
        if stored < version
            && let Err(error) = self.write(store)
        {
            store.complain(&error);
        }
    }

    /// Writes what is left, such as when tokens were last used, and lets the file go.
    pub(crate) fn finish_writing(&self) -> Result<(), StateFileError> {
        let Some(store) = &self.store else {
            return Ok(());
        };
        let _turn = store.turn();
        let written = self.write(store);
        store.close();
        written.map_err(|error| store.unwritten().because(error))
    }

    /// Writes what is not in the file yet, if there is anything, and lets the file go. Says on stderr if
    /// it cannot: whoever drops a sandbox has no other place to learn it from.
    pub(crate) fn finish_changes(&self) {
        let Some(store) = &self.store else { return };
        self.write_changes();
        store.close();
    }

    /// Writes the state as it is now, unless the file was let go.
    fn write(&self, store: &Store) -> io::Result<()> {
        let Some(lock) = store.held().clone() else {
            return Ok(());
        };
        let (version, bytes) = {
            let world = self.world();
            (world.version, file::bytes(&world.state))
        };
        let written = bytes.and_then(|bytes| file::write(&store.path, &bytes));
        drop(lock);
        store.report(version, written.is_ok());
        written
    }
}

impl Store {
    /// Those who wait for this version go on.
    fn report(&self, version: u64, stored: bool) {
        self.progress.send_modify(|progress| {
            progress.tried = version.max(progress.tried);
            if stored {
                progress.stored = version.max(progress.stored);
            }
        });
    }

    /// Standard error may be a file on the same disk, and not to be written either: `eprintln!` would
    /// panic then.
    fn complain(&self, error: &io::Error) {
        let path = self.path.display();
        let _ = writeln!(
            io::stderr().lock(),
            "error: {path}: the state file could not be written ({error})"
        );
    }

    /// What is said at the end when the last write failed.
    pub(crate) fn unwritten(&self) -> StateFileError {
        let reason = "the last changes could not be written to the state file, and are lost";
        StateFileError::new(&self.path, reason, "see that its folder can be written to")
    }
}
