#![doc = include_str!("../README.md")]

mod auth;
mod builder;
mod chance;
mod chat;
mod clock;
mod control;
mod dispatch;
mod exchange;
mod faults;
mod handle;
mod http;
mod journal;
mod oauth;
mod origin;
mod provider;
mod rate;
mod routes;
mod seed;
mod server;
mod shared;
mod site;
mod snapshot;
mod start_error;
mod starter;
mod state;
mod store;
mod support;
mod switches;
mod world;
mod zis;

#[doc = include_str!("../CONTROL.md")]
pub mod control_api {}

pub use builder::SandboxBuilder;
pub use exchange::Exchange;
pub use faults::{ActiveRule, Fault, FaultError, FaultRule};
pub use handle::{Clock, Faults, Sandbox};
pub use journal::JournalEntry;
pub use seed::{Seed, SeedError};
pub use snapshot::{RestoreError, Snapshot};
pub use start_error::StartError;
pub use starter::StarterCredentials;
pub use store::StateFileError;
pub use switches::{Profile, Switch, SwitchError, Switches};

// Crates whose types are in this API; of axum, only what is in `axum::http`.
pub use axum;
pub use bytes;
pub use jiff;
pub use serde_json;
