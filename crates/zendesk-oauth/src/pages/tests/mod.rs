//! The walk through a list that is in memory.

mod ahead;
mod list;
mod properties;
mod resuming;
