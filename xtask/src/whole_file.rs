//! Replacing a file whole: what reads it meets the old one or the new one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The place beside a file at which its successor is written.
pub fn beside(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    PathBuf::from(beside)
}

/// Writes beside the place, then renames.
///
/// # Errors
/// What the system said; the file is the old one then, and nothing is left beside it.
pub fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let beside = beside(path);
    let written = fs::write(&beside, contents).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // Best effort: the file beside is not what anyone reads.
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_stays_beside_it() {
        let top = tempfile::TempDir::new().expect("a folder");
        let file = top.path().join("a.b");
        for text in ["one", "two"] {
            replace(&file, text.as_bytes()).expect("written");
            assert_eq!(fs::read(&file).expect("read"), text.as_bytes());
        }
        let folder = top.path().join("folder");
        fs::create_dir(&folder).expect("made");
        fs::write(folder.join("inner"), "").expect("written");
        replace(&folder, b"three").expect_err("a folder is no file");
        let mut names: Vec<_> = fs::read_dir(top.path())
            .expect("read")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["a.b", "folder"]);
    }
}
