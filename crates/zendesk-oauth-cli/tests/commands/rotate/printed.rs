//! A secret that is to be printed, and standard output that does not take it.
#![cfg(unix)]

use std::fs::OpenOptions;
use std::process::Stdio;

use super::scene::Scene;
use crate::common::Ran;

const GENERATE: &str = "generate_oauth_client_secret";

/// A pipe that nobody reads.
fn closed_pipe() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

/// A disk that is full.
fn full() -> Stdio {
    let full = OpenOptions::new().write(true).open("/dev/full");
    full.expect("the device").into()
}

fn ran(scene: &Scene, line: &str, stdout: Stdio) -> Ran {
    let mut command = scene.command(line);
    command.stdout(stdout).stderr(Stdio::piped());
    let child = command.spawn().expect("it starts");
    let ran = Ran::of(child.wait_with_output().expect("it has ended"));
    scene.assert_silent(&ran);
    ran
}

#[test]
fn a_secret_that_cannot_be_printed_is_kept_until_it_is() {
    for (form, stdout) in [
        ("json", closed_pipe as fn() -> Stdio),
        ("json", full),
        ("table", closed_pipe),
        ("table", full),
    ] {
        let scene = Scene::new();
        let line = format!("rotate the_app --yes --reveal -o {form}");
        let resume = format!("rotate the_app --resume --yes --reveal -o {form}");
        for line in [&line, &resume] {
            let ran = ran(&scene, line, stdout()).exits(1);
            let kept = scene.emergency_file();
            assert!(kept.exists(), "{ran:?}");
            assert!(ran.stderr.contains(kept.to_str().expect("UTF-8")));
            if form == "json" {
                assert_eq!(ran.error()["kind"], "failed");
            }
            scene.assert_step("kept");
        }
        let ran = scene.0.ran_revealing(scene.command(&resume)).exits(0);
        let secret = match form {
            "json" => ran.json()["secret"].as_str().expect("text").to_owned(),
            _ => ran.stdout.lines().next().expect("a line").to_owned(),
        };
        assert!(scene.mints(&secret));
        assert_eq!(scene.made(), 1);
        assert!(!scene.emergency_file().exists());
        scene.assert_step("done");
    }
}

#[test]
fn a_secret_that_can_neither_be_tried_nor_printed_is_kept() {
    let scene = Scene::new();
    let fault = zendesk_oauth_sandbox::Fault::status(500);
    scene.fault("create_token_for_grant_type", fault);
    let line = "rotate the_app --yes --reveal -o json";
    ran(&scene, line, closed_pipe()).exits(1);
    scene.assert_step("kept");
    scene
        .run("rotate the_app --resume --yes --secret-file ~/secret")
        .exits(0);
    assert_eq!(scene.made(), 1);
    scene.assert_works("secret");
}

#[test]
fn nothing_is_sent_if_standard_output_leads_nowhere() {
    let scene = Scene::new();
    let line = "rotate the_app --yes --reveal";
    let ran = ran(&scene, line, Stdio::null()).exits(2);
    assert!(ran.stderr.contains("nothing was sent"), "{}", ran.stderr);
    assert_eq!(scene.calls(GENERATE), 0);
}

#[test]
fn a_record_that_nobody_reads_does_not_leave_the_rotation_open() {
    let scene = Scene::new();
    let line = "rotate the_app --yes --secret-file ~/secret";
    ran(&scene, line, closed_pipe()).exits(0);
    scene.assert_step("done");
    scene.assert_works("secret");
}

#[test]
fn columns_are_checked_before_anything_is_sent() {
    let scene = Scene::new();
    for (arguments, said) in [
        ("--reveal -o json --columns id,name", "secret"),
        ("--reveal --columns id,nothing,secret", "nothing"),
        ("--secret-file ~/secret --columns nothing", "nothing"),
        ("--secret-file ~/secret --columns secret", "secret"),
    ] {
        let ran = scene.run(&format!("rotate the_app --yes {arguments}"));
        let ran = ran.exits(2);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    assert_eq!(scene.calls(GENERATE), 0);
    let all = "account,id,identifier,name,secret_in,profiles,verified,not_verified_because,rotated_at,resumed";
    let line = format!("rotate the_app --yes --reveal -o json --columns {all},secret");
    let ran = scene.0.ran_revealing(scene.command(&line)).exits(0);
    assert!(scene.mints(ran.json()["secret"].as_str().expect("text")));
}
