//! `FileStore`: a login in a folder, for the processes of one machine.

mod blocking;
mod draft;
mod failure;
mod folder;
mod listing;
mod lock;
mod private;
mod signature;
mod versions;

#[cfg(test)]
mod tests;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use folder::Folder;
use lock::HeldLock;

use super::{
    Lease, LeaseHolder, Leased, StoreError, StoreFuture, Stored, Swap, TokenStore, Version,
};
use crate::token::Record;

/// A login in a folder of its own, for any number of processes of one user on one machine. Clones
/// and other stores of the same folder see the same login.
///
/// The folder is made when it is first written, for its owner only (mode 0700); its parent has to be
/// there. It has to be on a file system of this machine that has hard links and advisory locks, as
/// the usual ones do.
///
/// # What is in the folder
///
/// `17.json` is version 17 of the login, tokens in clear, mode 0600; the highest number counts. A
/// version is written to a temporary file, which is synced, and then linked to its number, then the
/// folder is synced. A link fails when the number is taken: that is the compare-and-swap. So a file
/// is never there in part, and no change is lost, even when a process is killed or stopped anywhere
/// in between. (Replacing one file by renaming another over it does not give that: a process that was
/// stopped between its check and its rename overwrites what others wrote meanwhile.) The version
/// before the last is kept, older ones and what a killed process left behind are removed. While a
/// process is about to make a number, that and those after it are kept, so that its link fails if
/// others were quicker. Only 64 are, as it may be stopped for days: one who finds itself further
/// behind than that came too late, [`Swap::Conflict`]. (If its own change was made in time, and it
/// was stopped for 64 changes of others directly after, it gets that too.)
///
/// `5.lock` is the fifth lease: one line of JSON that says who has it, since when and until when. It
/// is linked to its number in the same way, so that of several who want it one gets it. Its holder
/// keeps an advisory lock of the system on it, which goes with the process: the lease of a dead
/// process is free. A lease is renewed by a next number. One that ran out belongs to a stopped
/// process: somebody else makes the next number, and when the stopped one wakes up, it finds that
/// its own is not the highest any more, and changes nothing.
///
/// Whether a lease ran out is measured by the monotonic clock of the system, which all processes of
/// a machine share until it restarts, and a restart frees the locks. So no change of the wall clock
/// ends a lease or keeps one alive.
///
/// # What is checked
///
/// Each time before something is read, the folder and the file have to belong to the user of this
/// process and be closed to group and others; anything else is
/// [`StoreErrorKind::Permissions`](super::StoreErrorKind::Permissions), and so is a file that is a
/// symbolic link. A file that is damaged, of a later format or larger than 1 MiB is
/// [`StoreErrorKind::Unreadable`](super::StoreErrorKind::Unreadable), and no swap puts anything in
/// its place.
///
/// On systems without Unix modes, such as Windows, neither owner nor mode nor links are checked:
/// choose a folder that only this user can open. A locked file cannot be read there, so that the
/// holder of a lease is unknown and a suspended process keeps its lease until it ends; and the
/// folder is not synced.
///
/// # Time
///
/// Files are read and written on tokio's threads for blocking work, each call for 10 s at most. It
/// needs a tokio runtime with time enabled.
#[derive(Clone)]
pub struct FileStore(Arc<Folder>);

impl FileStore {
    /// The store in this folder, which need not be there yet. Nothing is read or written.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        // Another current directory later on must not move the login.
        Self(Arc::new(Folder::new(
            std::path::absolute(&path).unwrap_or(path),
        )))
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Who has the lease now, if anybody has.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub async fn lease_holder(&self) -> Result<Option<LeaseHolder>, StoreError> {
        blocking::read(&self.0, lock::holder).await
    }
}

impl TokenStore for FileStore {
    fn load(&self) -> StoreFuture<'_, Option<Stored>> {
        Box::pin(blocking::read(&self.0, versions::load))
    }

    fn compare_and_swap<'a>(
        &'a self,
        expected: Option<Version>,
        record: &'a Record,
    ) -> StoreFuture<'a, Swap> {
        let text = record.to_json();
        Box::pin(async move {
            blocking::change(&self.0, move |folder| {
                versions::swap(folder, expected, &text)
            })
            .await
        })
    }

    fn lease(&self, time: Duration) -> StoreFuture<'_, Leased> {
        Box::pin(blocking::change(&self.0, move |folder| {
            lock::lease(folder, time)
        }))
    }

    fn renew<'a>(&'a self, lease: &'a mut Lease, time: Duration) -> StoreFuture<'a, bool> {
        Box::pin(async move {
            let Some(held) = lease.held::<HeldLock>() else {
                return Ok(false);
            };
            let (owner, held) = (lease.owner().to_owned(), held.what());
            let renewed = blocking::change(&self.0, move |folder| {
                lock::renew(folder, &owner, &held, time)
            })
            .await?;
            let Some((ends, lock)) = renewed else {
                return Ok(false);
            };
            if let Some(held) = lease.held_mut::<HeldLock>() {
                *held = lock;
            }
            lease.set_ends(ends);
            Ok(true)
        })
    }

    fn release(&self, lease: Lease) -> StoreFuture<'_, ()> {
        // That gives up the lock on its own file, and nothing of anybody else.
        Box::pin(blocking::change(&self.0, move |_| {
            drop(lease);
            Ok(())
        }))
    }

    fn name(&self) -> String {
        self.0.name().to_owned()
    }
}

impl fmt::Debug for FileStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FileStore").field(&self.path()).finish()
    }
}
