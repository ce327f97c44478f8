//! The single flight of a source: its very code, in every order that a scheduler finds.
//!
//! `model` runs it on the primitives of shuttle, `wakers` on those of the standard library.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]
#![allow(clippy::duplicate_mod, reason = "once for each kind of primitives")]

mod model;
mod wakers;
