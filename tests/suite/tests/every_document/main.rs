//! What can be known of every document and its generated code without compiling it: a loop over the
//! documents that are there, so that a new one needs no edit here.
//!
//! `INSTA_UPDATE=always cargo test -p zendesk-oauth-document-suite` accepts a change; then read the diff.

mod documents;
mod generated;
mod lowered;
mod operation_table;
mod registered;
mod surface;
