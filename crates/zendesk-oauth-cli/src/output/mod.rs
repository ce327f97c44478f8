//! Standard output is data, standard error is talk. Either may be closed: nobody reads then, and that is
//! no reason to panic as `println!` does.

mod flags;
mod format;
mod members;
mod progress;
mod redact;
mod rows;
mod shape;
mod short;
mod stream;
mod table;
mod terminal;
mod widths;

pub(crate) use flags::OutputFlags;
pub(crate) use format::Format;
pub(crate) use members::harmless;
pub(crate) use progress::Progress;
pub(crate) use redact::{is_secret, without_secrets};
pub(crate) use rows::Rows;
pub(crate) use shape::Shape;
pub(crate) use stream::{complain, is_colourful, print, talk, write};
