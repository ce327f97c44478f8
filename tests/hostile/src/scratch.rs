//! Files that a target writes and another reads.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

/// A folder that only this user can open, in memory if the system has such a place: thousands are made a second.
pub(crate) fn folder() -> TempDir {
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let memory = Path::new("/dev/shm");
    let made = match memory.is_dir() {
        true => builder.tempdir_in(memory),
        false => builder.tempdir(),
    };
    made.expect("there is room for a folder")
}

/// A file with these bytes that only this user can open.
pub(crate) fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("it can be written");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(&path, mode).expect("it is ours");
    }
    path
}

/// Asserts that a file is as it was.
pub(crate) fn assert_untouched(path: &Path, bytes: &[u8]) {
    let now = fs::read(path).expect("it is still there");
    assert!(now == bytes, "{} was changed", path.display());
}
