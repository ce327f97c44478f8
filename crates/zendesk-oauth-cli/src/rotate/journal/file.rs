//! The file of one client's journal: locked while a rotation runs, replaced as a whole.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

use super::record::VERSION;
use super::{Journal, Shelf};
use crate::config::make_private;
use crate::failure::Failure;
use crate::files;

/// A client's journal, for one rotation at a time.
pub(in crate::rotate) struct JournalFile {
    path: PathBuf,
    // Beside the journal, which is replaced and so cannot carry a lock. The system lets go of it when the process
    // ends, however it ends.
    _lock: File,
}

impl JournalFile {
    /// Takes it, unless another rotation of the client runs.
    pub(in crate::rotate) fn lock(
        shelf: &Shelf,
        account: &str,
        client: i64,
    ) -> Result<Self, Failure> {
        let folder = shelf.folder(account);
        let unusable = |error: io::Error| {
            let folder = folder.display();
            Failure::usage_because(
                format!(
                    "{folder}: no journal can be kept there, and without one nothing is changed"
                ),
                error,
            )
        };
        make_private(&folder)?;
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = options
            .open(folder.join(format!("{client}.lock")))
            .map_err(unusable)?;
        match FileExt::try_lock(&lock) {
            Ok(()) => Ok(Self {
                path: path(shelf, account, client),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(Failure::failed(format!(
                "another rotation of the client {client} is running: wait for its end, then look at \
                 `zendesk-oauth rotate status`"
            ))),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }

    /// What is there, while others may be writing it.
    pub(in crate::rotate) fn peek(
        shelf: &Shelf,
        account: &str,
        client: i64,
    ) -> Result<Option<Journal>, Failure> {
        read(&path(shelf, account, client))
    }

    /// What is there.
    pub(in crate::rotate) fn read(&self) -> Result<Option<Journal>, Failure> {
        read(&self.path)
    }

    /// Puts the journal in the place of what is there, synced.
    pub(in crate::rotate) fn write(&self, journal: &Journal) -> Result<(), Failure> {
        let failed = |error| {
            let path = self.path.display();
            Failure::failed(format!("{path}: the journal cannot be written")).because(error)
        };
        let mut text = serde_json::to_vec_pretty(journal).map_err(|error| failed(error.into()))?;
        text.push(b'\n');
        files::replace(&self.path, &text).map_err(failed)
    }

    /// The file that takes a secret which its place did not take.
    pub(in crate::rotate) fn emergency_file(&self) -> PathBuf {
        self.path.with_extension("secret")
    }
}

/// Where the journal of a client is.
fn path(shelf: &Shelf, account: &str, client: i64) -> PathBuf {
    shelf.folder(account).join(format!("{client}.json"))
}

/// Reads a journal, if it is there. One that cannot be read may be of a rotation that did not end, and is never
/// passed over.
pub(in crate::rotate) fn read(path: &Path) -> Result<Option<Journal>, Failure> {
    let shown = path.display();
    let unreadable = |why: String| {
        Failure::usage(format!(
            "{shown}: {why}; it may tell of a rotation that did not end: read it, then move it away"
        ))
    };
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(format!("the journal cannot be read: {error}"))),
    };
    let journal: Journal = serde_json::from_slice(&bytes)
        .map_err(|error| unreadable(format!("it is no journal of a rotation: {error}")))?;
    if journal.version != VERSION {
        let version = journal.version;
        return Err(unreadable(format!(
            "the journal is of version {version}, and this program knows {VERSION}"
        )));
    }
    Ok(Some(journal))
}
