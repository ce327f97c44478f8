//! What the tests of all crates share: a loopback server, a listener that must see nothing, and
//! everything that an error prints.
//!
//! It knows HTTP/1.1 and sockets, and none of our crates: they may all use it in their tests.

mod answer;
mod connection;
mod loopback;
mod printed;
mod request;
mod silence;

pub use answer::{answer, answer_claiming};
pub use connection::Connection;
pub use loopback::Loopback;
pub use printed::printed;
pub use request::Request;
pub use silence::Silence;

/// The example of the repository's README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
