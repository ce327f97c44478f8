//! Killed at every step, and gone on with. In the end the place has a secret that works.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead as _, Read as _};
use std::process::Command;

use zendesk_oauth_sandbox::Fault;

use super::scene::Scene;

const GENERATE: &str = "generate_oauth_client_secret";
const LINE: &str = "rotate the_app --yes --secret-file ~/secret";
const RESUME: &str = "rotate --resume the_app --yes";

/// A pipe with a name: a command that reads it stands still until it is written to.
fn pipe(scene: &Scene) {
    let made = Command::new("mkfifo").arg(scene.path("pipe")).status();
    assert!(made.expect("mkfifo").success());
}

/// The journal of a rotation that was killed between sending and the answer.
fn killed_when_asked(scene: &Scene) {
    scene.fault(GENERATE, Fault::latency_ms(600_000));
    let child = scene.start(LINE);
    scene.kill_at("asked", child);
}

/// The journal of a rotation that was killed when the place had the secret.
fn killed_while_tried(scene: &Scene) {
    scene.fault("create_token_for_grant_type", Fault::latency_ms(600_000));
    let child = scene.start(LINE);
    scene.kill_at("delivered", child);
}

#[test]
fn killed_before_the_change() {
    let scene = Scene::new();
    killed_when_asked(&scene);
    assert!(!scene.path("secret").exists());
    let ran = scene.run(RESUME).exits(0);
    assert!(ran.stderr.contains("nothing happened"), "{}", ran.stderr);
    assert_eq!(scene.made(), 1);
    scene.assert_works("secret");
    scene.assert_step("done");
}

#[test]
fn killed_after_the_change_while_a_command_has_the_secret() {
    let scene = Scene::new();
    pipe(&scene);
    let mut command = scene.command("rotate the_app --yes --secret-command");
    command.arg("cat > other; read line < pipe");
    let mut child = command.spawn().expect("it starts");
    scene.wait("a secret", || {
        !fs::read(scene.path("other")).unwrap_or_default().is_empty()
    });
    scene.assert_step("asked");
    child.kill().expect("it can be killed");
    child.wait().expect("it has ended");
    fs::write(scene.path("pipe"), "\n").expect("a pipe");
    // The command line is not kept: somewhere else has to be named.
    let ran = scene.run(RESUME).exits(2);
    assert!(ran.stderr.contains("nobody has it"), "{}", ran.stderr);
    let ran = scene.run("rotate status -o json").exits(0);
    assert_eq!(ran.json()[0]["step"], "lost");
    scene.run(LINE).exits(0);
    scene.assert_works("secret");
    assert!(!scene.mints(&scene.secret("other")));
}

#[test]
fn killed_after_the_change_before_the_place_had_it() {
    let scene = Scene::new();
    killed_when_asked(&scene);
    // What the request would have done.
    scene.make_secret();
    let ran = scene.run(RESUME).exits(0);
    assert!(ran.stderr.contains("nobody has it"), "{}", ran.stderr);
    assert_eq!(scene.made(), 2);
    scene.assert_works("secret");
}

#[test]
fn killed_between_the_place_and_the_journal() {
    let scene = Scene::new();
    killed_when_asked(&scene);
    let secret = scene.make_secret();
    fs::write(scene.path("secret"), format!("{secret}\n")).expect("a file");
    let ran = scene.run(RESUME).exits(0);
    assert!(
        ran.stderr.contains("the new secret is in"),
        "{}",
        ran.stderr
    );
    assert_eq!(scene.made(), 1, "the secret in the file is the one to keep");
    assert_eq!(scene.secret("secret"), secret);
    scene.assert_works("secret");
    scene.assert_step("done");
}

#[test]
fn killed_between_the_emergency_file_and_the_journal() {
    let scene = Scene::new();
    killed_when_asked(&scene);
    let secret = scene.make_secret();
    fs::write(scene.emergency_file(), format!("{secret}\n")).expect("a file");
    scene.run(RESUME).exits(0);
    assert_eq!(scene.made(), 1);
    assert_eq!(scene.secret("secret"), secret);
    assert!(!scene.emergency_file().exists());
}

#[test]
fn killed_while_the_secret_is_tried() {
    let scene = Scene::new();
    killed_while_tried(&scene);
    let ran = scene.run("rotate status -o json").exits(0);
    assert_eq!(ran.json()[0]["step"], "delivered");
    assert_eq!(
        ran.json()[0]["to_do"],
        "zendesk-oauth rotate --resume the_app"
    );
    scene.run(RESUME).exits(0);
    assert_eq!(scene.made(), 1);
    scene.assert_works("secret");
    scene.assert_step("done");
}

#[test]
fn killed_while_tried_and_another_place_is_named_then() {
    let scene = Scene::new();
    killed_while_tried(&scene);
    let ran = scene
        .run("rotate the_app --yes --secret-file ~/other")
        .exits(1);
    assert!(ran.stderr.contains("has nothing"), "{}", ran.stderr);
    assert!(!scene.path("other").exists());
    scene.assert_works("secret");
    scene.assert_step("done");
}

#[test]
fn killed_after_the_file_was_delivered_and_the_file_is_gone() {
    let scene = Scene::new();
    killed_while_tried(&scene);
    fs::remove_file(scene.path("secret")).expect("a file");
    let ran = scene.run(RESUME).exits(0);
    assert!(ran.stderr.contains("any more"), "{}", ran.stderr);
    assert_eq!(scene.made(), 2);
    scene.assert_works("secret");
}

#[test]
fn killed_between_two_steps_that_nothing_holds_up() {
    let scene = Scene::new();
    scene.run(LINE).exits(0);
    let done = scene.journal();
    let made = scene.made();
    // `verified` differs from `done` in its name only.
    let mut verified = done.clone();
    verified["rotation"]["step"] = "verified".into();
    scene.write_journal(&verified);
    scene.run(RESUME).exits(0);
    scene.assert_step("done");
    assert_eq!(scene.made(), made);
    // After `begun`, nothing was sent.
    let mut begun = done;
    begun["rotation"]["step"] = "begun".into();
    scene.write_journal(&begun);
    scene.run(RESUME).exits(0);
    scene.assert_works("secret");
    assert_eq!(scene.made(), made + 1);
}

#[test]
fn killed_before_the_place_had_it_and_the_place_has_the_old_one() {
    let scene = Scene::new();
    fs::write(scene.path("secret"), "CANARYold0000000000old\n").expect("a file");
    killed_when_asked(&scene);
    scene.make_secret();
    let ran = scene.run(RESUME).exits(0);
    assert!(ran.stderr.contains("nobody has it"), "{}", ran.stderr);
    assert_eq!(scene.made(), 2);
    scene.assert_works("secret");
}

/// The journal of a rotation that was killed before it could say that all was done.
fn killed_when_verified(scene: &Scene) {
    scene.run(LINE).exits(0);
    let mut verified = scene.journal();
    verified["rotation"]["step"] = "verified".into();
    scene.write_journal(&verified);
}

#[test]
fn killed_when_verified_a_new_rotation_begins_without_resume() {
    let scene = Scene::new();
    killed_when_verified(&scene);
    scene.make_secret();
    let ran = scene
        .run("rotate the_app --yes --secret-file ~/other -o json")
        .exits(0);
    assert_eq!(ran.json()["resumed"], false);
    assert_eq!(scene.made(), 3);
    scene.assert_works("other");
}

#[test]
fn killed_when_verified_resume_tries_the_secret_again() {
    let scene = Scene::new();
    killed_when_verified(&scene);
    let other = "rotate the_app --resume --yes --secret-file ~/other";
    let ran = scene.run(other).exits(1);
    assert!(ran.stderr.contains("has nothing"), "{}", ran.stderr);
    assert!(!scene.path("other").exists());
    killed_when_verified(&scene);
    scene.make_secret();
    for no_verify in ["", " --no-verify"] {
        let journal = scene.journal();
        let error = scene.run(&format!("{RESUME}{no_verify} -o json")).exits(1);
        let message = error.error()["message"].to_string();
        assert!(message.contains("refuses"), "{message}");
        assert!(message.contains("did not end"), "{message}");
        scene.assert_step("lost");
        scene.write_journal(&journal);
    }
}

#[test]
fn a_rotation_begins_only_when_no_other_one_runs() {
    let scene = Scene::new();
    scene.fault("create_token_for_grant_type", Fault::latency_ms(600_000));
    let child = scene.start(LINE);
    scene.wait("a secret", || {
        scene.journal()["rotation"]["step"] == "delivered"
    });
    let ran = scene.run(LINE).exits(1);
    assert!(ran.stderr.contains("another rotation"), "{}", ran.stderr);
    scene.kill_at("delivered", child);
    assert_eq!(scene.made(), 1);
    scene.run(RESUME).exits(0);
    scene.assert_works("secret");
}

#[test]
fn ctrl_c_waits_for_the_secret_to_be_in_its_place() {
    let scene = Scene::new();
    pipe(&scene);
    let mut command = scene.command("rotate the_app --yes --secret-command");
    // Its own session keeps the signal from the command.
    command.arg("cat > secret; read line < pipe");
    command.stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    scene.wait("a secret", || {
        !fs::read(scene.path("secret"))
            .unwrap_or_default()
            .is_empty()
    });
    let interrupt = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupt.expect("kill").success());
    // It has to have noticed before the command ends.
    let mut stderr = std::io::BufReader::new(child.stderr.take().expect("a pipe"));
    let mut said = String::new();
    while !said.contains("must come to its end") {
        assert_ne!(stderr.read_line(&mut said).expect("UTF-8"), 0, "{said}");
    }
    fs::write(scene.path("pipe"), "\n").expect("a pipe");
    stderr.read_to_string(&mut said).expect("UTF-8");
    let mut output = child.wait_with_output().expect("it has ended");
    output.stderr = said.into_bytes();
    let ran = crate::common::Ran::of(output).exits(130);
    assert!(ran.stderr.contains("was not tried"), "{}", ran.stderr);
    scene.assert_silent(&ran);
    scene.assert_step("delivered");
    scene.assert_works("secret");
    scene.run(RESUME).exits(0);
}
