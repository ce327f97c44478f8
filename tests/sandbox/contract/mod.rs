//! The published documents as a judge of exchanges.
//!
//! A document leaves objects open, as clients must accept what Zendesk adds. What we send and what our
//! sandbox answers has no such excuse: here a key that no document names is a fault.

mod body;
mod closing;
mod composition;
mod coverage;
mod credentials;
mod exchange;
mod keywords;
mod operations;
mod parameters;
mod paths;
mod request;
mod response;
mod schema;
mod tests;
mod texts;
mod violations;

pub(crate) use coverage::Coverage;
pub(crate) use exchange::{Checked, Exchange};
pub(crate) use operations::Contract;
