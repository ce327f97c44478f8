//! The tables of `openapi/README.md`: what was tried with what outcome, and the limits.
//!
//! [`mod@render`] makes their text; here they are written into the file, or compared with it.

mod render;
#[cfg(test)]
mod tests;

use std::{fs, path::Path};

use similar::TextDiff;

use crate::{outputs::Failure, whole_file};

pub use render::render;

/// The file that holds the tables.
pub const FILE: &str = "openapi/README.md";
const BEGIN: &str = "<!-- Written by `cargo xtask spec --verify`, never by hand. -->";
const END: &str = "<!-- End of what is written. -->";

/// Replaces the tables.
///
/// # Errors
/// A file that cannot be read or written, or has no place for them.
pub fn write(top: &Path, tables: &str) -> Result<(), Failure> {
    let (before, after) = replaced(top, tables)?;
    if before == after {
        println!("{FILE} unchanged");
        return Ok(());
    }
    let path = top.join(FILE);
    whole_file::replace(&path, after.as_bytes()).map_err(|source| Failure::Io {
        path,
        source,
        way_out: "make the folder writable",
    })?;
    println!("{FILE} changed: look at its diff");
    Ok(())
}

/// Compares the tables with those that are committed.
///
/// # Errors
/// The verdict with a diff when they differ.
pub fn check(top: &Path, tables: &str) -> Result<(), Failure> {
    let (before, after) = replaced(top, tables)?;
    if before == after {
        println!("{FILE} is up to date");
        return Ok(());
    }
    let diff = TextDiff::from_lines(&before, &after);
    let diff = diff
        .unified_diff()
        .context_radius(0)
        .header(&format!("a/{FILE}"), &format!("b/{FILE}"))
        .to_string();
    Err(Failure::Verdict(format!(
        "{diff}\nthe table of {FILE} is out of date; run `cargo xtask spec --verify` and look at its diff"
    )))
}

/// The file before and after.
fn replaced(top: &Path, tables: &str) -> Result<(String, String), Failure> {
    let path = top.join(FILE);
    let before = fs::read_to_string(&path).map_err(|source| Failure::Io {
        path,
        source,
        way_out: "run it from a clone of the repository, or give --root",
    })?;
    let Some((head, _, tail)) = parts(&before) else {
        return Err(Failure::refused(
            format!("{FILE} has no place for the table"),
            format!("put the lines `{BEGIN}` and `{END}` where it is to stand"),
        ));
    };
    let after = format!("{head}{BEGIN}\n\n{tables}\n{END}{tail}");
    Ok((before, after))
}

/// What stands before the markers, between and after them.
fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let (head, rest) = text.split_once(BEGIN)?;
    let (tables, tail) = rest.split_once(END)?;
    Some((head, tables, tail))
}
