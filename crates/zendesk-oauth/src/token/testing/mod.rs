//! What the tests of this folder have in common: a clock, a store that fails on demand, and a token
//! endpoint that rotates and loses answers.

mod clock;
mod endpoint;
mod errors;
mod faulty_store;
mod logins;

pub(super) use clock::FastClock;
pub(super) use endpoint::{Endpoint, Reply};
pub(super) use errors::answered;
pub(super) use faulty_store::{Fault, FaultyStore};
pub(super) use logins::{BASE_URL, CLIENT_ID, issued, noon, record};
