//! `RecordError`: a text that is no record.

use std::error::Error;
use std::fmt;

/// Why a text is no [`Record`](super::Record). Nothing of the text is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// It is no JSON of a record: cut off, damaged, or something else.
    #[non_exhaustive]
    NotARecord {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// It is a record of a later version of this crate.
    #[non_exhaustive]
    LaterFormat {
        /// Its format.
        format: u64,
    },
    /// A time in it is none.
    #[non_exhaustive]
    NoTime {
        /// Which member.
        member: &'static str,
    },
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotARecord { line, column } => write!(
                f,
                "it is no stored login (line {line}, column {column}). It was left as it is: move it \
                 away, and log in again."
            ),
            Self::LaterFormat { format } => write!(
                f,
                "it was written in format {format} by a later version of this crate. It was left as it \
                 is: use that version."
            ),
            Self::NoTime { member } => write!(
                f,
                "its member {member} is no time. It was left as it is: move it away, and log in again."
            ),
        }
    }
}

impl Error for RecordError {}

#[cfg(test)]
mod tests {
    use super::RecordError;

    #[test]
    fn each_error_says_where_and_the_way_out() {
        let (line, column) = (3, 14);
        for (error, where_it_is, way) in [
            (
                RecordError::NotARecord { line, column },
                "(line 3, column 14)",
                "move it away",
            ),
            (
                RecordError::LaterFormat { format: 9 },
                "in format 9",
                "use that version",
            ),
            (
                RecordError::NoTime {
                    member: "end.since",
                },
                "its member end.since",
                "move it away",
            ),
        ] {
            let text = error.to_string();
            assert!(text.contains(where_it_is) && text.contains(way), "{text}");
            assert!(text.contains("It was left as it is"), "{text}");
        }
    }
}
