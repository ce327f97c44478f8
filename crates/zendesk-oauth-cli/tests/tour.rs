//! `zendesk-oauth tour`, as a process.

use std::process::{Command, Stdio};

fn tour() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zendesk-oauth"));
    command.arg("tour");
    command
}

#[test]
fn every_operation_answers() {
    let output = tour().output().expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(
        text.lines().last(),
        Some("25 of 25 operations answered"),
        "{text}"
    );
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
    assert!(!text.contains('\u{1b}'), "no colours without a terminal");
}

#[test]
fn no_reader_is_no_reason_to_panic() {
    let mut command = tour();
    let mut process = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(process.stdout.take());
    let output = process.wait_with_output().expect("it ends");
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_ne!(output.status.code(), Some(101));
}
