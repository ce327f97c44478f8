//! Standard output that keeps nothing. A process that is started without one has this too.

/// Whether standard output is the null device: what is written there succeeds, and nobody has it.
#[cfg(unix)]
pub(super) fn is_stdout() -> bool {
    use std::fs::{File, metadata};
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};

    let stdout = std::io::stdout().as_fd().try_clone_to_owned();
    let stdout = stdout.and_then(|it| File::from(it).metadata());
    match (stdout, metadata("/dev/null")) {
        (Ok(stdout), Ok(null)) => {
            stdout.file_type().is_char_device() && stdout.rdev() == null.rdev()
        }
        _ => false,
    }
}

/// Elsewhere it cannot be told.
#[cfg(not(unix))]
pub(super) fn is_stdout() -> bool {
    false
}
