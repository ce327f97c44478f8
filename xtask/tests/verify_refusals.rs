//! What `cargo xtask spec --verify` and `--install` refuse, without a network: each in one go, with the way out.

#![allow(
    clippy::unwrap_used,
    reason = "a panic in a test is the failure report"
)]
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

const BASE: &str = include_str!("base.yaml");

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A repository with one document and the versions of ours.
fn repository() -> TempDir {
    let top = TempDir::new().unwrap();
    for folder in ["openapi/tools", "openapi/publish", "bin"] {
        fs::create_dir_all(top.path().join(folder)).unwrap();
    }
    fs::write(top.path().join("openapi/base.yaml"), BASE).unwrap();
    for file in [
        "openapi/tools/tools.yaml",
        "openapi/tools/package-lock.json",
        "openapi/tools/constraints.txt",
        "openapi/publish/bundle.yaml",
    ] {
        fs::copy(here().join(file), top.path().join(file)).unwrap();
    }
    top
}

/// Puts a program of one line of shell on the PATH of `xtask`.
fn program(top: &Path, name: &str, script: &str) {
    let file = top.join("bin").join(name);
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Runs it with only the programs of `bin` on PATH.
fn xtask(top: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("spec")
        .args(arguments)
        .arg("--root")
        .arg(top)
        .env("PATH", top.join("bin"))
        .env("ZENDESK_OAUTH_SPEC_TOOLS", top.join("tools"))
        .output()
        .unwrap()
}

/// What it says when it refuses.
fn refusal(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    said
}

#[test]
fn everything_that_is_missing_is_named_in_one_go() {
    let top = repository();
    let said = refusal(&xtask(top.path(), &["--verify"]));
    for part in [
        "cargo: ",
        "node: apt-get install nodejs",
        "python3: apt-get install python3",
        "cargo xtask spec --install",
        "nothing was tried",
    ] {
        assert!(said.contains(part), "{part} is not in: {said}");
    }
}

#[test]
fn a_package_in_another_version_is_named_with_both() {
    let top = repository();
    for name in ["cargo", "python3"] {
        program(top.path(), name, "echo 99.0");
    }
    fake_environment(top.path());
    let packages = top.path().join("tools/python/lib/python3/site-packages");
    fs::rename(
        packages.join("yamllint-1.38.0.dist-info"),
        packages.join("yamllint-1.37.0.dist-info"),
    )
    .unwrap();
    let said = refusal(&xtask(top.path(), &["--verify", "--only", "yamllint"]));
    assert!(
        said.contains("yamllint 1.37.0 is installed, 1.38.0 is pinned"),
        "{said}"
    );
    assert!(said.contains("cargo xtask spec --install"), "{said}");
}

#[test]
fn a_program_that_is_older_than_what_was_tried_is_named_with_both_versions() {
    let top = repository();
    program(top.path(), "cargo", "exit 0");
    program(top.path(), "python3", "echo Python 3.7.3");
    fake_environment(top.path());
    let said = refusal(&xtask(top.path(), &["--verify", "--only", "yamllint"]));
    assert!(
        said.contains("python3 3.7.3 is older than 3.11, which was tried: apt-get install"),
        "{said}"
    );
}

/// A Python environment of which there is no more than what tells the versions.
fn fake_environment(top: &Path) {
    let python = top.join("tools/python");
    let packages = python.join("lib/python3/site-packages");
    fs::create_dir_all(python.join("bin")).unwrap();
    fs::write(python.join("bin/python"), "").unwrap();
    let constraints = fs::read_to_string(top.join("openapi/tools/constraints.txt")).unwrap();
    for line in constraints.lines().filter(|line| !line.starts_with('#')) {
        let (name, version) = line.split_once("==").unwrap();
        let name = name.replace('-', "_");
        fs::create_dir_all(packages.join(format!("{name}-{version}.dist-info"))).unwrap();
    }
}

#[test]
fn an_unknown_tool_is_refused_with_those_that_are_known() {
    let top = repository();
    let said = refusal(&xtask(top.path(), &["--verify", "--only", "yamlint"]));
    assert!(
        said.starts_with("there is no tool `yamlint`; there are yamllint, redocly, "),
        "{said}"
    );
}

#[test]
fn a_document_that_does_not_parse_is_refused_before_any_tool_runs() {
    let top = repository();
    for name in ["cargo", "python3"] {
        program(top.path(), name, "echo 99.0");
    }
    fake_environment(top.path());
    fs::write(top.path().join("openapi/base.yaml"), "a: [1\nb: 2\n").unwrap();
    let said = refusal(&xtask(top.path(), &["--verify", "--only", "yamllint"]));
    assert!(said.contains("openapi/base.yaml:2:"), "{said}");
}

#[test]
fn installing_without_node_or_python_is_refused_and_makes_nothing() {
    let top = repository();
    let said = refusal(&xtask(top.path(), &["--install"]));
    for part in [
        "node: apt-get install nodejs",
        "npm: apt-get install npm",
        "python3: apt-get install python3",
        "python3-venv: apt-get install python3-venv",
        "nothing was installed",
    ] {
        assert!(said.contains(part), "{part} is not in: {said}");
    }
    assert!(!top.path().join("tools").exists());
}

/// Node's programs, of which npm does what the script says; Python's environment is there already.
fn with_npm(top: &Path, script: &str) {
    fake_environment(top);
    program(top, "node", "echo v99.0");
    program(top, "npm", script);
}

#[test]
fn installing_without_a_network_is_one_sentence_and_leaves_what_was_there() {
    let top = repository();
    let tools = top.path().join("tools");
    let failed = "request to https://registry.npmjs.org/yaml failed, reason: getaddrinfo ENOTFOUND";
    with_npm(
        top.path(),
        &format!("echo 'npm error {failed}' >&2; exit 1"),
    );
    fs::create_dir_all(tools.join("node-1")).unwrap();
    symlink("node-1", tools.join("node")).unwrap();
    let said = refusal(&xtask(top.path(), &["--install"]));
    assert!(
        said.starts_with("npm does not reach registry.npmjs.org, so nothing was installed; "),
        "{said}"
    );
    assert_eq!(said.trim().lines().count(), 1, "{said}");
    let mut left: Vec<_> = fs::read_dir(&tools)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["node", "node-1", "python"]);
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let top = repository();
    with_npm(top.path(), "exit 0");
    let mine = top.path().join("tools/node/mine.txt");
    fs::create_dir_all(mine.parent().unwrap()).unwrap();
    fs::write(&mine, "kept").unwrap();
    let said = refusal(&xtask(top.path(), &["--install"]));
    assert!(said.contains("was not made by this command"), "{said}");
    assert_eq!(fs::read_to_string(mine).unwrap(), "kept");
}

#[test]
fn what_is_half_made_is_made_anew_and_what_is_there_stays() {
    let top = repository();
    let tools = top.path().join("tools");
    // What the lockfile names, as npm would leave it.
    let lock = fs::read_to_string(top.path().join("openapi/tools/package-lock.json")).unwrap();
    let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
    let made = top.path().join("made");
    for (folder, entry) in lock["packages"].as_object().unwrap() {
        if !folder.is_empty() {
            fs::create_dir_all(made.join(folder)).unwrap();
            let package = serde_json::json!({"version": entry["version"]}).to_string();
            fs::write(made.join(folder).join("package.json"), package).unwrap();
        }
    }
    let script = format!("/bin/cp -r '{}/node_modules' .", made.display());
    with_npm(top.path(), &script);
    let installed = xtask(top.path(), &["--install"]);
    assert!(installed.status.success(), "{installed:?}");
    let first = fs::read_link(tools.join("node")).unwrap();

    program(top.path(), "npm", "exit 1");
    let again = xtask(top.path(), &["--install"]);
    assert!(again.status.success(), "npm was run again: {again:?}");
    assert_eq!(fs::read_link(tools.join("node")).unwrap(), first);

    fs::remove_dir_all(tools.join("node/node_modules/typescript")).unwrap();
    program(top.path(), "npm", &script);
    let repaired = xtask(top.path(), &["--install"]);
    assert!(repaired.status.success(), "{repaired:?}");
    assert!(
        tools
            .join("node/node_modules/typescript/package.json")
            .is_file()
    );
    assert!(
        !tools.join(&first).exists(),
        "the broken one is still there"
    );
}
