//! Tests of the local Zendesk, over the wire. Document, sandbox and client must not drift apart, so
//! whatever crosses the wire in any of these tests is held against the published documents.

mod authorization;
mod chat;
mod clients;
mod connections;
mod contract;
mod control;
mod current_user;
mod determinism;
mod drift;
mod durability;
mod faults;
mod global_clients;
mod grants;
mod handle;
mod hostile;
mod journal;
mod journal_of_dead_secrets;
mod oauth;
mod pages;
mod refusals;
mod replacing;
mod seed;
mod state_file;
mod support_token_lists;
mod support_tokens;
mod users;
mod zendesk;
mod zis;
