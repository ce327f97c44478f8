//! A running sandbox in the hands of its own process.

mod clock;
mod faults;
mod sandbox;

pub use clock::Clock;
pub use faults::Faults;
pub use sandbox::Sandbox;
