//! Answers and places that fail.

use zendesk_oauth_sandbox::{Fault, FaultRule};

use super::scene::Scene;

const GENERATE: &str = "generate_oauth_client_secret";
const LINE: &str = "rotate the_app --yes --secret-file ~/secret";

#[test]
fn a_refusal_before_the_change_is_closed_as_not_happened() {
    for (status, code) in [(403, 4), (404, 3), (422, 1), (500, 1), (503, 1)] {
        let scene = Scene::new();
        scene.fault(GENERATE, Fault::status(status));
        let ran = scene.run(LINE).exits(code);
        assert!(ran.stderr.contains("no new secret"), "{}", ran.stderr);
        scene.assert_step("not_happened");
        assert!(!scene.path("secret").exists());
        assert_eq!(scene.calls(GENERATE), 1, "it is not asked for twice");
        scene.run(LINE).exits(0);
        scene.assert_works("secret");
    }
}

#[test]
fn a_connection_that_breaks_before_the_change_stays_open_and_is_told_apart_later() {
    let scene = Scene::new();
    scene.fault(GENERATE, Fault::reset());
    let ran = scene.run(LINE).exits(6);
    assert!(ran.stderr.contains("--resume"), "{}", ran.stderr);
    scene.assert_step("asked");
    assert_eq!(scene.calls(GENERATE), 1, "it is not asked for twice");
    let ran = scene.run("rotate the_app --resume --yes").exits(0);
    assert!(ran.stderr.contains("nothing happened"), "{}", ran.stderr);
    scene.assert_works("secret");
    assert_eq!(scene.made(), 1);
}

#[test]
fn an_answer_that_is_lost_after_the_change_is_told_and_another_secret_is_made() {
    for fault in [Fault::lost_answer(), Fault::truncated(20), {
        let mut fault = Fault::lost_answer();
        fault.status = Some(502);
        fault
    }] {
        let scene = Scene::new();
        scene.fault(GENERATE, fault);
        let ran = scene.run(LINE);
        assert_ne!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stderr.contains("nobody has it"), "{}", ran.stderr);
        scene.assert_step("lost");
        assert_eq!(scene.calls(GENERATE), 1, "it is not asked for twice");
        assert!(!scene.path("secret").exists());
        // Nobody can be asked, and another secret is a change.
        scene.run("rotate the_app --secret-file ~/secret").exits(2);
        scene.assert_step("lost");
        scene.run(LINE).exits(0);
        scene.assert_works("secret");
        scene.assert_step("done");
    }
}

#[test]
fn an_answer_with_a_truncated_secret_is_lost() {
    let scene = Scene::new();
    let body = serde_json::json!({"client": {
        "id": 1001, "identifier": "the_app", "name": "The App", "secret": "CANARYnew...", "user_id": 29,
    }});
    scene.fault(GENERATE, Fault::default().with_body(body));
    let ran = scene.run(LINE).exits(1);
    assert!(ran.stderr.contains("nobody has it"), "{}", ran.stderr);
    scene.assert_step("lost");
}

#[test]
fn while_it_cannot_be_looked_at_the_rotation_stays_open() {
    let scene = Scene::new();
    scene.fault(GENERATE, Fault::lost_answer());
    // The look before goes through, the one after does not.
    let rule = FaultRule::on("show_oauth_client", Fault::status(403)).nth(3);
    scene.0.sandbox.faults().add(rule).expect("a rule");
    let ran = scene.run(LINE);
    assert!(ran.stderr.contains("is not known"), "{}", ran.stderr);
    scene.assert_step("asked");
    scene.0.sandbox.faults().clear();
    let ran = scene.run("rotate the_app --resume --yes").exits(0);
    assert!(ran.stderr.contains("nobody has it"), "{}", ran.stderr);
    scene.assert_works("secret");
}

#[test]
fn a_place_that_fails_after_the_answer_loses_nothing() {
    let scene = Scene::new();
    let mut command = scene.command("rotate the_app --yes --secret-command");
    command.arg("cat >/dev/null; exit 7");
    let ran = scene.0.ran(command).exits(1);
    scene.assert_silent(&ran);
    let kept = scene.emergency_file();
    assert!(ran.stderr.contains(kept.to_str().expect("UTF-8")));
    scene.assert_step("kept");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&kept)
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // The command is not kept, so the place has to be named; no secret is made for it.
    scene.run("rotate the_app --resume --yes").exits(2);
    let ran = scene
        .run("rotate the_app --resume --secret-file ~/secret -o json")
        .exits(0);
    assert_eq!(ran.json()["resumed"], true);
    assert!(!kept.exists(), "the emergency file is left");
    assert_eq!(scene.made(), 1);
    scene.assert_works("secret");
    scene.assert_step("done");
}

#[test]
fn a_kept_secret_that_somebody_replaced_meanwhile_is_not_delivered() {
    let scene = Scene::new();
    let mut command = scene.command("rotate the_app --yes --secret-command");
    command.arg("cat >/dev/null; exit 7");
    scene.0.ran(command).exits(1);
    let theirs = scene.make_secret();
    std::fs::write(scene.path("secret"), &theirs).expect("a file");
    let resume = "rotate the_app --resume --yes --secret-file ~/secret";
    let ran = scene.run(resume).exits(1);
    assert!(ran.stderr.contains("not in force"), "{}", ran.stderr);
    assert_eq!(scene.secret("secret"), theirs);
    scene.assert_works("secret");
    scene.assert_step("lost");
}

#[test]
fn an_emergency_file_that_is_gone_makes_another_secret_necessary() {
    let scene = Scene::new();
    let mut command = scene.command("rotate the_app --yes --secret-command");
    command.arg("cat >/dev/null; exit 7");
    scene.0.ran(command).exits(1);
    std::fs::remove_file(scene.emergency_file()).expect("a file");
    scene.run("rotate the_app --secret-file ~/secret").exits(2);
    scene.assert_step("lost");
    scene.run(LINE).exits(0);
    scene.assert_works("secret");
}

#[test]
fn a_trial_that_fails_is_made_again_without_another_secret() {
    let scene = Scene::new();
    scene.fault("create_token_for_grant_type", Fault::status(500));
    let ran = scene.run(LINE).exits(1);
    assert!(ran.stderr.contains("--resume"), "{}", ran.stderr);
    scene.assert_step("delivered");
    scene.run("rotate the_app --resume").exits(0);
    assert_eq!(scene.made(), 1);
    scene.assert_works("secret");
    scene.assert_step("done");
}

#[test]
fn a_secret_that_somebody_replaced_meanwhile_is_no_success() {
    let scene = Scene::new();
    scene.fault("create_token_for_grant_type", Fault::status(500));
    scene.run(LINE).exits(1);
    scene.make_secret();
    let ran = scene.run("rotate the_app --resume").exits(1);
    assert!(ran.stderr.contains("refuses"), "{}", ran.stderr);
    scene.run(LINE).exits(0);
    scene.assert_works("secret");
}

#[test]
fn a_token_that_cannot_be_revoked_is_told() {
    let scene = Scene::new();
    for _ in 0..6 {
        scene.fault("revoke_current_support_oauth_token", Fault::status(500));
    }
    let ran = scene.run(LINE).exits(0);
    assert!(
        ran.stderr.contains("could not be revoked"),
        "{}",
        ran.stderr
    );
}
