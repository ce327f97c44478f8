//! A plan while it is made: the entries are on the disk, as there may be more than memory should hold, and the
//! header, which counts them, comes before them in the end.

use std::io::{self, BufWriter, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Header, journal_path};
use crate::failure::Failure;
use crate::files;

/// Entries, and where the plan will be. Dropped unfinished, it leaves nothing.
pub(super) struct Draft {
    entries: BufWriter<std::fs::File>,
    /// Nothing is standard output.
    target: Option<PathBuf>,
}

impl Draft {
    /// Makes sure that the plan can be written, before anybody waits for it.
    pub(super) fn begin(target: Option<&Path>, overwrite: bool) -> Result<Self, Failure> {
        let Some(target) = target else {
            let entries = tempfile::tempfile().map_err(|error| {
                Failure::failed("there is no place for the plan's entries").because(error)
            })?;
            return Ok(Self::of(entries, None));
        };
        let shown = target.display();
        if target.is_dir() {
            return Err(Failure::usage(format!(
                "--out {shown} is a folder; name a file in it"
            )));
        }
        if target.symlink_metadata().is_ok() && !overwrite {
            return Err(exists(target));
        }
        let journal = journal_path(target);
        if journal.symlink_metadata().is_ok() {
            let journal = journal.display();
            return Err(Failure::usage(format!(
                "{journal} tells what was done by an earlier plan of that name: name another file, or move both away"
            )));
        }
        let entries = tempfile::tempfile_in(files::folder_of(target)).map_err(|error| {
            Failure::usage(format!("--out {shown} cannot be written")).because(error)
        })?;
        Ok(Self::of(entries, Some(target.to_owned())))
    }

    fn of(entries: std::fs::File, target: Option<PathBuf>) -> Self {
        Self {
            entries: BufWriter::new(entries),
            target,
        }
    }

    /// Adds a line.
    pub(super) fn add(&mut self, entry: &impl Serialize) -> Result<(), Failure> {
        write_line(&mut self.entries, entry)
            .map_err(|error| Failure::failed("the plan's entries cannot be written").because(error))
    }

    /// Writes the plan, whole or not at all.
    pub(super) fn finish(self, header: &Header, overwrite: bool) -> Result<(), Failure> {
        let Some(target) = self.target.clone() else {
            return self.print(header);
        };
        let shown = target.display().to_string();
        let unwritten =
            |error: io::Error| Failure::failed(format!("{shown} cannot be written")).because(error);
        let file = files::Draft::of(&target).map_err(unwritten)?;
        let written = file.publish_written(overwrite, |file| self.copy(header, file));
        written.map_err(|error| {
            if !overwrite && error.kind() == io::ErrorKind::AlreadyExists {
                exists(&target)
            } else {
                unwritten(error)
            }
        })
    }

    fn print(self, header: &Header) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        let written = self.copy(header, &mut out);
        written.and_then(|()| out.flush()).map_err(|error| {
            if error.kind() == io::ErrorKind::BrokenPipe {
                Failure::closed_pipe()
            } else {
                Failure::failed("standard output cannot be written to").because(error)
            }
        })
    }

    fn copy(self, header: &Header, to: &mut impl io::Write) -> io::Result<()> {
        write_line(to, header)?;
        let mut entries = self
            .entries
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        entries.rewind()?;
        io::copy(&mut entries, to)?;
        Ok(())
    }
}

fn write_line(to: &mut impl io::Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *to, line)?;
    to.write_all(b"\n")
}

fn exists(target: &Path) -> Failure {
    let shown = target.display();
    Failure::usage(format!(
        "{shown} is there already: name another file, or say --overwrite"
    ))
}
