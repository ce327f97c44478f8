//! Slowing down before the rate limit is reached.

#[cfg(test)]
mod boundaries;
#[cfg(test)]
mod properties;
mod rate_limit;
mod schedule;
mod settings;

pub use settings::Pacing;
pub(crate) use settings::Place;
