//! What was made so far, and how it is taken back.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{outputs::Failure, whole_file};

/// Everything that was made or replaced, in that order.
#[derive(Debug, Default)]
pub(super) struct Made(Vec<Step>);

#[derive(Debug)]
enum Step {
    /// A folder that was not there; it goes with all that is in it.
    Folder(PathBuf),
    /// A file or link that was not there.
    File(PathBuf),
    /// A file that was there, with these bytes, or was not.
    Replaced(PathBuf, Option<Vec<u8>>),
    /// A folder with what was in it; of what comes, it is ours if its name has this text.
    Watched(PathBuf, BTreeSet<OsString>, String),
}

impl Made {
    /// Makes a folder that is not there.
    pub(super) fn folder(&mut self, path: &Path) -> Result<(), Failure> {
        fs::create_dir(path).map_err(failed(path))?;
        self.0.push(Step::Folder(path.to_owned()));
        Ok(())
    }

    /// Writes a file that is not there.
    pub(super) fn file(&mut self, path: &Path, contents: &str) -> Result<(), Failure> {
        let mut file = File::create_new(path).map_err(failed(path))?;
        self.0.push(Step::File(path.to_owned()));
        file.write_all(contents.as_bytes()).map_err(failed(path))
    }

    /// Makes a link in the crate to a file at the top, or a copy of it where there are no links.
    pub(super) fn link(&mut self, top: &Path, file: &str, crate_: &Path) -> Result<(), Failure> {
        let path = crate_.join(file);
        #[cfg(unix)]
        std::os::unix::fs::symlink(format!("../../{file}"), &path).map_err(failed(&path))?;
        #[cfg(not(unix))]
        fs::copy(top.join(file), &path).map_err(failed(&path))?;
        self.0.push(Step::File(path));
        // A link does not say that it leads nowhere.
        let target = top.join(file);
        fs::metadata(&target).map(|_| ()).map_err(failed(&target))
    }

    /// Replaces a file whole.
    pub(super) fn replace(&mut self, path: &Path, contents: &str) -> Result<(), Failure> {
        self.watch(path)?;
        whole_file::replace(path, contents.as_bytes()).map_err(failed(path))
    }

    /// Keeps what is in a file that somebody else is about to change, or that it is not there.
    pub(super) fn watch(&mut self, path: &Path) -> Result<(), Failure> {
        let before = match fs::read(path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(path)(error)),
        };
        self.0.push(Step::Replaced(path.to_owned(), before));
        Ok(())
    }

    /// Keeps which files are in a folder to which somebody else is about to add some.
    pub(super) fn watch_folder(&mut self, path: &Path, ours: &str) -> Result<(), Failure> {
        let before = names(path).map_err(failed(path))?;
        let step = Step::Watched(path.to_owned(), before, ours.to_owned());
        self.0.push(step);
        Ok(())
    }

    /// Takes everything back, the last first; the failure then says what could not be.
    pub(super) fn undo(self, failure: Failure) -> Failure {
        let mut left = Vec::new();
        for step in self.0.into_iter().rev() {
            let path = match &step {
                Step::Folder(path)
                | Step::File(path)
                | Step::Replaced(path, _)
                | Step::Watched(path, ..) => path.display().to_string(),
            };
            if let Err(error) = step.undo() {
                left.push(format!("{path}: {error}"));
            }
        }
        let what = failure.to_string();
        if left.is_empty() {
            Failure::refused(what, "what was made is removed again")
        } else {
            let left = left.join(", ");
            Failure::refused(
                what,
                format!("put this back by hand, which failed here: {left}"),
            )
        }
    }
}

impl Step {
    fn undo(self) -> io::Result<()> {
        match self {
            Self::Folder(path) => fs::remove_dir_all(path),
            Self::File(path) => fs::remove_file(path),
            Self::Replaced(path, Some(before)) => {
                let is_same = fs::read(&path).is_ok_and(|now| now == before);
                if is_same {
                    Ok(())
                } else {
                    whole_file::replace(&path, &before)
                }
            }
            Self::Replaced(path, None) => match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
            Self::Watched(folder, before, ours) => {
                for name in names(&folder)?.difference(&before) {
                    if name.to_string_lossy().contains(&ours) {
                        fs::remove_file(folder.join(name))?;
                    }
                }
                Ok(())
            }
        }
    }
}

fn names(folder: &Path) -> io::Result<BTreeSet<OsString>> {
    fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name()))
        .collect()
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    move |source| Failure::Io {
        path,
        source,
        way_out: "see that it is there and writable",
    }
}
