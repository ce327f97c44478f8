//! Tokens that flags name a file of.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use zendesk_oauth::Secret;

use super::environment::token;
use crate::change;
use crate::failure::Failure;
use crate::files::warn_if_others_can_read;

/// The token on the first line of a file; `-` is standard input.
pub(crate) fn read(file: &Path) -> Result<Secret, Failure> {
    if file == Path::new("-") {
        return first_line(std::io::stdin(), "standard input");
    }
    let shown = file.display().to_string();
    let opened = File::open(file);
    let opened = opened.map_err(|error| {
        Failure::usage_because(format!("{shown}: the token cannot be read"), error)
    })?;
    if let Ok(found) = opened.metadata() {
        warn_if_others_can_read(&found, file);
    }
    first_line(opened, &shown)
}

/// The token on the first line of this input.
pub(crate) fn first_line(input: impl Read, name: &str) -> Result<Secret, Failure> {
    let text = change::first_line(input).map_err(|error| {
        Failure::usage_because(format!("{name}: the token cannot be read"), error)
    })?;
    token(&text).map_err(|why| Failure::usage(format!("{name}:1: {why}")))
}
