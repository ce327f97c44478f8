//! Names that cannot be used, and work that fails half-way: nothing is left, and nothing is lost.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::copy::files;

const BASE: &str = include_str!("../base.yaml");
const MANIFEST: &str = "[workspace.package]\nversion = \"0.1.0\"\n\n[workspace.dependencies]\n\
    zendesk-base = { version = \"0.1.0\", path = \"crates/zendesk-base\" }\n";
const SNAPSHOTS: &str = "tests/suite/tests/every_document/snapshots";

/// A repository with one document, as far as `new` looks at it.
fn repository() -> TempDir {
    let top = TempDir::new().expect("a temporary folder");
    for folder in ["openapi", "crates/zendesk-base/src", SNAPSHOTS] {
        fs::create_dir_all(top.path().join(folder)).unwrap();
    }
    for (file, text) in [
        ("openapi/base.yaml", BASE),
        ("crates/zendesk-base/src/lib.rs", ""),
        ("Cargo.toml", MANIFEST),
        ("Cargo.lock", "[[package]]\nname = \"zendesk-oauth-core\"\n"),
        ("LICENSE-APACHE", ""),
        ("LICENSE-MIT", ""),
        (&format!("{SNAPSHOTS}/of_base.snap"), ""),
    ] {
        fs::write(top.path().join(file), text).unwrap();
    }
    top
}

/// `new` with these arguments, and a cargo that is this program.
fn new(top: &Path, arguments: &[&str], cargo: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("new").args(arguments).arg("--root").arg(top);
    command.env("CARGO", cargo).output().expect("xtask runs")
}

/// It says why and the way out, exits with 2, and nothing has changed.
fn refused(top: &Path, arguments: &[&str], cargo: &Path) -> String {
    let before = files(top);
    let output = new(top, arguments, cargo);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
    assert!(!text.contains("panicked") && text.contains("; "), "{text}");
    assert!(
        files(top) == before,
        "{arguments:?} changed something: {text}"
    );
    let crates = fs::read_dir(top.join("crates")).map_or(0, Iterator::count);
    assert!(crates < 2, "{arguments:?} left a folder");
    text
}

/// There is no such program.
const NO_CARGO: &str = "/nowhere/cargo";

#[test]
fn names_that_cannot_be_used_are_refused() {
    let top = repository();
    for (name, reason) in [
        ("Tiny", "has 'T'"),
        ("../tiny", "has '.'"),
        ("zendesk-tiny", "leave `zendesk` out"),
        ("base", "`openapi/base.yaml` is there already"),
        (
            "oauth-core",
            "`zendesk-oauth-core`, the crate of `oauth-core`, is a package",
        ),
        (
            "things",
            "`list_things`, the first operation of `things`, is one of openapi/base.yaml",
        ),
    ] {
        let text = refused(top.path(), &[name, "--no-snapshot"], Path::new(NO_CARGO));
        assert!(text.contains(reason), "{name}: {text}");
    }
}

#[test]
fn what_is_there_is_never_overwritten() {
    let top = repository();
    fs::rename(
        top.path().join("crates/zendesk-base"),
        top.path().join("crates/zendesk-tiny"),
    )
    .unwrap();
    let text = refused(top.path(), &["tiny"], Path::new(NO_CARGO));
    assert!(
        text.contains("`crates/zendesk-tiny` is there already"),
        "{text}"
    );

    let top = repository();
    let line = MANIFEST.replace("zendesk-base = ", "zendesk-tiny = ");
    fs::write(top.path().join("Cargo.toml"), line).unwrap();
    let text = refused(top.path(), &["tiny"], Path::new(NO_CARGO));
    assert!(
        text.contains("`zendesk-tiny` is in `[workspace.dependencies]` already"),
        "{text}"
    );
}

#[test]
fn a_folder_that_is_no_repository_is_refused() {
    let empty = TempDir::new().unwrap();
    let text = refused(empty.path(), &["tiny"], Path::new(NO_CARGO));
    assert!(
        text.contains("openapi") && text.contains("--root"),
        "{text}"
    );

    let top = repository();
    fs::remove_file(top.path().join("Cargo.toml")).unwrap();
    let text = refused(top.path(), &["tiny"], Path::new(NO_CARGO));
    assert!(
        text.contains("Cargo.toml") && text.contains("--root"),
        "{text}"
    );
}

#[test]
fn another_document_that_is_broken_is_named_first() {
    let top = repository();
    fs::write(
        top.path().join("openapi/base.yaml"),
        BASE.replace("3.0.3", "3.1.0"),
    )
    .unwrap();
    let text = refused(top.path(), &["tiny"], Path::new(NO_CARGO));
    assert!(
        text.contains("openapi/base.yaml:1:1: error[openapi-version]"),
        "{text}"
    );
}

#[test]
fn a_file_that_cannot_be_made_takes_the_others_back() {
    let top = repository();
    fs::remove_file(top.path().join("LICENSE-MIT")).unwrap();
    let text = refused(top.path(), &["tiny", "--no-snapshot"], Path::new(NO_CARGO));
    assert!(
        text.contains("LICENSE-MIT") && text.contains("is removed again"),
        "{text}"
    );
}

#[test]
fn no_cargo_takes_everything_back() {
    let top = repository();
    let text = refused(top.path(), &["tiny"], Path::new(NO_CARGO));
    assert!(
        text.contains("there is no cargo") && text.contains("--no-snapshot"),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn tests_that_fail_take_everything_back() {
    use std::os::unix::fs::PermissionsExt as _;

    let top = repository();
    let tools = TempDir::new().unwrap();
    let cargo = tools.path().join("cargo");
    let script = format!(
        "#!/bin/sh\ntest \"$INSTA_UPDATE\" = unseen || exit 0\n\
         test -f crates/zendesk-tiny/src/generated.rs || exit 0\n\
         echo changed >> Cargo.lock\necho new > {SNAPSHOTS}/surface_of_tiny.snap\nexit 101\n"
    );
    fs::write(&cargo, script).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let text = refused(top.path(), &["tiny"], &cargo);
    assert!(text.contains("could not make the snapshots"), "{text}");
}

#[test]
fn without_snapshots_the_files_are_made_and_what_is_left_out_is_said() {
    let top = repository();
    let before = files(top.path());
    let output = new(top.path(), &["tiny", "--no-snapshot"], Path::new(NO_CARGO));
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("not made: snapshots"), "{said}");
    let after = files(top.path());
    let is_new = |path: &&std::path::PathBuf| before.get(*path) != after.get(*path);
    let made: Vec<String> = after
        .keys()
        .filter(is_new)
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    let expected = [
        "Cargo.toml",
        "crates/zendesk-tiny/Cargo.toml",
        "crates/zendesk-tiny/LICENSE-APACHE",
        "crates/zendesk-tiny/LICENSE-MIT",
        "crates/zendesk-tiny/README.md",
        "crates/zendesk-tiny/src/contract.json",
        "crates/zendesk-tiny/src/generated.rs",
        "crates/zendesk-tiny/src/lib.rs",
        "crates/zendesk-tiny/tests/document.rs",
        "openapi/tiny.yaml",
    ];
    assert_eq!(made, expected);
    let second = new(top.path(), &["tiny", "--no-snapshot"], Path::new(NO_CARGO));
    assert_eq!(second.status.code(), Some(2));
    assert!(files(top.path()) == after, "the second changed something");
}
