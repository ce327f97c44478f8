//! What `cargo xtask spec` builds of the repository's own documents.

#![allow(
    clippy::unwrap_used,
    reason = "a panic in a test is the failure report"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;
use xtask::{
    openapi::{array, operations, walk},
    spec::{Form, MARKER, Published, index::sha256},
};

const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn published() -> Published {
    Published::read(Path::new(TOP)).unwrap_or_else(|failure| panic!("{failure}"))
}

fn json(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Value {
    serde_json::from_slice(&files[name]).unwrap()
}

fn spec(top: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["spec", "--no-site"])
        .args(arguments)
        .arg("--root")
        .arg(top)
        .output()
        .unwrap()
}

#[test]
fn every_form_says_the_same() {
    let published = published();
    let files = published.files();
    for document in &published.documents {
        assert_eq!(
            json(&files, &Form::Json.file(&document.name)),
            document.root
        );
        let flat = json(&files, &Form::Dereferenced.file(&document.name));
        let mut examined = 0;
        walk(&flat, "", &mut |pointer, value| {
            assert!(value.get("$ref").is_none(), "{}: {pointer}", document.name);
            examined += 1;
        });
        assert!(examined > 500, "{} is nearly empty", document.name);
        let ids = |root: &Value| -> Vec<String> {
            operations(root)
                .iter()
                .map(|it| it.id().to_owned())
                .collect()
        };
        assert_eq!(ids(&flat), ids(&document.root));
    }
}

#[test]
fn the_bundle_has_every_operation_with_its_own_security_below_one_server() {
    let published = published();
    let bundle = &published.bundle().root;
    let merged: BTreeMap<_, _> = operations(bundle)
        .into_iter()
        .map(|it| (it.id(), it))
        .collect();
    let mut count = 0;
    for document in &published.documents[..published.documents.len() - 1] {
        let server = document.root["servers"][0]["url"].as_str().unwrap();
        let stem = server.trim_start_matches("https://{subdomain}.zendesk.com");
        for operation in operations(&document.root) {
            let there = &merged[operation.id()];
            assert_eq!(there.method, operation.method);
            assert_eq!(there.path, format!("{stem}{}", operation.path));
            let schemes = |root: &Value, of: &Value| -> Vec<Value> {
                array(of, "security")
                    .iter()
                    .flat_map(|it| it.as_object().unwrap().iter())
                    .map(|(name, scopes)| {
                        serde_json::json!([root["components"]["securitySchemes"][name], scopes])
                    })
                    .collect()
            };
            assert_eq!(
                schemes(bundle, there.value),
                schemes(&document.root, operation.value),
                "{}",
                operation.id()
            );
            count += 1;
        }
    }
    assert_eq!(merged.len(), count);
    assert!(
        merged["list_chat_oauth_tokens"]
            .path
            .starts_with("/api/v2/chat/")
    );
    assert_eq!(array(bundle, "servers").len(), 1);
    assert!(!array(bundle, "servers")[0].to_string().contains("zopim"));
}

#[test]
fn what_an_operation_says_is_the_same_in_the_bundle() {
    let published = published();
    let files = published.files();
    let bundle = json(&files, "zendesk-oauth.dereferenced.json");
    let merged: BTreeMap<_, _> = operations(&bundle)
        .into_iter()
        .map(|it| (it.id(), it))
        .collect();
    for document in &published.documents {
        let own = json(&files, &Form::Dereferenced.file(&document.name));
        for operation in operations(&own) {
            let there = merged[operation.id()].value;
            for part in [
                "summary",
                "description",
                "requestBody",
                "responses",
                "x-idempotent",
                "tags",
            ] {
                assert_eq!(
                    there[part],
                    operation.value[part],
                    "{} {part}",
                    operation.id()
                );
            }
        }
    }
}

#[test]
fn the_index_lists_operations_as_they_are_written() {
    let published = published();
    let index = json(&published.files(), "index.json");
    let listed = array(&index, "documents").iter();
    for (document, entry) in published.documents.iter().zip(listed) {
        let lines: Vec<usize> = array(entry, "operations")
            .iter()
            .map(|operation| {
                let id = operation["operationId"].as_str().unwrap();
                let written = format!("operationId: {id}");
                document
                    .text
                    .lines()
                    .position(|line| line.trim() == written)
                    .unwrap()
            })
            .collect();
        assert_eq!(lines.len(), operations(&document.root).len());
        assert!(lines.is_sorted(), "{}: {lines:?}", document.name);
    }
}

#[test]
fn the_archive_has_licences_and_says_what_it_holds() {
    let files = published().files();
    for name in ["LICENSE-MIT", "LICENSE-APACHE", "README.md"] {
        assert!(!files[name].is_empty(), "{name}");
    }
    let readme = String::from_utf8(files["README.md"].clone()).unwrap();
    for name in ["zendesk-oauth.yaml", "support-oauth-clients"] {
        assert!(readme.contains(name), "{readme}");
    }
    let (_, archive) = files
        .iter()
        .find(|(name, _)| name.ends_with(".tar.gz"))
        .unwrap();
    let mut unpacked = tar::Archive::new(flate2::read::GzDecoder::new(archive.as_slice()));
    let packed: BTreeSet<String> = unpacked
        .entries()
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let path = entry.path().unwrap();
            path.file_name().unwrap().to_string_lossy().into_owned()
        })
        .collect();
    let outside = files.keys().filter(|name| !packed.contains(*name));
    assert!(
        outside.clone().all(|name| name.contains(".tar.gz")),
        "{packed:?}"
    );
    assert_eq!(outside.count(), 2);
}

#[test]
fn sums_are_those_of_the_files_and_of_the_index() {
    let files = published().files();
    let sums = String::from_utf8(files["SHA256SUMS"].clone()).unwrap();
    let mut summed = BTreeSet::new();
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        assert_eq!(sum, sha256(&files[name]), "{name}");
        summed.insert(name);
    }
    assert!(summed.contains("index.json") && summed.contains("zendesk-oauth.yaml"));
    let index = json(&files, "index.json");
    for document in array(&index, "documents") {
        assert_eq!(array(document, "files").len(), 3);
        assert!(!array(document, "operations").is_empty());
        assert!(
            document["source"]
                .as_str()
                .unwrap()
                .starts_with("https://developer.zendesk.com/")
        );
        for file in array(document, "files") {
            let name = file["path"].as_str().unwrap();
            assert_eq!(file["sha256"], sha256(&files[name]), "{name}");
            assert_eq!(file["bytes"], files[name].len(), "{name}");
        }
    }
}

#[test]
fn an_operation_has_the_page_of_its_tag_as_its_source() {
    let published = published();
    let files = published.files();
    let index = json(&files, "index.json");
    let mut of_bundle = BTreeSet::new();
    for (document, entry) in published.documents.iter().zip(array(&index, "documents")) {
        let page = |of: &Value| of["externalDocs"]["url"].as_str().map(str::to_owned);
        let pages: BTreeMap<&str, Option<String>> = array(&document.root, "tags")
            .iter()
            .map(|tag| (tag["name"].as_str().unwrap(), page(tag)))
            .collect();
        for operation in array(entry, "operations") {
            let tag = operation["tags"][0].as_str().unwrap();
            let expected = pages[tag].clone().or_else(|| page(&document.root)).unwrap();
            let source = operation["source"].as_str().unwrap();
            assert_eq!(
                source, expected,
                "{} of {}",
                operation["operationId"], document.name
            );
            if document.name == published.bundle().name {
                of_bundle.insert(source.to_owned());
            }
        }
    }
    assert!(of_bundle.len() > 2, "the pages are {of_bundle:?}");
}

#[test]
fn two_builds_have_the_same_bytes_and_a_change_is_noticed() {
    let folder = TempDir::new().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    for out in [&one, &two] {
        let output = spec(Path::new(TOP), &["--out", out.to_str().unwrap()]);
        assert!(output.status.success(), "{output:?}");
    }
    let archive = fs::read_dir(&one)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name.ends_with(".tar.gz"))
        .unwrap();
    assert_eq!(
        fs::read(one.join(&archive)).unwrap(),
        fs::read(two.join(&archive)).unwrap()
    );

    let nowhere = folder.path().join("nowhere");
    let output = spec(
        Path::new(TOP),
        &["--check", "--out", nowhere.to_str().unwrap()],
    );
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        text.contains("nowhere is not built; run `cargo xtask spec`"),
        "{text}"
    );
    assert!(!nowhere.exists(), "--check writes nothing");

    let check = || spec(Path::new(TOP), &["--check", "--out", one.to_str().unwrap()]);
    assert!(check().status.success());
    fs::write(one.join("index.json"), "{}").unwrap();
    let output = check();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("index.json differs"), "{text}");
    assert_eq!(
        fs::read(one.join("index.json")).unwrap(),
        b"{}",
        "--check writes nothing"
    );
}

#[test]
fn what_cannot_be_built_is_one_sentence_and_leaves_everything() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let output = spec(Path::new(TOP), &["--out", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains(MARKER) && text.contains("--out"), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

    let top = TempDir::new().unwrap();
    fs::create_dir_all(top.path().join("openapi")).unwrap();
    fs::write(top.path().join("openapi/broken.yaml"), "a: [1\nb: 2\n").unwrap();
    let output = spec(top.path(), &[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("openapi/broken.yaml:2:"), "{text}");
    assert!(!top.path().join("target").exists());
}

#[test]
fn every_crate_that_is_published_carries_the_licences() {
    let top = Path::new(TOP);
    let mut examined = 0;
    for entry in fs::read_dir(top.join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        if manifest.contains("publish = false") {
            continue;
        }
        for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
            let carried = fs::read(folder.join(name))
                .unwrap_or_else(|error| panic!("{}/{name}: {error}", folder.display()));
            assert_eq!(
                carried,
                fs::read(top.join(name)).unwrap(),
                "{}/{name}",
                folder.display()
            );
        }
        examined += 1;
    }
    assert!(examined > 5, "only {examined} crates are published");
}
