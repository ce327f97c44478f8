//! Files that are there whole or not at all.

use std::collections::BTreeSet;
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

/// How much room a draft takes before its text is known. A secret is shorter.
const ROOM: usize = 4096;

/// The drafts that there are. A process that is left at once drops nothing.
static DRAFTS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Takes away the drafts of this process, which is about to be left.
pub(crate) fn remove_drafts() {
    let drafts = std::mem::take(&mut *DRAFTS.lock().unwrap_or_else(PoisonError::into_inner));
    for draft in drafts {
        let _ = std::fs::remove_file(draft);
    }
}

/// Puts a file with these bytes in the place of what is there, synced, readable by its owner only. Whoever reads it
/// meanwhile sees the old or the new one; a failure leaves the old one. If a symbolic link is there, the file
/// that it leads to is replaced.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    Draft::of(&target)?.publish(bytes)
}

/// A file that is not there yet, but can be: it lies beside its place under another name, and nobody else can read it. Dropped, it
/// is gone.
#[derive(Debug)]
pub(crate) struct Draft {
    file: NamedTempFile,
    target: PathBuf,
    _listed: Listed,
}

/// As long as the draft is in the list.
#[derive(Debug)]
struct Listed(PathBuf);

impl Listed {
    fn new(path: &Path) -> Self {
        let mut drafts = DRAFTS.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.insert(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        let mut drafts = DRAFTS.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.remove(&self.0);
    }
}

impl Draft {
    /// A draft of the file `target`, on the same file system, with some room on it.
    pub(crate) fn of(target: &Path) -> io::Result<Self> {
        let mut file = tempfile::Builder::new()
            .prefix(".zendesk-oauth-")
            .tempfile_in(folder_of(target))?;
        let listed = Listed::new(file.path());
        // A full disk is noticed now and not when there is a secret to keep.
        file.write_all(&[b'\n'; ROOM])?;
        file.as_file().sync_all()?;
        Ok(Self {
            file,
            target: target.to_owned(),
            _listed: listed,
        })
    }

    /// Gives the file that is made the mode, the owner and the group of this one.
    #[cfg(unix)]
    pub(crate) fn take_after(&self, old: &std::fs::Metadata) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt as _, fchown};

        let own = self.file.as_file().metadata()?;
        if (own.uid(), own.gid()) != (old.uid(), old.gid()) {
            fchown(self.file.as_file(), Some(old.uid()), Some(old.gid()))?;
        }
        self.file.as_file().set_permissions(old.permissions())
    }

    /// Gives the file that is made the mode of this one.
    #[cfg(not(unix))]
    pub(crate) fn take_after(&self, old: &std::fs::Metadata) -> io::Result<()> {
        self.file.as_file().set_permissions(old.permissions())
    }

    /// Writes the bytes, and puts the file in its place, synced.
    pub(crate) fn publish(self, bytes: &[u8]) -> io::Result<()> {
        self.publish_written(true, |file| file.write_all(bytes))
    }

    /// The same with what `write` writes. What is there is only replaced if it may be; otherwise it is an error of
    /// the kind `AlreadyExists`.
    pub(crate) fn publish_written(
        mut self,
        may_replace: bool,
        write: impl FnOnce(&mut std::fs::File) -> io::Result<()>,
    ) -> io::Result<()> {
        let file = self.file.as_file_mut();
        file.rewind()?;
        write(file)?;
        let length = file.stream_position()?;
        file.set_len(length)?;
        file.sync_all()?;
        if may_replace {
            self.file.persist(&self.target)?;
        } else {
            self.file.persist_noclobber(&self.target)?;
        }
        sync_folder(folder_of(&self.target))
    }
}

/// Puts these bytes into a file of a name that no other has, synced, readable by its owner only. Gives its path.
pub(crate) fn keep_new(folder: &Path, prefix: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let mut file = tempfile::Builder::new()
        .prefix(prefix)
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let (_, path) = file.keep()?;
    sync_folder(folder)?;
    Ok(path)
}

/// Warns if others on the machine can read this file with a secret.
#[cfg(unix)]
pub(crate) fn warn_if_others_can_read(found: &std::fs::Metadata, path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;

    if found.is_file() && found.permissions().mode() & 0o077 != 0 {
        let path = path.display();
        crate::output::complain(format_args!(
            "warning: others on this machine may read {path}: run `chmod 600 {path}`"
        ));
    }
}

/// Warns if others on the machine can read this file with a secret.
#[cfg(not(unix))]
pub(crate) fn warn_if_others_can_read(_found: &std::fs::Metadata, _path: &Path) {}

/// The folder that a file is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes sure that the names in the folder last.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Makes sure that the names in the folder last.
#[cfg(not(unix))]
pub(crate) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("it");
        replace(&path, b"a long first text").unwrap();
        replace(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let draft = Draft::of(&path).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        drop(draft);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_text_longer_than_the_room_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("it");
        let text = vec![b'x'; 3 * ROOM + 1];
        replace(&path, &text).unwrap();
        assert_eq!(fs::read(&path).unwrap(), text);
    }

    #[test]
    fn readers_see_the_old_or_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("it");
        let (old, new) = (vec![b'a'; 9000], vec![b'b'; 11000]);
        replace(&path, &old).unwrap();
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for text in [&new, &old].iter().cycle().take(40) {
                    replace(&path, text).unwrap();
                }
                is_over.store(true, Ordering::Release);
            });
            while !is_over.load(Ordering::Acquire) {
                let read = fs::read(&path).unwrap();
                assert!(read == old || read == new, "{} bytes", read.len());
            }
        });
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_it_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("it"), folder.path().join("link"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        symlink(&path, &link).unwrap();
        replace(&link, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
