//! The package for npm: the documents, and what says how to get at them.
//!
//! Its name stands in `openapi/publish/package.json` alone.

use std::{collections::BTreeMap, fs, path::Path};

use super::{Form, bundle, forms, index, licences, ordered::Node, readme::rows, template::fill};
use crate::{document::Document, openapi::text, outputs::Failure};

/// The hand-written part of the package's `package.json`.
const TEMPLATE: &str = "openapi/publish/package.json";

/// The files of the package, by their path below `npm/`. `documents` holds every document and, last, the bundle.
///
/// # Errors
/// When the template or a licence is missing, or the template is not what it must be.
pub fn files(top: &Path, documents: &[Document]) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut files = BTreeMap::new();
    for document in documents {
        for form in Form::ALL {
            files.insert(form.file(&document.name), form.write(document).into_bytes());
        }
    }
    let list = index::index(documents, &files);
    files.insert("index.json".to_owned(), list.into_bytes());
    let published: Vec<String> = files.keys().cloned().collect();
    files.extend(licences::read(top)?);
    let template = parsed(&read(top, TEMPLATE)?)?;
    let name = text(&template.root, "name");
    files.insert("README.md".to_owned(), readme(name, documents).into_bytes());
    let package = package(&template, documents, &published)?;
    files.insert("package.json".to_owned(), package.into_bytes());
    Ok(files)
}

/// The hand-written part: JSON is YAML, and so its members keep their order.
fn parsed(text: &str) -> Result<Document, Failure> {
    Document::parse_file("publish/package", TEMPLATE, text).map_err(Failure::Documents)
}

fn read(top: &Path, name: &str) -> Result<String, Failure> {
    let path = top.join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text.replace("\r\n", "\n")),
        Err(source) => Err(Failure::Io {
            path,
            source,
            way_out: "the npm package needs it: bring it back from git",
        }),
    }
}

/// The template with version, files and exports filled in.
fn package(
    template: &Document,
    documents: &[Document],
    files: &[String],
) -> Result<String, Failure> {
    let version = documents
        .last()
        .map_or("", |bundle| text(&bundle.root["info"], "version"));
    // npm takes README.md and package.json by itself, but not licences of these names.
    let listed = files.iter().map(String::as_str).chain(licences::NAMES);
    let listed = listed.map(Node::text).collect();
    let mut exports = vec![(
        ".".to_owned(),
        Node::text(format!("./{}.json", bundle::NAME)),
    )];
    let each = files.iter().map(String::as_str).chain(["package.json"]);
    exports.extend(each.map(|file| (format!("./{file}"), Node::text(format!("./{file}")))));
    let mut filled = BTreeMap::from([
        ("version", Node::text(version)),
        ("files", Node::List(listed)),
        ("exports", Node::Map(exports)),
    ]);
    let members = Node::of(template)
        .members()
        .iter()
        .map(|(name, node)| {
            let node = filled.remove(name.as_str()).unwrap_or_else(|| node.clone());
            (name.clone(), node)
        })
        .collect();
    if let Some((member, _)) = filled.first_key_value() {
        return Err(Failure::refused(
            format!("{TEMPLATE} has no member `{member}`"),
            "write it with an empty value, where it is to stand: its value is filled in",
        ));
    }
    Ok(forms::json(&Node::Map(members)))
}

fn readme(package: &str, documents: &[Document]) -> String {
    let rows = rows(documents);
    let first = documents.first().map_or("", |document| &document.name);
    let values = [
        ("package", package),
        ("documents", &rows),
        ("bundle", bundle::NAME),
        ("first", first),
    ];
    fill(include_str!("README.md"), &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Published;

    #[test]
    fn version_files_and_exports_are_filled_in_and_the_rest_is_as_written() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let published = Published::read(&top).expect("the documents of this repository");
        let files = files(&top, &published.documents).expect("the package");
        let package: serde_json::Value =
            serde_json::from_slice(&files["package.json"]).expect("JSON");
        assert_eq!(
            package["version"],
            published.bundle().root["info"]["version"]
        );
        assert_eq!(package["license"], "MIT OR Apache-2.0");
        for absent in ["scripts", "dependencies"] {
            assert!(package.get(absent).is_none(), "{absent}");
        }
        for document in &published.documents {
            for form in Form::ALL {
                let file = form.file(&document.name);
                assert!(files.contains_key(&file), "{file}");
                let exported = &package["exports"][format!("./{file}")];
                assert_eq!(*exported, format!("./{file}"));
            }
        }
        let readme = String::from_utf8(files["README.md"].clone()).expect("text");
        assert!(readme.contains(text(&package, "name")), "{readme}");
    }

    #[test]
    fn a_broken_template_is_named_by_its_file() {
        let text = parsed("{\n  \"name\": \"x\",\n")
            .expect_err("refused")
            .to_string();
        assert!(text.starts_with("openapi/publish/package.json:"), "{text}");
    }

    #[test]
    fn a_template_without_a_place_for_the_version_is_refused() {
        let template = Document::parse("x", "{name: x, files: [], exports: {}}").expect("YAML");
        let text = package(&template, &[], &[])
            .expect_err("refused")
            .to_string();
        assert!(text.contains("`version`"), "{text}");
    }
}
