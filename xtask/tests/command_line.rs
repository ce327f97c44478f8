//! `cargo xtask` itself, run on a small repository of its own.

#![allow(
    clippy::unwrap_used,
    reason = "a panic in a test is the failure report"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

const BASE: &str = include_str!("base.yaml");
const GENERATED: &str = "crates/zendesk-base/src/generated.rs";

/// A repository with one document and its crate's folder.
fn repository() -> TempDir {
    let top = TempDir::new().expect("a temporary folder");
    fs::create_dir_all(top.path().join("openapi")).unwrap();
    fs::create_dir_all(top.path().join("crates/zendesk-base/src")).unwrap();
    fs::write(top.path().join("openapi/base.yaml"), BASE).unwrap();
    top
}

fn xtask(top: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .arg("--root")
        .arg(top)
        .output()
        .expect("xtask runs")
}

fn error(output: &Output) -> String {
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file and its bytes.
fn files(top: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.clone(), fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn edit(top: &Path, from: &str, to: &str) {
    let path = top.join("openapi/base.yaml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    let top = repository();
    let first = xtask(top.path(), &["gen"]);
    assert!(first.status.success(), "{first:?}");
    assert!(
        String::from_utf8_lossy(&first.stdout).starts_with("zendesk-base"),
        "{first:?}"
    );
    let before = files(top.path());
    let second = xtask(top.path(), &["gen"]);
    assert!(
        String::from_utf8_lossy(&second.stdout).contains("unchanged"),
        "{second:?}"
    );
    assert_eq!(files(top.path()), before);
    assert!(xtask(top.path(), &["gen", "--check"]).status.success());
}

#[test]
fn drift_fails_with_a_unified_diff_and_writes_nothing() {
    let top = repository();
    xtask(top.path(), &["gen"]);
    edit(top.path(), "        created_at:", "        made_at:");
    let before = files(top.path());
    let text = error(&xtask(top.path(), &["gen", "--check"]));
    assert!(
        text.contains(&format!("--- a/{GENERATED}\n+++ b/{GENERATED}\n@@ ")),
        "{text}"
    );
    assert!(text.contains("\n+        pub made_at: "), "{text}");
    assert!(text.contains("\n-        pub created_at: "), "{text}");
    assert!(text.contains("cargo xtask gen"), "{text}");
    assert_eq!(files(top.path()), before);
}

#[test]
fn a_broken_document_leaves_every_file_as_it_was() {
    let breakages = [
        ("openapi: 3.0.3", "openapi: [3.0.3", "openapi/base.yaml:"),
        (
            "#/components/schemas/ThingsPage",
            "#/components/schemas/Nothing",
            "error[reference] at /paths/",
        ),
        (
            "operationId: create_thing",
            "operationId: list_things",
            "error[operation-id]",
        ),
        (
            "          description: The name.",
            "          oneOf: []\n          description: d",
            "error[schema-keyword]",
        ),
    ];
    for (from, to, expected) in breakages {
        let top = repository();
        xtask(top.path(), &["gen"]);
        edit(top.path(), from, to);
        let before = files(top.path());
        let text = error(&xtask(top.path(), &["gen"]));
        assert!(text.contains(expected), "{text}");
        assert!(text.contains("no file was changed"), "{text}");
        assert_eq!(files(top.path()), before, "{expected}");
    }
}

#[test]
fn one_broken_document_keeps_the_others_from_being_written() {
    let top = repository();
    fs::create_dir_all(top.path().join("crates/zendesk-other/src")).unwrap();
    let other = BASE
        .replace("_thing", "_other")
        .replace("openapi: 3.0.3", "openapi: 3.1.0");
    fs::write(top.path().join("openapi/other.yaml"), other).unwrap();
    let before = files(top.path());
    error(&xtask(top.path(), &["gen"]));
    assert_eq!(files(top.path()), before);
}

#[test]
fn a_crate_without_a_folder_is_named_and_nothing_is_left_behind() {
    let top = repository();
    fs::remove_dir_all(top.path().join("crates")).unwrap();
    let before = files(top.path());
    let text = error(&xtask(top.path(), &["gen"]));
    assert!(
        text.contains(GENERATED) && text.contains("CONTRIBUTING.md"),
        "{text}"
    );
    assert_eq!(files(top.path()), before);
}

#[test]
fn only_takes_a_document_or_its_crate() {
    let top = repository();
    assert!(
        xtask(top.path(), &["gen", "--only", "base"])
            .status
            .success()
    );
    assert!(
        xtask(top.path(), &["gen", "--only", "zendesk-base"])
            .status
            .success()
    );
    let text = error(&xtask(top.path(), &["gen", "--only", "nothing"]));
    assert!(text.contains("there are base"), "{text}");
}

#[test]
fn lint_alone_checks_and_lists_its_rules() {
    let top = repository();
    assert!(xtask(top.path(), &["lint"]).status.success());
    let rules = xtask(top.path(), &["lint", "--rules"]);
    assert!(String::from_utf8_lossy(&rules.stdout).contains("secret-format\n  for: "));
    edit(top.path(), "      summary: List things\n", "");
    assert!(error(&xtask(top.path(), &["lint"])).contains("error[operation-complete]"));
}

#[test]
fn windows_line_ends_give_the_same_code() {
    let top = repository();
    xtask(top.path(), &["gen"]);
    fs::write(
        top.path().join("openapi/base.yaml"),
        BASE.replace('\n', "\r\n"),
    )
    .unwrap();
    assert!(xtask(top.path(), &["gen", "--check"]).status.success());
}

#[test]
fn what_is_unchanged_is_not_written_again() {
    let top = repository();
    xtask(top.path(), &["gen"]);
    let modified = || {
        fs::metadata(top.path().join(GENERATED))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = modified();
    assert!(xtask(top.path(), &["gen"]).status.success());
    assert_eq!(modified(), before);
}

#[test]
fn a_crate_whose_document_is_gone_is_named() {
    let top = repository();
    xtask(top.path(), &["gen"]);
    fs::rename(
        top.path().join("openapi/base.yaml"),
        top.path().join("openapi/other.yaml"),
    )
    .unwrap();
    for arguments in [&["gen"][..], &["gen", "--check"]] {
        let text = error(&xtask(top.path(), arguments));
        assert!(
            text.contains(GENERATED) && text.contains("no document"),
            "{text}"
        );
    }
}

#[test]
fn no_document_and_a_document_of_another_ending_are_errors() {
    let top = repository();
    fs::rename(
        top.path().join("openapi/base.yaml"),
        top.path().join("openapi/base.yml"),
    )
    .unwrap();
    assert!(error(&xtask(top.path(), &["gen", "--check"])).contains("ends in .yaml"));
    fs::remove_file(top.path().join("openapi/base.yml")).unwrap();
    assert!(error(&xtask(top.path(), &["lint"])).contains("there is no document"));
}

#[test]
fn a_document_that_is_not_utf_8_is_an_error() {
    let top = repository();
    fs::write(top.path().join("openapi/base.yaml"), b"a: \xff").unwrap();
    assert!(error(&xtask(top.path(), &["gen"])).contains("UTF-8"));
}

#[test]
fn messages_name_files_without_detours() {
    let top = repository();
    fs::create_dir(top.path().join("detour")).unwrap();
    let output = xtask(&top.path().join("detour/.."), &["spec", "--check"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    let real = top.path().canonicalize().unwrap();
    assert!(said.contains(real.to_str().unwrap()), "{said}");
    assert!(!said.contains(".."), "{said}");
}
