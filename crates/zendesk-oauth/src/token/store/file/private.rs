//! Files and folders that only their owner can open.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::failure::shown;
use super::folder::Folder;
use crate::token::{StoreError, StoreErrorKind};

/// No login and no lock is larger.
pub(super) const LARGEST: u64 = 1 << 20;

/// Opens a file of the folder, which has to be private; nothing if there is none.
pub(super) fn open(folder: &Folder, path: &Path) -> Result<Option<File>, StoreError> {
    let mut options = OpenOptions::new();
    let file = match no_links(options.read(true)).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(_) if path.is_symlink() => {
            let path = shown(path);
            let what = format!("{path} is a symbolic link, which is not followed. Remove it");
            return Err(folder.error(StoreErrorKind::Permissions, what));
        }
        Err(error) => return Err(folder.failed("open", path, error)),
    };
    let found = file.metadata();
    let found = found.map_err(|error| folder.failed("look at", path, error))?;
    if !found.is_file() {
        let what = format!("{} is no file. Move it away", shown(path));
        return Err(folder.error(StoreErrorKind::Unreadable, what));
    }
    check(folder, path, &found)?;
    Ok(Some(file))
}

/// Reads an open file whole, if it is not too large.
pub(super) fn read(
    folder: &Folder,
    path: &Path,
    file: &File,
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    // Of the right size from the start: a vector that grows leaves copies behind.
    let size = file.metadata().map_or(LARGEST, |found| found.len());
    let size = usize::try_from(size.min(LARGEST)).unwrap_or_default();
    let mut bytes = Zeroizing::new(Vec::with_capacity(size + 64));
    let limited = file.take(LARGEST + 1).read_to_end(&mut bytes);
    limited.map_err(|error| folder.failed("read", path, error))?;
    if bytes.len() as u64 > LARGEST {
        let path = shown(path);
        let what = format!(
            "{path} has more than {LARGEST} bytes, so it is no stored login. It was left as it is: \
             move it away, and log in again"
        );
        return Err(folder.error(StoreErrorKind::Unreadable, what));
    }
    Ok(bytes)
}

/// Makes a file that was not there, for its owner only.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    no_links(options.read(true).write(true).create_new(true)).open(path)
}

/// Whether this belongs to the user of this process and is closed to everybody else.
#[cfg(unix)]
pub(super) fn check(folder: &Folder, path: &Path, found: &Metadata) -> Result<(), StoreError> {
    use std::os::unix::fs::MetadataExt as _;

    let (owner, me) = (found.uid(), rustix::process::geteuid().as_raw());
    let mode = found.mode() & 0o7777;
    let path = shown(path);
    let what = if owner != me {
        format!(
            "{path} belongs to user {owner}, and this process runs as user {me}. Run it as user \
             {owner}, or name another folder"
        )
    } else if mode & 0o077 != 0 {
        let right = if found.is_dir() { 700 } else { 600 };
        format!(
            "{path} is open to other users (mode {mode:04o}). Close it with `chmod {right} {path}`, \
             and log in anew if somebody may have read it"
        )
    } else {
        return Ok(());
    };
    Err(folder.error(StoreErrorKind::Permissions, what))
}

/// There are no modes to check.
#[cfg(not(unix))]
pub(super) fn check(_: &Folder, _: &Path, _: &Metadata) -> Result<(), StoreError> {
    Ok(())
}

/// A link is not followed, a pipe is not waited for, and what is made is for the owner.
#[cfg(unix)]
fn no_links(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::OFlags;

    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    options.mode(0o600).custom_flags(flags as i32)
}

#[cfg(not(unix))]
fn no_links(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_gone_is_none() {
        let kept = tempfile::TempDir::new().unwrap();
        let folder = Folder::new(kept.path().into());
        let opened = open(&folder, &kept.path().join("1.json")).unwrap();
        assert!(opened.is_none());
    }

    #[test]
    fn a_file_that_cannot_be_opened_is_called_a_link_only_if_it_is_one() {
        let kept = tempfile::TempDir::new().unwrap();
        let file = kept.path().join("login");
        std::fs::write(&file, "theirs").unwrap();
        let folder = Folder::new(file.clone());
        let error = open(&folder, &file.join("1.json")).unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Settings);
        assert!(error.to_string().contains("cannot open"), "{error}");
    }
}
