//! What the repository does to itself.
//!
//! The way of a document: [`document`] reads YAML with positions, [`lint`] refuses what no reader or
//! generator should get, [`lower`] rewrites what progenitor cannot take, [`codegen`] turns the result
//! into `generated.rs`, [`contract`] what it says of answers into `contract.json`, and [`outputs`] writes
//! both or compares them with what is there.
//!
//! [`spec`] builds what is published of the documents, [`verify`] tries it in other people's tools, and
//! [`new`] makes the skeleton of a new document.
//!
//! [`mod@bench`] measures and writes the report, [`soak`] keeps everything busy for a while, and [`full`] runs the checks that
//! take longer than CI may.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "this crate is read in its source, where private modules are what a table of contents names"
)]

pub mod bench;
pub mod codegen;
pub mod contract;
pub mod document;
pub mod full;
pub mod generate;
pub mod lint;
pub mod lower;
pub mod new;
pub mod openapi;
pub mod outputs;
pub mod pointer;
pub mod problem;
pub mod roles;
pub mod soak;
pub mod spec;
pub mod verify;
pub mod whole_file;
