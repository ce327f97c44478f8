//! `zendesk-oauth doctor`: what works, what does not, and what ends when. It changes nothing.

mod address;
mod arguments;
mod chat;
mod clock;
mod deadlines;
mod finding;
mod private;
mod probe;
mod rate;
mod retired;
mod run;
mod settings;
mod support;
mod token;
mod zis;

pub(crate) use arguments::Arguments;
pub(crate) use run::run;
