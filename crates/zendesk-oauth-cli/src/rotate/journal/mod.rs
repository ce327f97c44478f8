//! What is kept of a rotation on disk, so that one that was interrupted can be told and ended. It never holds a
//! secret.

mod file;
mod place;
mod record;
mod shelf;

pub(super) use file::{JournalFile, read};
pub(super) use place::Place;
pub(super) use record::{ClientFacts, Journal, Rotation, Step, Verification};
pub(super) use shelf::Shelf;
