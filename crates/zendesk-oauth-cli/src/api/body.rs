//! The body of a request, from a file.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;

use crate::failure::Failure;

/// No API takes more.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The JSON in the file. Errors say where it is wrong, and nothing of what it holds.
pub(super) fn read(path: &Path) -> Result<Value, Failure> {
    let unfit = |why: &str| Failure::usage(format!("--input {}: {why}", path.display()));
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes))
    };
    read.map_err(|error| unfit("it cannot be read").because(error))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        unfit(&format!(
            "it is no JSON from line {line}, column {column} on"
        ))
    })
}
