//! What generating one grown document takes, measured in a process of its own: `cargo xtask bench-generation`.

use std::{fs, path::Path, time::Instant};

use serde::{Deserialize, Serialize};

use super::grown::grown;
use crate::{codegen, document::Document, lint, outputs::Failure};

/// The document whose operations are copied.
const TEMPLATE: &str = "openapi/support-oauth-clients.yaml";

/// The stages in their order: reading the YAML, our rules, our rewrites of the document, progenitor, our rewrites of
/// its output, prettyplease.
pub(super) const STAGES: [&str; 6] = ["parse", "lint", "lower", "progenitor", "reshape", "format"];

/// What one document took.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Taken {
    /// Seconds, by stage.
    pub(super) seconds: [f64; STAGES.len()],
    /// The most memory that the process had in use, in KiB; none where the system does not tell.
    pub(super) peak: Option<f64>,
    /// Bytes of the document.
    pub(super) document: usize,
    /// Bytes of the generated code.
    pub(super) generated: usize,
}

/// Generates from a document of so many operations, and prints what it took as JSON.
///
/// # Errors
/// When the template cannot be read, or what grows out of it cannot be generated from.
pub fn run(top: &Path, operations: usize) -> Result<(), Failure> {
    let path = top.join(TEMPLATE);
    let text = fs::read_to_string(&path).map_err(|source| Failure::Io {
        path,
        source,
        way_out: "run it from a clone of the repository, or give --root",
    })?;
    let taken = measured(&text, operations)?;
    let text = serde_json::to_string(&taken).expect("names and numbers are JSON");
    println!("{text}");
    Ok(())
}

fn measured(template: &str, operations: usize) -> Result<Taken, Failure> {
    let template = Document::parse("grown", template).map_err(Failure::Documents)?;
    let text = serde_saphyr::to_string(&grown(&template.root, operations))
        .map_err(|error| Failure::refused(error.to_string(), "mend what grows the document"))?;
    let mut seconds = Vec::new();
    let mut last = Instant::now();
    let mut next = |()| {
        seconds.push(last.elapsed().as_secs_f64());
        last = Instant::now();
    };
    let document = Document::parse("grown", &text).map_err(Failure::Documents)?;
    next(());
    lint::check(&document).map_err(Failure::Documents)?;
    next(());
    let generated = codegen::generate_in_stages(&document, &mut || next(()));
    let generated = generated.map_err(Failure::Documents)?;
    let peak = peak();
    syn::parse_file(&generated).map_err(|error| {
        Failure::refused(
            format!("what was generated is not Rust: {error}"),
            "mend the generator",
        )
    })?;
    let count = seconds.len();
    Ok(Taken {
        seconds: seconds.try_into().map_err(|_| {
            Failure::refused(
                format!("there are {count} stages"),
                "name them in STAGES as they are told",
            )
        })?,
        peak,
        document: text.len(),
        generated: generated.len(),
    })
}

/// In KiB.
fn peak() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grown_document_is_one_that_we_generate_from() {
        let template = include_str!("../../../../../openapi/support-oauth-clients.yaml");
        for operations in [1, 7, 15, 30] {
            let template = Document::parse("grown", template).expect("it is read");
            let root = grown(&template.root, operations);
            let text = serde_saphyr::to_string(&root).expect("written");
            let document = Document::parse("grown", &text).expect("read");
            assert_eq!(crate::openapi::operations(&document.root).len(), operations);
        }
        let taken = measured(template, 15).unwrap_or_else(|failure| panic!("{failure}"));
        assert!(taken.generated > taken.document);
    }
}
