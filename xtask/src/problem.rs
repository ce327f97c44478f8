//! What is wrong with a document: where, why, and the way out.

use std::fmt;

/// A place in a file, both numbers counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

/// One thing that is wrong with one document.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The document's path from the top of the repository.
    pub file: String,
    /// Where in the text, if that is known.
    pub position: Option<Position>,
    /// The rule that is broken, as `cargo xtask lint --rules` lists it.
    pub rule: &'static str,
    /// JSON pointer of the place; empty for the whole document.
    pub pointer: String,
    /// What is wrong, and why that matters.
    pub reason: String,
    /// What to write instead.
    pub way_out: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(Position { line, column }) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": error[{}]", self.rule)?;
        if !self.pointer.is_empty() {
            write!(f, " at {}", self.pointer)?;
        }
        write!(f, "\n  why: {}\n  do:  {}", self.reason, self.way_out)
    }
}

/// Everything that is wrong, never empty.
#[derive(Clone, Debug)]
pub struct Problems(pub Vec<Problem>);

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        let count = self.0.len();
        write!(f, "{count} problem{}", if count == 1 { "" } else { "s" })
    }
}

impl std::error::Error for Problems {}
