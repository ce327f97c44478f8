//! What commands that change something have in common: a person's consent, a dry run that shows the request,
//! and a place for a secret that comes back.

mod confirm;
mod dry_run;
mod env_file;
mod flags;
mod listener;
mod rescue;
mod secret_command;
mod secret_input;
mod shown_request;
mod sink;
#[cfg(test)]
mod sink_tests;
mod terminal;

pub(crate) use confirm::confirm;
pub(crate) use dry_run::{placeholder, show_request};
pub(crate) use env_file::get as env_file_value;
pub(crate) use flags::ChangeFlags;
pub(crate) use rescue::rescue;
pub(crate) use secret_input::{SecretInput, first_line, read_secret};
pub(crate) use sink::{Delivered, Sink, SinkFlags};
