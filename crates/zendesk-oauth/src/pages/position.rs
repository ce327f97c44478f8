//! `Position`: which page to ask for.

use super::Cursor;

/// Which page to ask for. It says the way of paging, too: no list mixes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// By cursor: from the beginning.
    First,
    /// By cursor: `page[after]`.
    After(Cursor),
    /// By cursor, towards the beginning: `page[before]`.
    Before(Cursor),
    /// By offset: `page`, from 1.
    Number(u32),
}

impl Position {
    pub(crate) fn cursor(&self) -> Option<&Cursor> {
        match self {
            Self::After(cursor) | Self::Before(cursor) => Some(cursor),
            Self::First | Self::Number(_) => None,
        }
    }

    pub(crate) fn number(&self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}
