//! Reading what was measured.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use crate::{
    bench::{RAW, results::Results},
    outputs::Failure,
};

/// The raw results of these parts, by name. One that is not there is not among them.
///
/// # Errors
/// A file that cannot be read or is not what a part writes, by name.
pub(super) fn read(top: &Path, names: &[&str]) -> Result<BTreeMap<String, Results>, Failure> {
    let mut found = BTreeMap::new();
    for name in names {
        let path = top.join(RAW).join(format!("{name}.json"));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(source) => {
                return Err(Failure::Io {
                    path,
                    source,
                    way_out: "make it a readable file in UTF-8",
                });
            }
        };
        found.insert((*name).to_owned(), parse(name, &text)?);
    }
    unique_plots(&found)?;
    Ok(found)
}

/// The raw results of one part.
///
/// # Errors
/// Where the text is not what a part writes.
pub(super) fn parse(name: &str, text: &str) -> Result<Results, Failure> {
    let refused = |why: String| {
        Failure::refused(
            format!("{RAW}/{name}.json: {why}"),
            format!("measure it again with `cargo xtask bench --only {name}`, or remove it"),
        )
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    let results: Results = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| refused(format!("at {}: {}", error.path(), error.inner())))?;
    reader.end().map_err(|error| refused(error.to_string()))?;
    if results.part != name {
        return Err(refused(format!("it is of the part \"{}\"", results.part)));
    }
    results.check().map_err(refused)?;
    Ok(results)
}

/// Plots lie in one folder.
fn unique_plots(found: &BTreeMap<String, Results>) -> Result<(), Failure> {
    let mut seen = BTreeSet::new();
    for plot in found.values().flat_map(|results| &results.plots) {
        if !seen.insert(&plot.file) {
            return Err(Failure::refused(
                format!("two plots have the name {}", plot.file),
                "give one of them another in its part, and measure that again",
            ));
        }
    }
    Ok(())
}
