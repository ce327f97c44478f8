//! The work of the program `scaling`.

pub(crate) mod callers;
pub(crate) mod lapse;
pub(crate) mod list;
pub(crate) mod orders;
pub(crate) mod pages;
pub(crate) mod processor;
pub(crate) mod runtime;
pub(crate) mod side;

/// Why something was not done.
pub(crate) type Failed = Box<dyn std::error::Error + Send + Sync>;
