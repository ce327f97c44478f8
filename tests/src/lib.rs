//! What the tests of all crates share: a loopback server, a listener that must see nothing, a port at
//! which nobody listens, a way to a server that can be cut, a Redis, everything that an error prints, and
//! everything that is traced.
//!
//! It knows HTTP/1.1, sockets, Redis and tracing, and none of our crates: they may all use it in their tests.

mod answer;
mod closed;
mod connection;
mod cut;
mod loopback;
mod printed;
mod redis_server;
mod request;
mod silence;
mod traces;

pub use answer::{answer, answer_claiming};
pub use closed::Closed;
pub use connection::Connection;
pub use cut::Cut;
pub use loopback::Loopback;
pub use printed::printed;
pub use redis_server::RedisServer;
pub use request::Request;
pub use silence::Silence;
pub use traces::Traces;

/// The example of the repository's README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
