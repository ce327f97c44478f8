//! What is refused, and sends nothing.

use super::scene::Scene;

#[test]
fn nothing_is_sent_without_a_place_for_the_secret() {
    let scene = Scene::new();
    let ran = scene.run("rotate the_app --yes").exits(2);
    assert!(ran.stderr.contains("--secret-file"), "{}", ran.stderr);
    let ran = scene
        .run("rotate the_app --yes --secret-file ~/none/secret")
        .exits(2);
    assert!(ran.stderr.contains("none"), "{}", ran.stderr);
    assert_eq!(scene.calls("generate_oauth_client_secret"), 0);
    assert!(scene.journal().is_null());
}

#[test]
fn a_public_client_has_no_secret() {
    let scene = Scene::new();
    for line in [
        "rotate the_page --yes --secret-file ~/secret",
        "rotate the_page --dry-run --secret-file ~/secret",
    ] {
        let ran = scene.run(line).exits(2);
        assert!(ran.stderr.contains("public"), "{}", ran.stderr);
    }
    assert_eq!(scene.calls("generate_oauth_client_secret"), 0);
}

#[test]
fn a_client_that_is_not_there_is_not_found() {
    let scene = Scene::new();
    for client in ["nobody", "4711"] {
        let line = format!("rotate {client} --yes --secret-file ~/secret -o json");
        let error = scene.run(&line).exits(3).error();
        assert_eq!(error["kind"], "not_found");
    }
}

#[test]
fn without_a_terminal_and_without_yes_nothing_is_sent() {
    let scene = Scene::new();
    let ran = scene.run("rotate the_app --secret-file ~/secret").exits(2);
    for said in ["--yes", "without overlap", "stay valid", "1 live token"] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    assert_eq!(scene.calls("generate_oauth_client_secret"), 0);
    assert!(scene.journal().is_null());
    assert!(!scene.path("secret").exists());
}

#[test]
fn a_dry_run_shows_what_would_be_done_and_changes_nothing() {
    let scene = Scene::new();
    let ran = scene
        .run("rotate the_app --dry-run --secret-file ~/secret")
        .exits(0);
    for said in [
        "the_app",
        "The App",
        "1001",
        "confidential",
        "1 live token",
        "secret",
        "without overlap",
    ] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    assert!(
        ran.stdout
            .contains("/api/v2/oauth/clients/1001/generate_secret"),
        "{}",
        ran.stdout
    );
    assert_eq!(scene.calls("generate_oauth_client_secret"), 0);
    assert!(!scene.path("secret").exists());
    assert!(!scene.path(".local").exists(), "a dry run left state");
}

#[test]
fn help_says_what_zendesk_does_not_have() {
    let scene = Scene::new();
    let ran = scene.run("rotate --help").exits(0);
    let text: Vec<&str> = ran.stdout.split_whitespace().collect();
    let text = text.join(" ");
    for said in [
        "one secret per client, without overlap",
        "stops working at once",
        "fails until it has the new one",
        "stay valid",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn there_is_nothing_to_go_on_with_after_the_end() {
    let scene = Scene::new();
    let line = "rotate the_app --resume --yes --secret-file ~/secret";
    let ran = scene.run(line).exits(3);
    assert!(ran.stderr.contains("no rotation"), "{}", ran.stderr);
    scene
        .run("rotate the_app --yes --secret-file ~/secret")
        .exits(0);
    scene.run(line).exits(3);
    assert_eq!(scene.made(), 1);
}

#[test]
fn a_journal_that_cannot_be_read_stops_everything() {
    let scene = Scene::new();
    scene
        .run("rotate the_app --yes --secret-file ~/secret")
        .exits(0);
    for text in ["{}", "not json", "{\"version\":99}"] {
        std::fs::write(scene.journal_file(), text).expect("a journal");
        let ran = scene
            .run("rotate the_app --yes --secret-file ~/secret")
            .exits(2);
        assert!(ran.stderr.contains("move it away"), "{}", ran.stderr);
        scene.run("rotate status").exits(1);
    }
    assert_eq!(scene.made(), 1);
}
