//! The pages of a list that were seen: a number for each, as there may be many.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

use crate::failure::Failure;

#[derive(Default)]
pub(crate) struct Trail {
    hasher: RandomState,
    seen: HashSet<u64>,
}

impl Trail {
    /// Goes to this page. Fails if it was seen already: it would be followed for ever.
    pub(crate) fn step(&mut self, path: &str) -> Result<(), Failure> {
        if self.seen.insert(self.hasher.hash_one(path)) {
            return Ok(());
        }
        Err(Failure::failed(
            "the pages lead round in a circle: the list is not complete",
        ))
    }
}
