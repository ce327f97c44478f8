//! One target per file.

pub mod answer;
pub mod callback;
pub mod document;
pub mod error_body;
pub mod names;
pub mod pages;
pub mod plan;
pub mod retry_after;
pub mod seed;
pub mod settings;
pub mod state;
pub mod store_file;
