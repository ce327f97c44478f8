//! Why a state file is not taken.

use std::fmt;
use std::io;
use std::path::Path;

/// A state file that is not taken: which, where in it, why, and what to do. The file is as it was.
#[derive(Debug)]
pub struct StateFileError {
    file: String,
    place: Option<(usize, usize)>,
    reason: String,
    way_out: &'static str,
    source: Option<io::Error>,
}

impl StateFileError {
    pub(super) fn new(path: &Path, reason: impl Into<String>, way_out: &'static str) -> Self {
        Self {
            file: path.display().to_string(),
            place: None,
            reason: reason.into(),
            way_out,
            source: None,
        }
    }

    pub(super) fn at(mut self, line: usize, column: usize) -> Self {
        self.place = Some((line, column));
        self
    }

    pub(super) fn because(mut self, source: io::Error) -> Self {
        self.source = Some(source);
        self
    }
}

/// `FILE:LINE:COLUMN: reason; what to do`.
impl fmt::Display for StateFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some((line, column)) = self.place {
            write!(f, "{line}:{column}:")?;
        }
        write!(f, " {}", self.reason)?;
        if let Some(source) = &self.source {
            write!(f, " ({source})")?;
        }
        write!(f, "; {}", self.way_out)
    }
}

/// Its text says the cause, between what happened and what to do; a source would say it twice.
impl std::error::Error for StateFileError {}

/// A change is in memory and not in the state file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotStored;
