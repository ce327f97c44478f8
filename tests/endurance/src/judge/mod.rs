//! What is right and what is not: pure decisions over what was seen.

mod ends;
mod growth;
mod rest;

pub(crate) use ends::{Ended, unexplained_end};
pub(crate) use growth::{FEWEST, growth};
pub(crate) use rest::{Resting, unrested};
