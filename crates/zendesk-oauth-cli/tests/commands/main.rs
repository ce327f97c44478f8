//! The real binary against a sandbox, command by command.

mod common;

mod account;
mod api;
mod api_secrets;
mod api_text;
mod audit;
mod canary;
mod chat_tokens;
mod clients;
mod completions;
mod config;
mod config_order;
mod connections;
mod doctor;
mod documents;
mod dry_runs;
mod global_clients;
mod grant;
mod interrupted;
mod login;
mod manners;
mod migrate;
mod plain_words;
mod records;
mod revoke;
mod rotate;
mod terminal;
mod tokens;
