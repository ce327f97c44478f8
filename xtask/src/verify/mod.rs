//! `cargo xtask spec --verify`: the documents, tried in other people's tools.
//!
//! [`tool`] is what a tool is to the runner, and the list of all; [`linters`], [`prism`] and [`generators`] (each a [`client`]) are the
//! tools. [`pins`] reads the versions, [`mod@install`] installs them, [`requirements`] says what is missing. [`runner`]
//! tries each tool on each document; [`scenario`] judges what a scenario program prints and [`sandbox`] starts what it
//! talks to. [`limits`] lists what a tool is known not to do, and [`table`] writes it all down. [`process`] runs
//! programs, each with a deadline.

pub mod client;
pub mod generators;
pub mod install;
pub mod job;
pub mod limits;
pub mod linters;
pub mod pins;
pub mod prism;
pub mod process;
pub mod requirements;
pub mod runner;
pub mod sandbox;
pub mod scenario;
pub mod subjects;
pub mod table;
pub mod tool;

pub use {
    install::{install, relock},
    runner::{Ask, run},
};
