//! Tests that cross crates: documents, generated code and run time together.
//!
//! The expectations come from the documents (through xtask's reading view) or are written out here by
//! hand; none is derived from the generated code that is under test.

mod answers;
mod canary;
mod debug;
mod examples;
mod generated;
mod json_schemas;
mod lowered;
mod operation_table;
mod requests;
mod support;
mod surface;
