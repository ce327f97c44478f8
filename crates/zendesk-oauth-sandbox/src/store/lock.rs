//! One sandbox per state file.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

use super::error::StateFileError;

/// An advisory lock on a file beside the state file, which is replaced with each write and so cannot
/// carry it. The system lets go of it when the process ends, however it ends; the file stays.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    pub(super) fn take(state_file: &Path) -> Result<Self, StateFileError> {
        let path = beside(state_file, ".lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        super::file::private(&mut options);
        let file = options.open(&path).map_err(|source| {
            let reason = "the lock file beside the state file cannot be opened";
            let way_out = "name a state file in a folder that exists and can be written to";
            StateFileError::new(&path, reason, way_out).because(source)
        })?;
        match FileExt::try_lock(&file) {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {
                let reason = "another sandbox is using this state file";
                let way_out = "stop that one, or name another file";
                Err(StateFileError::new(state_file, reason, way_out))
            }
            Err(TryLockError::Error(source)) => {
                let reason = "the lock file beside the state file cannot be locked";
                let way_out = "name a state file on a file system that has locks";
                Err(StateFileError::new(&path, reason, way_out).because(source))
            }
        }
    }
}

/// A file in the same folder, with an ending behind the name.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
