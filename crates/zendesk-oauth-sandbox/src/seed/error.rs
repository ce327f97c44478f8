//! Why a seed file is not taken.

use std::fmt;

use super::path::Path;

/// A line and a column, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A seed that is not taken: where it is wrong, why, and what to do. It never holds a value of the
/// file, as any of them may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedError {
    file: String,
    place: Option<Place>,
    path: String,
    reason: String,
    way_out: String,
}

impl SeedError {
    pub(super) fn new(file: &str, place: Option<Place>, defect: Defect) -> Self {
        Self {
            file: file.to_owned(),
            place,
            path: defect.path.to_string(),
            reason: defect.reason,
            way_out: defect.way_out,
        }
    }

    /// The file, as it was named to the sandbox.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1; none if the file could not be read at all.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.place.map(|place| place.line)
    }

    /// The column in characters, from 1; none if the file could not be read at all.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.place.map(|place| place.column)
    }

    /// What the error is about, such as `clients[0].identifier`; empty if that is the file as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// What to do.
    #[must_use]
    pub fn way_out(&self) -> &str {
        &self.way_out
    }
}

/// `FILE:LINE:COLUMN: PATH: reason; what to do`.
impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some(Place { line, column }) = self.place {
            write!(f, "{line}:{column}:")?;
        }
        if !self.path.is_empty() {
            write!(f, " {}:", self.path)?;
        }
        write!(f, " {}; {}", self.reason, self.way_out)
    }
}

impl std::error::Error for SeedError {}

/// What is wrong with a seed, before anybody knows of which file.
#[derive(Clone, Debug)]
pub(super) struct Defect {
    pub(super) path: Path,
    /// Where it stands, when that is known already.
    pub(super) place: Option<Place>,
    pub(super) reason: String,
    pub(super) way_out: String,
}

impl Defect {
    pub(super) fn new(path: Path, reason: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self {
            path,
            place: None,
            reason: reason.into(),
            way_out: way_out.into(),
        }
    }

    pub(super) fn at(place: Place, reason: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self {
            place: Some(place),
            ..Self::new(Path::default(), reason, way_out)
        }
    }
}
