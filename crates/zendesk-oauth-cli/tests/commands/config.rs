//! Settings: where they come from, and what is refused.

use std::fs;

use crate::common::{Ran, Stage};

/// Writes the settings file, as a person does who takes care.
pub(crate) fn write_settings(stage: &Stage, text: &str) {
    let folder = stage.home().join(".config/zendesk-oauth");
    fs::create_dir_all(&folder).expect("as the test sets it up");
    let file = folder.join("config.toml");
    fs::write(&file, text).expect("as the test sets it up");
    private(&file, 0o600);
}

/// The settings file's text.
pub(crate) fn settings(stage: &Stage) -> String {
    fs::read_to_string(stage.home().join(".config/zendesk-oauth/config.toml"))
        .expect("as the test sets it up")
}

#[cfg(unix)]
fn private(file: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;

    fs::set_permissions(file, fs::Permissions::from_mode(mode)).expect("as the test sets it up");
}

#[cfg(not(unix))]
fn private(_: &std::path::Path, _: u32) {}

fn profile(stage: &Stage) -> String {
    format!(
        "profile = \"here\"\n[profiles.here]\nurl = \"{}\"\n[profiles.here.support]\ntoken = \"{}\"\n\
         [profiles.here.chat]\ntoken = \"CANARY-chat\"\n",
        stage.sandbox.url(),
        stage.starter.admin_token
    )
}

fn bare(stage: &Stage, line: &str) -> Ran {
    stage.ran(stage.bare(line.split_whitespace()))
}

/// The row of a setting.
fn row(ran: &Ran, setting: &str) -> serde_json::Value {
    let rows = ran.json();
    let mut rows = rows.as_array().expect("as the test sets it up").iter();
    rows.find(|row| row["setting"] == setting)
        .expect("as the test sets it up")
        .clone()
}

#[test]
fn each_value_is_explained_with_what_it_hides_and_no_secret() {
    let stage = Stage::new();
    write_settings(&stage, &profile(&stage));
    let mut command = stage.bare(["config", "explain", "-o", "json"]);
    command
        .env("ZENDESK_CHAT_TOKEN", "CANARY-variable")
        .env("ZENDESK_ZIS_INTEGRATION", "mine");
    let ran = stage.ran(command).exits(0);
    let chat = row(&ran, "chat");
    assert_eq!(chat["value"], "[set]");
    assert_eq!(chat["kind"], "bearer");
    assert_eq!(chat["origin"], "variable ZENDESK_CHAT_TOKEN");
    let hidden = chat["hides"][0].as_str().unwrap();
    assert!(
        hidden.starts_with("[set] (file ") && hidden.ends_with("config.toml:6 profile here)"),
        "{hidden}"
    );
    assert_eq!(row(&ran, "integration")["value"], "mine");
    assert_eq!(row(&ran, "url")["value"], stage.sandbox.url());
    assert!(row(&ran, "zis")["origin"].is_null());
    bare(&stage, "config explain").exits(0);
}

#[test]
fn without_an_account_it_is_still_said_where_settings_would_be() {
    let stage = Stage::new();
    let ran = bare(&stage, "config explain -o json").exits(2);
    let file = row(&ran, "settings_file");
    let path = file["value"].as_str().unwrap();
    assert!(
        path.ends_with(".config/zendesk-oauth/config.toml"),
        "{path}"
    );
    assert_eq!(file["origin"], "not there");
    let mut command = stage.bare(["config", "explain", "-o", "json"]);
    command
        .env("XDG_CONFIG_HOME", "/of/config")
        .env("XDG_STATE_HOME", "/of/state");
    let ran = stage.ran(command).exits(2);
    assert_eq!(
        row(&ran, "settings_file")["value"],
        "/of/config/zendesk-oauth/config.toml"
    );
    assert_eq!(
        row(&ran, "state_folder")["value"],
        "/of/state/zendesk-oauth"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_refused_with_the_command_that_mends_it() {
    let stage = Stage::new();
    write_settings(&stage, &profile(&stage));
    let file = stage.home().join(".config/zendesk-oauth/config.toml");
    for mode in [0o644, 0o640, 0o604] {
        private(&file, mode);
        let before = fs::read(&file).unwrap();
        for line in [
            "status",
            "config explain",
            "profile list",
            "profile use here",
            "logout",
        ] {
            let ran = bare(&stage, line).exits(2);
            let mend = format!("chmod 600 '{}'", file.display());
            assert!(ran.stderr.contains(&mend), "{line}: {}", ran.stderr);
        }
        assert_eq!(fs::read(&file).unwrap(), before);
    }
    private(&file, 0o600);
    bare(&stage, "profile list").exits(0);
}

#[test]
fn a_broken_file_is_refused_with_the_place_and_never_overwritten() {
    let stage = Stage::new();
    let broken = "profile = \"here\"\n[profiles.here]\nurl = \"https://a.zendesk.com\"\ncolour = \"CANARY\"\n";
    write_settings(&stage, broken);
    for line in [
        "config explain",
        "profile use here",
        "profile remove here --yes",
        "logout",
    ] {
        let ran = bare(&stage, line).exits(2);
        assert!(
            ran.stderr
                .contains("config.toml:4:1: profiles.here.colour is no setting"),
            "{line}: {}",
            ran.stderr
        );
    }
    assert_eq!(settings(&stage), broken);
}

#[test]
fn the_profiles_credentials_are_sent_to_its_own_address_only() {
    let stage = Stage::new();
    let elsewhere = Stage::new();
    write_settings(&stage, &profile(&stage));
    let seen = elsewhere.sandbox.journal().len();
    let mut command = stage.bare(["status"]);
    command.env("ZENDESK_URL", elsewhere.sandbox.url());
    let ran = stage.ran(command).exits(4);
    assert!(
        ran.stderr
            .contains("the credentials of the profile here are not used"),
        "{}",
        ran.stderr
    );
    assert_eq!(elsewhere.sandbox.journal().len(), seen);
    bare(&stage, "status").exits(4); // The Chat token is none of the sandbox.
    assert!(!stage.sandbox.journal().is_empty());
}

#[test]
fn contradicting_variables_are_refused() {
    let stage = Stage::new();
    let mut command = stage.command(["status"]);
    command.env("ZENDESK_API_TOKEN", "CANARY-api");
    let ran = stage.ran(command).exits(2);
    assert!(ran.stderr.contains("unset one of them"), "{}", ran.stderr);
    let mut command = stage.command(["status"]);
    command.env("ZENDESK_SUBDOMAIN", "acme");
    let ran = stage.ran(command).exits(2);
    assert!(ran.stderr.contains("unset one of them"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_token_file_that_others_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt as _;

    let stage = Stage::new();
    let path = stage.home().join("token");
    std::fs::write(&path, &stage.starter.admin_token).expect("a file");
    for (mode, is_warned) in [(0o644, true), (0o600, false)] {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&path, mode).expect("a mode");
        let mut command = stage.bare(["tokens", "current", "--token-file", "token"]);
        command.env("ZENDESK_URL", stage.sandbox.url());
        let ran = stage.ran(command).exits(0);
        assert_eq!(ran.stderr.contains("chmod 600 token"), is_warned);
    }
}
