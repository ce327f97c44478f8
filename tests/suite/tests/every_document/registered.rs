//! No document is left out, and nothing is left of one that is gone.

use std::fs;

use xtask::generate::package_name;

use crate::documents::{TOP, documents, snake};

/// The typed tests of a document are in its crate: without them, most is not tested.
#[test]
fn the_client_of_each_document_drives_it() {
    for document in documents() {
        let package = package_name(&document.name);
        let path = format!("{TOP}/crates/{package}/tests/document.rs");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        for needed in [
            format!("{:?}", document.name),
            format!("use {}::", package.replace('-', "_")),
            "\nzendesk_oauth_document_suite::tests!(".to_owned(),
        ] {
            assert!(text.contains(&needed), "{path} has no `{}`", needed.trim());
        }
        let manifest = fs::read_to_string(format!("{TOP}/Cargo.toml")).expect("a workspace");
        let registered = format!("\n{package} = {{ version = ");
        assert!(
            manifest.contains(&registered),
            "{package} is not in [workspace.dependencies]"
        );
    }
}

#[test]
fn each_snapshot_is_of_a_document() {
    let names: Vec<String> = documents().iter().map(snake).collect();
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/every_document/snapshots"
    );
    for entry in fs::read_dir(folder).expect("there are snapshots") {
        let path = entry.expect("it can be read").path();
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        let stem = stem.unwrap_or_default();
        let is_of = |kind: &str, name: &str| stem.ends_with(&format!("__{kind}_{name}"));
        let known = names.iter().any(|name| {
            let kinds = ["lowered", "operation_table_of", "surface_of"];
            kinds.iter().any(|kind| is_of(kind, name))
        });
        assert!(known, "{} is of no document: remove it", path.display());
    }
}
