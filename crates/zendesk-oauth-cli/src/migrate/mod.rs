//! `zendesk-oauth migrate`: from an API token to OAuth, while the API token works.

mod arguments;
mod check;
mod client;
mod compare;
mod left;
mod old_way;
mod plan;
mod profile;
mod record;
mod run;
mod scopes;
mod talk;
mod try_out;

pub(crate) use arguments::Arguments;
pub(crate) use run::run;
pub(crate) use scopes::wide;
