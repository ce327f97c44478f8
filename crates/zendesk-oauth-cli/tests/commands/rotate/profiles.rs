//! Profiles that log in as the client that is rotated.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use zendesk_oauth_sandbox::Fault;

use super::scene::Scene;

const OLD: &str = "CANARYold0000000000old";
const LINE: &str = "rotate the_app --yes --secret-file ~/secret";

fn file(scene: &Scene) -> PathBuf {
    scene.path(".config/zendesk-oauth/config.toml")
}

/// Settings with one profile that logs in as the client, and one of another account.
fn write_settings(scene: &Scene, secret: &str) -> String {
    let url = scene.0.sandbox.url();
    let profile = |name: &str, url: &str| {
        format!(
            "[profiles.{name}]\nurl = \"{url}\"\n[profiles.{name}.support]\nlogin = \"client_credentials\"\n\
             client_id = \"the_app\"\nclient_secret = \"{secret}\" # ours\nscopes = [\"read\"]\n"
        )
    };
    let text = profile("acme", url) + &profile("elsewhere", "https://elsewhere.zendesk.com");
    let path = file(scene);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, &text).expect("a file");
    set_mode(scene, 0o600);
    text
}

fn set_mode(scene: &Scene, mode: u32) {
    fs::set_permissions(file(scene), fs::Permissions::from_mode(mode)).expect("a mode");
}

/// Fails unless the profile has the secret that is in the file, and logs in with it.
#[track_caller]
fn assert_logs_in(scene: &Scene, before: &str) {
    let expected = before.replacen(OLD, &scene.secret("secret"), 1);
    assert_eq!(fs::read_to_string(file(scene)).expect("a file"), expected);
    let words = ["clients", "list", "--profile", "acme", "-o", "json"];
    scene.0.ran_revealing(scene.0.bare(words)).exits(0);
}

#[test]
fn a_profile_that_logs_in_as_the_client_gets_the_secret_too() {
    let scene = Scene::new();
    let before = write_settings(&scene, OLD);
    for line in [
        "rotate the_app --dry-run --secret-file ~/secret",
        "rotate the_app --secret-file ~/secret",
    ] {
        let ran = scene.run(line);
        assert!(ran.stderr.contains("the profile acme"), "{}", ran.stderr);
    }
    assert_eq!(fs::read_to_string(file(&scene)).expect("a file"), before);
    let ran = scene.run(&format!("{LINE} -o json")).exits(0);
    assert_eq!(ran.json()["profiles"], serde_json::json!(["acme"]));
    assert_logs_in(&scene, &before);
}

#[test]
fn a_profile_that_does_not_take_the_secret_is_told_and_gets_it_later() {
    let scene = Scene::new();
    let before = write_settings(&scene, OLD);
    let mut command = scene.command("rotate the_app --yes --secret-command");
    command.arg("cat > other; chmod 644 .config/zendesk-oauth/config.toml");
    let ran = scene.0.ran(command).exits(1);
    scene.assert_silent(&ran);
    assert!(ran.stderr.contains("the profile acme"), "{}", ran.stderr);
    assert!(ran.stderr.contains("chmod 600"), "{}", ran.stderr);
    scene.assert_step("kept");
    set_mode(&scene, 0o600);
    scene
        .run("rotate the_app --resume --yes --secret-file ~/secret")
        .exits(0);
    assert_eq!(scene.made(), 1);
    assert_logs_in(&scene, &before);
    assert!(!scene.emergency_file().exists());
}

#[test]
fn killed_between_the_place_and_the_profile() {
    let scene = Scene::new();
    let before = write_settings(&scene, OLD);
    scene.fault("generate_oauth_client_secret", Fault::latency_ms(600_000));
    let child = scene.start(LINE);
    scene.kill_at("asked", child);
    let secret = scene.make_secret();
    fs::write(scene.path("secret"), format!("{secret}\n")).expect("a file");
    scene.run("rotate the_app --resume --yes").exits(0);
    assert_eq!(scene.made(), 1);
    assert_logs_in(&scene, &before);
}

#[test]
fn killed_when_only_the_profile_had_the_secret() {
    let scene = Scene::new();
    let before = write_settings(&scene, OLD);
    scene.fault("generate_oauth_client_secret", Fault::latency_ms(600_000));
    let child = scene.start("rotate the_app --yes --reveal");
    scene.kill_at("asked", child);
    let secret = scene.make_secret();
    fs::write(file(&scene), before.replacen(OLD, &secret, 1)).expect("a file");
    scene
        .run("rotate the_app --resume --yes --secret-file ~/secret")
        .exits(0);
    assert_eq!(scene.made(), 1);
    assert_eq!(scene.secret("secret"), secret);
    assert_logs_in(&scene, &before);
}
