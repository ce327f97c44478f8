//! The licences, at the top of the repository and beside whatever is published.

use std::{collections::BTreeMap, fs, path::Path};

use crate::outputs::Failure;

/// Their names.
pub(super) const NAMES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// Each with its text.
///
/// # Errors
/// One that cannot be read.
pub(super) fn read(top: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    NAMES
        .into_iter()
        .map(|name| {
            let path = top.join(name);
            match fs::read_to_string(&path) {
                Ok(text) => Ok((name.to_owned(), text.replace("\r\n", "\n").into_bytes())),
                Err(source) => Err(Failure::Io {
                    path,
                    source,
                    way_out: "it is published with the documents: bring it back from git",
                }),
            }
        })
        .collect()
}
