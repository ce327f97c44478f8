//! The site of the documents, opened from its files.

mod addresses;
mod folder;
mod heading;
mod layout;
mod quiet;
mod search;
