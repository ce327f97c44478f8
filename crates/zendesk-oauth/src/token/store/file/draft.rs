//! A temporary file, which becomes the next of its series.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

use super::folder::Folder;
use super::listing::{Listing, Series, draft_path};
use super::private;
use crate::token::step::step;
use crate::token::{StoreError, StoreErrorKind};

/// A temporary file. It is locked while its process lives, which tells it from one that a killed
/// process left behind. Its name goes when it is dropped.
pub(super) struct Draft {
    path: PathBuf,
    file: Option<File>,
}

/// What came of [`Draft::link`].
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Linked {
    /// It has the number.
    Done,
    /// Somebody else has the number.
    Taken,
    /// The temporary file is gone: somebody took it for one that was left behind, before it was
    /// locked.
    Gone,
}

impl Draft {
    /// A new one, empty, that is to have this number.
    pub(super) fn create(folder: &Folder, series: Series, number: u64) -> Result<Self, StoreError> {
        let random = getrandom::u64().map_err(|_| {
            let what = "the system has no random numbers to give. Try again".to_owned();
            folder.error(StoreErrorKind::Unavailable, what)
        })?;
        let path = draft_path(folder, series, number, random);
        let file = private::create(&path);
        let file = Some(file.map_err(|error| folder.failed("create", &path, error))?);
        Ok(Self { path, file })
    }

    fn file(&self) -> &File {
        self.file.as_ref().expect("it is taken out at the end only")
    }

    /// Locks it. `false`: somebody looks whether it was left behind, and removes it.
    pub(super) fn lock(&self, folder: &Folder) -> Result<bool, StoreError> {
        match FileExt::try_lock(self.file()) {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(folder.lacks("advisory locks", error)),
        }
    }

    pub(super) fn write(&self, folder: &Folder, bytes: &[u8]) -> Result<(), StoreError> {
        let written = self.file().write_all(bytes);
        written.map_err(|error| folder.failed("write", &self.path, error))
    }

    /// Makes what was written last.
    pub(super) fn sync(&self, folder: &Folder) -> Result<(), StoreError> {
        let synced = self.file().sync_all();
        synced.map_err(|error| folder.failed("sync", &self.path, error))?;
        step!("file_temporary_synced");
        Ok(())
    }

    /// Gives it this number, unless that is taken.
    pub(super) fn link(
        &self,
        folder: &Folder,
        series: Series,
        number: u64,
    ) -> Result<Linked, StoreError> {
        let path = series.path(folder, number);
        match fs::hard_link(&self.path, &path) {
            Ok(()) => Ok(Linked::Done),
            Err(error) => not_linked(folder, &path, error),
        }
    }

    /// The file, still locked, without its temporary name.
    pub(super) fn into_file(mut self) -> File {
        self.file.take().expect("it is taken out at the end only")
    }

    /// What a killed process leaves behind.
    #[cfg(test)]
    pub(super) fn abandon(mut self) -> PathBuf {
        let file = self.file.take().unwrap();
        FileExt::unlock(&file).unwrap();
        let path = std::mem::take(&mut self.path);
        std::mem::forget(self);
        path
    }
}

/// What it means that a draft could not be linked to this path.
fn not_linked(folder: &Folder, path: &Path, error: io::Error) -> Result<Linked, StoreError> {
    match error.kind() {
        io::ErrorKind::AlreadyExists => Ok(Linked::Taken),
        io::ErrorKind::NotFound => Ok(Linked::Gone),
        // What Linux says of FAT, and what other systems say. The draft was created in the same
        // folder, so that it is not for want of permission.
        io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported => {
            Err(folder.lacks("hard links", error))
        }
        _ => Err(folder.failed("link", path, error)),
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // One that stays is removed by the next that writes.
        let _ = fs::remove_file(&self.path);
    }
}

/// Removes what no longer counts of a series, and temporary files of processes that are dead. What
/// cannot be removed stays for the next time: it does no harm.
pub(super) fn clear(folder: &Folder, series: Series) {
    let Ok(listing) = Listing::of(folder) else {
        return;
    };
    let (dead, living): (Vec<_>, Vec<_>) = listing
        .drafts
        .iter()
        .partition(|drafted| is_left_behind(folder, &drafted.path));
    let awaited = living.iter().filter_map(|it| it.number(series)).min();
    for number in listing.old(series, awaited) {
        let _ = fs::remove_file(series.path(folder, number));
    }
    for drafted in dead {
        let _ = fs::remove_file(&drafted.path);
    }
}

fn is_left_behind(folder: &Folder, path: &Path) -> bool {
    let file = private::open(folder, path);
    file.is_ok_and(|file| file.is_some_and(|file| FileExt::try_lock_shared(&file).is_ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the system refuses to sync: a device.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_draft_that_cannot_be_synced_is_an_error() {
        let folder = Folder::new("/mnt/stick/login".into());
        let draft = Draft {
            path: "/mnt/stick/login/new-1.json-1".into(),
            file: Some(File::open("/dev/null").unwrap()),
        };
        let error = draft.sync(&folder).unwrap_err().to_string();
        assert!(error.contains("new-1.json-1"), "{error}");
    }

    #[test]
    fn a_file_system_without_hard_links_is_named_as_such() {
        let folder = Folder::new("/mnt/stick/login".into());
        let path = Series::Versions.path(&folder, 1);
        for kind in [io::ErrorKind::PermissionDenied, io::ErrorKind::Unsupported] {
            let error = not_linked(&folder, &path, kind.into()).unwrap_err();
            assert_eq!(error.kind(), StoreErrorKind::Settings);
            let text = error.to_string();
            assert!(
                text.contains("/mnt/stick/login") && text.contains("hard links"),
                "{text}"
            );
        }
    }
}
