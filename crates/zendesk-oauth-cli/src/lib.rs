#![doc = include_str!("../README.md")]

mod account;
mod api;
mod areas;
mod arguments;
mod audit;
mod calendar;
mod change;
mod chat_tokens;
mod clients;
mod completions;
mod config;
mod connections;
mod doctor;
mod failure;
mod files;
mod global_clients;
mod grant;
mod interrupt;
mod lifetime;
mod listing;
mod live;
mod login;
mod man;
mod migrate;
mod new_secret;
mod output;
mod profile;
mod refusal;
mod revoke;
mod rotate;
mod run;
mod sandbox;
mod text;
mod tokens;
mod tour;
mod who;

#[doc(hidden)]
pub mod hostile;

pub use run::run;
