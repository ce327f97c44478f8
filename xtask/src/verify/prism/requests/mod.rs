//! Requests made of a document's examples, with what the document says of their answers.
//!
//! [`documented()`] makes those that the document allows or refuses, of its [`examples`], each sent to its [`target`];
//! [`limits()`] those that show what Prism does not do.

mod documented;
mod examples;
mod limits;
mod request;
mod target;
#[cfg(test)]
mod tests;

pub(super) use documented::documented;
pub(super) use limits::limits;
pub(super) use request::{Answer, Request};
