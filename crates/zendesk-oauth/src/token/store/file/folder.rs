//! The folder of one login.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

use super::failure::shown;
use super::private;
use crate::token::step::step;
use crate::token::{StoreError, StoreErrorKind};

/// The folder of one login.
pub(super) struct Folder {
    path: PathBuf,
    name: String,
}

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        let name = match path.as_os_str().is_empty() {
            true => "the file store without a folder".to_owned(),
            false => format!("the file store {}", shown(&path)),
        };
        Self { path, name }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What messages call it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is there. One that is there has to be a folder, and private.
    pub(super) fn is_there(&self) -> Result<bool, StoreError> {
        if self.path.as_os_str().is_empty() {
            let what = "its path is empty. Name a folder, which need not be there yet";
            return Err(self.error(StoreErrorKind::Settings, what.to_owned()));
        }
        let found = match fs::metadata(&self.path) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(self.failed("look at", &self.path, error)),
        };
        if !found.is_dir() {
            let path = shown(&self.path);
            let what = format!("{path} is a file. Name a folder, which need not be there yet");
            return Err(self.error(StoreErrorKind::Settings, what));
        }
        private::check(self, &self.path, &found)?;
        Ok(true)
    }

    /// Makes it, unless it is there.
    pub(super) fn create(&self) -> Result<(), StoreError> {
        if self.is_there()? {
            return Ok(());
        }
        match private_folder().create(&self.path) {
            Ok(()) => {}
            // Another process was quicker.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(self.failed("create", &self.path, error)),
        }
        step!("file_folder_created");
        if let Some(parent) = self.path.parent() {
            // The login outlives a power cut only with its folder.
            self.is_kept_by(parent, sync(parent))?;
        }
        // It may be gone again, or another's.
        if self.is_there()? {
            return Ok(());
        }
        Err(self.failed("find", &self.path, io::ErrorKind::NotFound.into()))
    }

    /// What came of syncing its parent. One that may be passed but not read cannot be synced: the
    /// system does it in its time.
    fn is_kept_by(&self, parent: &Path, synced: io::Result<()>) -> Result<(), StoreError> {
        match synced {
            Err(error) if error.kind() != io::ErrorKind::PermissionDenied => {
                Err(self.failed("sync", parent, error))
            }
            _ => Ok(()),
        }
    }

    /// Makes the names in it last.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        sync(&self.path).map_err(|error| self.failed("sync", &self.path, error))
    }
}

#[cfg(unix)]
fn private_folder() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;

    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private_folder() -> DirBuilder {
    DirBuilder::new()
}

#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened like a file.
#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_that_may_not_be_read_is_no_reason_to_keep_no_login() {
        let folder = Folder::new("/srv/app/login".into());
        let parent = Path::new("/srv/app");
        let synced = |kind: io::ErrorKind| folder.is_kept_by(parent, Err(kind.into()));
        assert!(folder.is_kept_by(parent, Ok(())).is_ok());
        assert!(synced(io::ErrorKind::PermissionDenied).is_ok());
        let error = synced(io::ErrorKind::StorageFull).unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Unavailable);
        assert!(
            error.to_string().contains("cannot sync /srv/app:"),
            "{error}"
        );
    }
}
