//! A run of some seconds, and runs with a leak on purpose.

use std::process::{Command, Output};

fn soak(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zendesk-oauth-endurance"))
        .args(arguments)
        .output()
        .expect("it was built with its tests")
}

fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    )
}

#[cfg(target_os = "linux")]
#[test]
fn a_short_run_finds_nothing_and_says_what_it_did() {
    let output = soak(&["--seconds", "3", "--seed", "4", "--callers", "4"]);
    let said = said(&output);
    assert!(output.status.success(), "{said}");
    for expected in [
        "seed 4",
        "requests at the sandbox",
        "client, heap",
        "nothing leaks",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    // What a token looks like, whoever it is of.
    assert!(!said.contains("Bearer "), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_login_that_is_taken_away_is_found() {
    let output = soak(&[
        "--seconds",
        "0.1",
        "--seed",
        "4",
        "--callers",
        "1",
        "--leak",
        "login",
    ]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the login of login_memory is lost"), "{said}");
    assert!(said.contains("--seed 4"), "{said}");
}

#[test]
fn an_argument_that_there_is_not_is_named() {
    let output = soak(&["--minutes", "1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("no argument --minutes"));
}
