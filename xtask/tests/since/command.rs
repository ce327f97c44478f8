//! The command, in a small repository of its own.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

const BUNDLE: &str = "\
info:
  title: All
  version: 1.0.0
  description: All of them.
servers:
  - url: https://{subdomain}.example.com
    description: The account's own host.
    variables:
      subdomain:
        default: example
        description: The account's subdomain.
";

const BASE: &str = include_str!("../base.yaml");

fn git(top: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .arg("-C")
        .arg(top)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("GIT_AUTHOR_NAME", "A")
        .env("GIT_AUTHOR_EMAIL", "a@example.com")
        .env("GIT_COMMITTER_NAME", "A")
        .env("GIT_COMMITTER_EMAIL", "a@example.com")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .expect("git runs");
    assert!(done.status.success(), "{arguments:?}: {done:?}");
}

fn write(top: &Path, file: &str, text: &str) {
    let path = top.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn commit(top: &Path) {
    git(top, &["add", "--all"]);
    git(
        top,
        &["commit", "--quiet", "--allow-empty", "--message", "x"],
    );
}

/// A repository with one document and a bundle, at the tag `v1`.
fn repository() -> TempDir {
    let top = TempDir::new().expect("a temporary folder");
    git(top.path(), &["init", "--quiet"]);
    write(top.path(), "openapi/base.yaml", BASE);
    write(top.path(), "openapi/publish/bundle.yaml", BUNDLE);
    commit(top.path());
    git(top.path(), &["tag", "v1"]);
    top
}

fn edit(top: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(top.join(file)).unwrap();
    assert!(text.contains(from), "{from}");
    write(top, file, &text.replacen(from, to, 1));
}

fn since(top: &Path, revision: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["spec", &format!("--since={revision}"), "--root"])
        .arg(top)
        .output()
        .expect("xtask runs")
}

fn told(output: &Output, status: i32) -> String {
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(status), "{text}");
    text
}

/// One sentence, and nothing before it.
fn refused(output: &Output, words: &str) {
    let text = told(output, 2);
    assert!(text.contains(words), "{text}");
    assert_eq!(text.trim_end().lines().count(), 1, "{text}");
}

#[test]
fn nothing_changed_asks_for_nothing() {
    let top = repository();
    let text = told(&since(top.path(), "v1"), 0);
    assert!(text.starts_with("since v1 ("), "{text}");
    assert!(text.contains("base: unchanged"), "{text}");
    assert!(
        text.contains("ok  zendesk-oauth  1.0.0 -> 1.0.0 (unchanged)"),
        "{text}"
    );
}

#[test]
fn a_change_is_refused_until_the_document_and_the_bundle_tell_it() {
    let top = repository();
    edit(
        top.path(),
        "openapi/base.yaml",
        "          format: password\n          description: The secret.",
        "          description: The secret.",
    );
    let text = told(&since(top.path(), "v1"), 1);
    assert!(
        text.contains("response 200, member `things[].secret`: `format` was `password`, is absent"),
        "{text}"
    );
    assert!(
        text.contains("NO  base           1.0.0 -> 1.0.0 (breaking): it must be at least 2.0.0"),
        "{text}"
    );
    assert!(
        text.contains("zendesk-oauth: the version must be at least 2.0.0"),
        "{text}"
    );
    edit(
        top.path(),
        "openapi/base.yaml",
        "version: 1.0.0",
        "version: 2.0.0",
    );
    let text = told(&since(top.path(), "v1"), 1);
    assert!(!text.contains("base: the version"), "{text}");
    edit(
        top.path(),
        "openapi/publish/bundle.yaml",
        "version: 1.0.0",
        "version: 3.0.0",
    );
    told(&since(top.path(), "v1"), 0);
}

#[test]
fn a_version_never_goes_down() {
    let top = repository();
    edit(
        top.path(),
        "openapi/base.yaml",
        "version: 1.0.0",
        "version: 0.9.0",
    );
    let text = told(&since(top.path(), "v1"), 1);
    assert!(
        text.contains("base: the version is lower than 1.0.0"),
        "{text}"
    );
}

#[test]
fn a_new_document_needs_no_version_and_a_removed_one_breaks_the_bundle() {
    let top = repository();
    let other = BASE
        .replace("/things", "/others")
        .replace("_thing", "_other");
    write(top.path(), "openapi/other.yaml", &other);
    let text = told(&since(top.path(), "v1"), 1);
    assert!(text.contains("other: new"), "{text}");
    assert!(!text.contains("other: the version"), "{text}");
    assert!(
        text.contains("zendesk-oauth: the version must be at least 1.1.0"),
        "{text}"
    );
    commit(top.path());
    fs::remove_file(top.path().join("openapi/base.yaml")).unwrap();
    let text = told(&since(top.path(), "HEAD"), 1);
    assert!(
        text.contains("base: removed, which breaks the set"),
        "{text}"
    );
    assert!(
        text.contains("zendesk-oauth: the version must be at least 2.0.0"),
        "{text}"
    );
}

#[test]
fn documents_are_all_new_where_there_were_none() {
    let top = TempDir::new().unwrap();
    git(top.path(), &["init", "--quiet"]);
    commit(top.path());
    write(top.path(), "openapi/base.yaml", BASE);
    write(top.path(), "openapi/publish/bundle.yaml", BUNDLE);
    let text = told(&since(top.path(), "HEAD"), 0);
    assert!(
        text.contains("base: new") && text.contains("zendesk-oauth: new"),
        "{text}"
    );
}

#[test]
fn a_revision_that_cannot_be_compared_with_is_refused_in_a_sentence() {
    let top = repository();
    refused(&since(top.path(), "v9"), "git knows no revision `v9`");
    refused(&since(top.path(), ""), "`` is no revision");
    refused(
        &since(top.path(), "--output=x"),
        "`--output=x` is no revision",
    );
    refused(
        &since(top.path(), "v1:openapi/base.yaml"),
        "git knows no revision",
    );
    write(top.path(), "openapi/base.yaml", "a: [\n");
    commit(top.path());
    write(top.path(), "openapi/base.yaml", BASE);
    refused(
        &since(top.path(), "HEAD"),
        "openapi/base.yaml of `HEAD` cannot be compared: line ",
    );
    let elsewhere = TempDir::new().unwrap();
    refused(&since(elsewhere.path(), "v1"), "cannot be asked for `v1`");
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let top = repository();
    commit(top.path());
    let clone = TempDir::new().unwrap();
    let from = format!("file://{}", top.path().display());
    git(
        clone.path(),
        &["clone", "--quiet", "--depth=1", "--no-tags", &from, "."],
    );
    refused(&since(clone.path(), "v1"), "`git fetch --unshallow --tags`");
}

#[test]
fn a_missing_git_is_named() {
    let top = repository();
    let empty = TempDir::new().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["spec", "--since=v1", "--root"])
        .arg(top.path())
        .env("PATH", empty.path())
        .output()
        .unwrap();
    refused(&output, "git cannot be run");
}
