//! Where the secret goes when all is well.

use std::fs;

use super::scene::Scene;

const DEAD: &str = "CANARYold0000000000old";

#[test]
fn a_secret_goes_to_its_file_and_is_tried() {
    let scene = Scene::new();
    assert!(scene.mints(DEAD));
    let before = scene.live_tokens();
    let ran = scene
        .run("rotate the_app --yes --secret-file ~/secret -o json")
        .exits(0);
    let record = ran.json();
    assert_eq!(record["verified"], true, "{record}");
    assert_eq!(record["id"], 1001);
    assert_eq!(record["resumed"], false);
    assert_eq!(record["rotated_at"], "2026-11-02T09:00:00Z");
    assert!(record.get("secret").is_none());
    assert!(ran.stderr.contains("Left to do"), "{}", ran.stderr);
    assert_eq!(
        scene.live_tokens(),
        before,
        "the token of the trial is left"
    );
    scene.assert_step("done");
    assert_eq!(scene.journal()["last_rotated_at"], "2026-11-02T09:00:00Z");
    scene.assert_works("secret");
    assert!(!scene.mints(DEAD));
}

#[cfg(unix)]
#[test]
fn what_is_written_is_the_owners_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let scene = Scene::new();
    scene
        .run("rotate 1001 --yes --secret-file ~/secret")
        .exits(0);
    let mode = |path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(scene.path("secret")), 0o600);
    assert_eq!(mode(scene.journal_file()), 0o600);
    assert_eq!(mode(scene.journal_file().with_extension("lock")), 0o600);
    let folder = scene.journal_file();
    assert_eq!(mode(folder.parent().expect("a folder").to_owned()), 0o700);
}

#[test]
fn a_second_rotation_replaces_the_first_secret() {
    let scene = Scene::new();
    let line = "rotate the_app --yes --secret-file ~/secret";
    scene.run(line).exits(0);
    let first = scene.secret("secret");
    scene.run(line).exits(0);
    assert!(!scene.mints(&first));
    scene.assert_works("secret");
}

#[test]
fn a_line_of_an_environment_file_is_set_and_the_rest_stays() {
    let scene = Scene::new();
    fs::write(scene.path("env"), "A=1\nexport APP='old' # why\nB=2\n").expect("a file");
    scene
        .run("rotate the_app --yes --env-file ~/env --env-name APP")
        .exits(0);
    let text = fs::read_to_string(scene.path("env")).expect("a file");
    let secret = text
        .strip_prefix("A=1\nexport APP='")
        .and_then(|it| it.strip_suffix("' # why\nB=2\n"))
        .expect("the rest stays");
    assert!(scene.mints(secret));
}

#[test]
fn a_command_takes_the_secret_on_its_standard_input() {
    let scene = Scene::new();
    let mut command = scene.command("rotate the_app --yes -o json --secret-command");
    command.arg("cat > secret");
    let ran = scene.0.ran(command).exits(0);
    scene.assert_silent(&ran);
    assert_eq!(ran.json()["verified"], true);
    scene.assert_works("secret");
    assert!(!scene.journal().to_string().contains("cat >"));
}

#[test]
fn reveal_prints_the_secret_and_nothing_else_has_it() {
    let scene = Scene::new();
    let ran = scene
        .0
        .ran_revealing(scene.command("rotate the_app --yes --reveal -o json"))
        .exits(0);
    let record = ran.json();
    let secret = record["secret"].as_str().expect("a secret");
    assert!(scene.mints(secret));
    assert!(!scene.journal().to_string().contains(&secret[..9]));
    scene.assert_step("done");
    let table = scene
        .0
        .ran_revealing(scene.command("rotate the_app --yes --reveal"))
        .exits(0);
    let secret = table.stdout.lines().next().expect("a line");
    assert!(scene.mints(secret), "{}", table.stdout);
}

#[test]
fn a_secret_that_is_to_be_printed_is_printed_even_if_it_cannot_be_tried() {
    let scene = Scene::new();
    scene.fault(
        "create_token_for_grant_type",
        zendesk_oauth_sandbox::Fault::status(500),
    );
    let ran = scene
        .0
        .ran_revealing(scene.command("rotate the_app --yes --reveal -o json"))
        .exits(1);
    let record = ran.json();
    assert_eq!(record["verified"], false);
    assert!(scene.mints(record["secret"].as_str().expect("a secret")));
}

#[test]
fn no_verify_makes_no_token_and_says_so() {
    let scene = Scene::new();
    let ran = scene
        .run("rotate the_app --yes --no-verify --secret-file ~/secret -o json")
        .exits(0);
    assert_eq!(ran.json()["verified"], false);
    assert!(ran.stderr.contains("not verified"), "{}", ran.stderr);
    assert_eq!(scene.calls("create_token_for_grant_type"), 0);
    scene.assert_works("secret");
}

#[test]
fn a_client_that_may_have_no_such_token_is_not_verified_and_that_is_said() {
    let scene = Scene::new();
    for (client, code) in [("narrow", "invalid_scope"), ("hers", "unauthorized_client")] {
        let ran = scene
            .run(&format!(
                "rotate {client} --yes --secret-file ~/secret -o json"
            ))
            .exits(0);
        let record = ran.json();
        assert_eq!(record["verified"], false, "{record}");
        let why = record["not_verified_because"].as_str().expect("a reason");
        assert!(why.contains(code) && why.contains("begins"), "{why}");
    }
    let ran = scene
        .run("rotate narrow --yes --secret-file ~/secret --verify-scope tickets:read -o json")
        .exits(0);
    assert_eq!(ran.json()["verified"], true);
}
