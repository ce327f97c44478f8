//! Ctrl-C: whatever was started is ended, and whatever was begun is taken back.

#![allow(
    clippy::unwrap_used,
    reason = "a panic in a test is the failure report"
)]
#![cfg(unix)]

use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tempfile::TempDir;

const BASE: &str = include_str!("base.yaml");

/// Long enough for a slow machine; each wait ends as soon as it can.
const PATIENCE: Duration = Duration::from_secs(60);

/// A repository with one document, and an empty folder for what is temporary.
fn repository() -> TempDir {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let top = TempDir::new().unwrap();
    for folder in [
        "openapi/tools",
        "openapi/publish",
        "bin",
        "tmp",
        "pids",
        "crates/zendesk-oauth-openapi/documents",
        "crates/zendesk-oauth-openapi/src",
        "tests/suite/tests/every_document/snapshots",
    ] {
        fs::create_dir_all(top.path().join(folder)).unwrap();
    }
    let base = BASE.replace("{subdomain}.example.com", "{subdomain}.zendesk.com");
    fs::write(top.path().join("openapi/base.yaml"), base).unwrap();
    for file in [
        "openapi/tools/tools.yaml",
        "openapi/tools/package-lock.json",
        "openapi/tools/constraints.txt",
        "openapi/publish/bundle.yaml",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
    ] {
        fs::copy(here.join(file), top.path().join(file)).unwrap();
    }
    // The prefixes are for documents that are not there.
    let bundle = top.path().join("openapi/publish/bundle.yaml");
    let text = fs::read_to_string(&bundle).unwrap();
    let (_, info) = text.split_once("\ninfo:").unwrap();
    fs::write(&bundle, format!("info:{info}")).unwrap();
    top
}

fn program(file: &Path, script: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Notes its own pid and that of a child, and hangs.
fn hangs(top: &Path) -> String {
    let pids = top.join("pids").display().to_string();
    format!(
        "/bin/sleep 600 &\necho $! > {pids}/$$.new\necho $$ >> {pids}/$$.new\n/bin/mv {pids}/$$.new {pids}/$$\nwait"
    )
}

fn pids(top: &Path) -> Vec<Pid> {
    let files = fs::read_dir(top.join("pids")).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_none())
        .flat_map(|path| {
            let text = fs::read_to_string(path).unwrap();
            text.lines()
                .map(|line| Pid::from_raw(line.parse().unwrap()).unwrap())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// One that has ended and was not reaped by its parent yet does not run.
fn runs(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    test_kill_process(pid).is_ok() && !stat.is_ok_and(|stat| stat.contains(") Z "))
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let last = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < last, "not in time: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Every file and folder of the repository but those of the test itself, with its text.
fn tree(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("pids") {
                found.insert(path.clone(), vec![]);
                tree(&path, found);
            }
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap_or_default());
        }
    }
}

fn files(top: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    tree(top, &mut found);
    found
}

/// Runs xtask until `count` programs hang, sends it the signal, and sees that nothing runs and nothing is left.
fn interrupted(top: &Path, arguments: &[&str], signal: Signal, count: usize) -> Output {
    let before = files(top);
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .arg("--root")
        .arg(top)
        .env("PATH", top.join("bin"))
        .env("TMPDIR", top.join("tmp"))
        .env("CARGO", top.join("bin/cargo"))
        .env("ZENDESK_OAUTH_SPEC_TOOLS", top.join("tools"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until("programs hang", || {
        if let Some(status) = child.try_wait().unwrap() {
            let mut said = String::new();
            child
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut said)
                .unwrap();
            panic!("{status}: {said}");
        }
        pids(top).len() == 2 * count
    });
    kill_process(Pid::from_child(&child), signal).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    for pid in pids(top) {
        wait_until("no program runs", || !runs(pid));
    }
    assert_eq!(pids(top).len(), 2 * count, "more was started afterwards");
    let changed: Vec<PathBuf> = {
        let after = files(top);
        let all = before.keys().chain(after.keys());
        all.filter(|path| before.get(*path) != after.get(*path))
            .cloned()
            .collect()
    };
    assert!(changed.is_empty(), "{changed:?}");
    output
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

/// A Python environment of which there is no more than what tells the versions.
fn fake_environment(top: &Path) {
    let python = top.join("tools/python");
    program(&python.join("bin/python"), "exit 0");
    let constraints = fs::read_to_string(top.join("openapi/tools/constraints.txt")).unwrap();
    for line in constraints.lines().filter(|line| !line.starts_with('#')) {
        let (name, version) = line.split_once("==").unwrap();
        let info = format!("{}-{version}.dist-info", name.replace('-', "_"));
        fs::create_dir_all(python.join("lib/python3/site-packages").join(info)).unwrap();
    }
}

#[test]
fn verify_ends_every_tool_and_removes_its_temporary_folder() {
    let top = repository();
    fake_environment(top.path());
    for name in ["cargo", "python3"] {
        program(&top.path().join("bin").join(name), "echo 99.0");
    }
    let yamllint = top.path().join("tools/python/bin/yamllint");
    program(&yamllint, &hangs(top.path()));
    for signal in [Signal::INT, Signal::TERM] {
        // One for the document and one for the bundle, side by side.
        let arguments = ["spec", "--verify", "--only", "yamllint"];
        let output = interrupted(top.path(), &arguments, signal, 2);
        assert_eq!(words(&output), "interrupted");
        assert!(!String::from_utf8_lossy(&output.stdout).contains("FAIL"));
        fs::remove_dir_all(top.path().join("pids")).unwrap();
        fs::create_dir(top.path().join("pids")).unwrap();
    }
}

#[test]
fn install_ends_npm_and_removes_what_is_half_made() {
    let top = repository();
    fake_environment(top.path());
    for name in ["cargo", "node"] {
        program(&top.path().join("bin").join(name), "echo 99.0");
    }
    program(&top.path().join("bin/npm"), &hangs(top.path()));
    let output = interrupted(top.path(), &["spec", "--install"], Signal::INT, 1);
    assert_eq!(words(&output), "interrupted");
}

#[test]
fn new_ends_cargo_and_takes_the_skeleton_back() {
    let top = repository();
    program(&top.path().join("bin/cargo"), &hangs(top.path()));
    let output = interrupted(top.path(), &["new", "tiny-things"], Signal::INT, 1);
    assert_eq!(
        words(&output),
        "interrupted; what was made is removed again"
    );
}
