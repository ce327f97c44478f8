//! What is wrong with a condition, and where.

use std::fmt;

/// A mistake in the text of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The character, counted from 1.
    place: usize,
    found: String,
    allowed: String,
}

impl Mistake {
    pub(super) fn new(place: usize, found: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self {
            place,
            found: found.into(),
            allowed: allowed.into(),
        }
    }

    #[cfg(test)]
    pub(super) fn place(&self) -> usize {
        self.place
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            place,
            found,
            allowed,
        } = self;
        write!(f, "at character {place}: {found}; allowed here: {allowed}")
    }
}
