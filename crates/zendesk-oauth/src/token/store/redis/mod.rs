//! `RedisStore`: a login that a fleet shares.

mod connection;
mod failure;
mod holder;
mod keep;
mod key;
mod keys;
mod scripts;
mod sealed;
mod store;

pub use key::StoreKey;
pub use store::RedisStore;
