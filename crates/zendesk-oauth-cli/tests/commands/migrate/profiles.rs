//! The profile that is written, and those that are there.

use super::{CLIENTS, JSON, NEW, changes, profile, ran};
use crate::common::Stage;

/// Settings of the owner alone.
fn put_settings(stage: &Stage, text: &str) {
    let folder = stage.home().join(".config/zendesk-oauth");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("config.toml");
    std::fs::write(&file, text).expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let owner_only = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&file, owner_only).expect("permissions");
    }
}

#[test]
fn what_a_person_wrote_in_the_settings_stays() {
    let stage = Stage::new();
    let folder = stage.home().join(".config/zendesk-oauth");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("config.toml");
    let before = "# ours\nprofile = \"other\"\n\n[profiles.other] # theirs\nurl = \"https://other.zendesk.com\"\n";
    std::fs::write(&file, before).expect("a file");
    let ran_open = ran(&stage, &[&NEW]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert!(ran_open.exits(2).stderr.contains("chmod 600"));
        assert_eq!(changes(&stage), [""; 0]);
        let owner_only = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&file, owner_only).expect("permissions");
        let record = ran(&stage, &[&NEW, &JSON]).exits(0).json();
        assert_eq!(record["profile"]["is_current"], false);
        let mode = std::fs::metadata(&file)
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let after = profile(&stage).expect("a profile");
    assert!(after.starts_with(before), "{after}");
    assert!(after.contains("[profiles.default.support]"), "{after}");
}

#[test]
fn the_profile_works_without_anything_else() {
    let stage = Stage::new();
    ran(&stage, &[&NEW, &CLIENTS]).exits(0);
    let ran = stage.ran(stage.bare(["doctor", "-o", "json"])).exits(0);
    let found = ran.json();
    let mut found = found.as_array().expect("a list").iter();
    let kind = found.find(|it| it["area"] == "support" && it["check"] == "credentials");
    let kind = &kind.expect("a check")["facts"]["kind"];
    assert_eq!(*kind, "client_credentials");
    let clients = stage.ran(stage.bare(["clients", "list", "-o", "json"]));
    assert!(clients.exits(0).stdout.contains("acme_nightly"));
}

#[test]
fn an_api_token_of_a_profile_is_migrated_to_another_one() {
    let stage = Stage::new();
    let settings = format!(
        "profile = \"old\"\n[profiles.old]\nurl = \"{}\"\n[profiles.old.support] # until May\nemail = \"{}\"\n\
         api_token = \"{}\"\n",
        stage.sandbox.url(),
        stage.starter.admin_email,
        stage.starter.api_token(),
    );
    put_settings(&stage, &settings);
    let bare = |more: &[&str]| {
        let arguments = [&["migrate"], &NEW[..], &CLIENTS, &JSON, more].concat();
        stage.ran(stage.bare(arguments))
    };
    // Over the API token only if a person says so.
    let refused = bare(&["--save-as", "old"]).exits(2);
    assert!(refused.stderr.contains("--replace"), "{}", refused.stderr);
    assert_eq!(changes(&stage), [""; 0]);
    assert_eq!(profile(&stage).as_deref(), Some(settings.as_str()));
    let record = bare(&["--save-as", "new"]).exits(0).json();
    assert_eq!(record["profile"]["is_current"], false);
    let left = record["left"].to_string();
    assert!(left.contains("profile remove old"), "{left}");
    assert!(left.contains("profile use new"), "{left}");
    assert!(profile(&stage).expect("settings").starts_with(&settings));
}

#[test]
fn the_profile_of_another_account_is_left_alone() {
    let stage = Stage::new();
    let settings = "[profiles.default]\nurl = \"https://other.zendesk.com\"\n";
    put_settings(&stage, settings);
    let ran = ran(&stage, &[&NEW, &["--replace"]]).exits(2);
    assert!(ran.stderr.contains("another account"), "{}", ran.stderr);
    assert_eq!(profile(&stage).as_deref(), Some(settings));
    assert!(stage.sandbox.journal().is_empty());
}
