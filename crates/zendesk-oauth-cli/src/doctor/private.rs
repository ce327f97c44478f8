//! Whether a file is its owner's alone.

use std::path::Path;

/// Whether others than the owner may read the file; none if there is none, or the system does not say.
#[cfg(unix)]
pub(super) fn others_may_read(file: &Path) -> Option<bool> {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = std::fs::metadata(file).ok()?.permissions().mode();
    Some(mode & 0o077 != 0)
}

/// Whether others than the owner may read the file; none if there is none, or the system does not say.
#[cfg(not(unix))]
pub(super) fn others_may_read(_file: &Path) -> Option<bool> {
    None
}
