//! Copies of a repository, and what differs between them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// What a path holds: the bytes of a file, or where a link leads.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Held {
    File(Vec<u8>),
    Link(PathBuf),
}

/// Every file by its path from the top, without what is built, fetched or kept by git.
pub(crate) fn files(top: &Path) -> BTreeMap<PathBuf, Held> {
    let mut found = BTreeMap::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            let name = entry.file_name();
            if kind.is_dir() {
                if ["target", ".git", "node_modules"]
                    .iter()
                    .all(|it| name != *it)
                {
                    folders.push(path);
                }
                continue;
            }
            let held = if kind.is_symlink() {
                Held::Link(fs::read_link(&path).unwrap())
            } else {
                Held::File(fs::read(&path).unwrap())
            };
            found.insert(path.strip_prefix(top).unwrap().to_owned(), held);
        }
    }
    found
}

/// Makes `to` the same as `from`. What is the same stays as it is, so that cargo need not build it anew.
pub(crate) fn make_same(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let (wanted, there) = (files(from), files(to));
    for path in there.keys().filter(|path| !wanted.contains_key(*path)) {
        fs::remove_file(to.join(path)).unwrap();
    }
    for (path, held) in &wanted {
        if there.get(path) == Some(held) {
            continue;
        }
        let path = to.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // A file can stand where a link belongs.
        let _ = fs::remove_file(&path);
        match held {
            Held::File(bytes) => fs::write(&path, bytes).unwrap(),
            #[cfg(unix)]
            Held::Link(target) => std::os::unix::fs::symlink(target, &path).unwrap(),
            #[cfg(not(unix))]
            Held::Link(target) => {
                fs::copy(path.parent().unwrap().join(target), &path)
                    .map(|_| ())
                    .unwrap();
            }
        }
    }
    remove_empty(to);
}

/// A folder without a file would be a crate's folder to `cargo xtask new`.
fn remove_empty(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            remove_empty(&entry.path());
            // It fails where something is in it.
            let _ = fs::remove_dir(entry.path());
        }
    }
}

/// The paths at which the two differ.
pub(crate) fn difference(one: &Path, other: &Path) -> BTreeSet<String> {
    let (one, other) = (files(one), files(other));
    one.keys()
        .chain(other.keys())
        .filter(|path| one.get(*path) != other.get(*path))
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect()
}
