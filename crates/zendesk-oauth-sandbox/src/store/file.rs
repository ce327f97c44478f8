//! The form of a state file, and how it is put in its place whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use super::error::StateFileError;
use super::lock::beside;
use crate::state::State;

/// The form that this program reads and writes.
const VERSION: u64 = 1;

#[derive(Serialize)]
struct Written<'a> {
    version: u64,
    state: &'a State,
}

/// Read first: a file of another version has another form.
#[derive(Deserialize)]
struct Head {
    version: Option<u64>,
}

#[derive(Deserialize)]
struct Stored {
    state: State,
}

const KEEP: &str = "name another file, or move this one away to begin anew";

/// The path with links followed, so that a write replaces the file and not a link to it.
pub(super) fn resolved(path: &Path) -> Result<PathBuf, StateFileError> {
    if path.is_dir() {
        let reason = "this is a folder and no state file";
        return Err(StateFileError::new(path, reason, "name a file in it"));
    }
    if path.file_name().is_none() {
        let reason = "this is no name of a file";
        return Err(StateFileError::new(path, reason, "name a file"));
    }
    // A file that is not there yet: the process may change its folder before the next write.
    let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    Ok(whole.unwrap_or_else(|_| path.to_owned()))
}

/// The state in the file; none if there is no file.
pub(super) fn read(path: &Path) -> Result<Option<State>, StateFileError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            let reason = "the state file cannot be read";
            return Err(StateFileError::new(path, reason, KEEP).because(source));
        }
    };
    let head: Head = serde_json::from_slice(&bytes).map_err(|error| unread(path, &error))?;
    if head.version != Some(VERSION) {
        let reason = match head.version {
            Some(version) => {
                format!("the state file is of version {version}; this sandbox reads {VERSION}")
            }
            None => "this is no state file: it has no version".to_owned(),
        };
        return Err(StateFileError::new(path, reason, KEEP).at(1, 1));
    }
    let stored: Stored = serde_json::from_slice(&bytes).map_err(|error| unread(path, &error))?;
    Ok(Some(stored.state))
}

/// What the parser says of a value names the value, which may be a secret.
fn unread(path: &Path, error: &serde_json::Error) -> StateFileError {
    let text = error.to_string();
    let reason = match error.classify() {
        Category::Eof => "the state file ends too early".to_owned(),
        Category::Syntax | Category::Io => "the state file is not JSON".to_owned(),
        Category::Data if text.starts_with("missing field") => {
            let field = text.split(" at line").next().unwrap_or_default();
            format!("the state file has not the form that this sandbox reads: {field}")
        }
        Category::Data => "the state file has not the form that this sandbox reads".to_owned(),
    };
    StateFileError::new(path, reason, KEEP).at(error.line(), error.column())
}

/// What is written.
pub(super) fn bytes(state: &State) -> io::Result<Vec<u8>> {
    let written = Written {
        version: VERSION,
        state,
    };
    let mut bytes = serde_json::to_vec(&written)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Puts the bytes in the place of the file. Whenever the process or the machine stops, the old file is
/// there or the new one, whole.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = beside(path, ".tmp");
    // One that a kill has left. It is made anew, so that its mode is ours from the beginning.
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    private(&mut options);
    let mut file = options.open(&new)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    if let Err(error) = written.and_then(|()| fs::rename(&new, path)) {
        let _ = fs::remove_file(&new);
        return Err(error);
    }
    sync_folder(path)
}

/// Only the owner may read: the file holds secrets.
pub(super) fn private(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    #[cfg(not(unix))]
    let _ = options;
}

/// Makes the new name last. Windows has no such call.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_does_not_follow_the_process_into_another_folder() {
        let path = resolved(Path::new("no-such-state.json")).unwrap();
        assert!(path.is_absolute(), "{}", path.display());
        assert!(path.ends_with("no-such-state.json"));
    }
}
