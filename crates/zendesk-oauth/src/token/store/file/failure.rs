//! What failed, on which path, and the way out.

use std::io;
use std::path::Path;

use super::folder::Folder;
use crate::token::shown::one_line;
use crate::token::{StoreError, StoreErrorKind};

impl Folder {
    /// `doing` was not possible: such as "create", of this path.
    pub(super) fn failed(&self, doing: &str, path: &Path, error: io::Error) -> StoreError {
        use io::ErrorKind::{
            NotADirectory, NotFound, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem,
            StorageFull,
        };
        let folder = shown(self.path());
        let (kind, way) = match error.kind() {
            StorageFull | QuotaExceeded => (
                StoreErrorKind::Unavailable,
                "Free some space; what was there is unchanged".to_owned(),
            ),
            ReadOnlyFilesystem => (
                StoreErrorKind::Permissions,
                "Name a folder on a file system that can be written to".to_owned(),
            ),
            PermissionDenied => (
                StoreErrorKind::Permissions,
                format!(
                    "Let this user pass its parents and write to it (`chmod 700 {folder}` as its \
                     owner), or name another folder"
                ),
            ),
            NotADirectory => (
                StoreErrorKind::Settings,
                "A file is where a folder should be: name another folder".to_owned(),
            ),
            NotFound => (
                StoreErrorKind::Settings,
                "Create the folder that it is in, or name another".to_owned(),
            ),
            _ => (
                StoreErrorKind::Unavailable,
                "Look after the file system".to_owned(),
            ),
        };
        let path = shown(path);
        self.error(kind, format!("cannot {doing} {path}: {error}. {way}"))
            .because(error)
    }

    /// A failure of this store.
    pub(super) fn error(&self, kind: StoreErrorKind, what: String) -> StoreError {
        StoreError::new(kind, self.name(), what)
    }

    /// The file system lacks what this store stands on.
    pub(super) fn lacks(&self, what: &str, error: io::Error) -> StoreError {
        let what = format!(
            "its file system has no {what} ({error}), without which no store can be shared. Name a \
             folder on a local file system"
        );
        self.error(StoreErrorKind::Settings, what).because(error)
    }
}

/// A path in one line.
pub(super) fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_has_its_path_and_a_way_out_in_one_line() {
        use io::ErrorKind as Io;
        let folder = Folder::new("/var/lib/app/lo\ngin".into());
        let path = folder.path().join("1.json");
        for (kind, expected, way) in [
            (
                Io::StorageFull,
                StoreErrorKind::Unavailable,
                "Free some space",
            ),
            (
                Io::QuotaExceeded,
                StoreErrorKind::Unavailable,
                "Free some space",
            ),
            (
                Io::ReadOnlyFilesystem,
                StoreErrorKind::Permissions,
                "can be written",
            ),
            (
                Io::PermissionDenied,
                StoreErrorKind::Permissions,
                "chmod 700",
            ),
            (Io::NotADirectory, StoreErrorKind::Settings, "name another"),
            (Io::NotFound, StoreErrorKind::Settings, "Create the folder"),
            (Io::Other, StoreErrorKind::Unavailable, "Look after"),
        ] {
            let error = folder.failed("write", &path, kind.into());
            assert_eq!(error.kind(), expected, "{kind:?}");
            let text = error.to_string();
            assert!(text.contains("/var/lib/app/lo\\ngin/1.json"), "{text}");
            assert!(text.contains(way) && !text.contains('\n'), "{text}");
        }
    }
}
