//! `clients`.

use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::common::Stage;
use crate::config::write_settings;
use crate::records::{asked, client, file, ids, listed, rescued, sends_nothing};

const CREATE: &str = "clients create --name Nightly --identifier nightly --kind confidential";

#[test]
fn clients_are_listed_without_their_secrets() {
    let stage = Stage::new();
    let clients = listed(&stage, "clients list");
    let identifiers = clients.iter().map(|client| &client["identifier"]);
    assert!(identifiers.into_iter().any(|it| it == "sandbox_app"));
    assert!(clients.iter().all(|it| it["secret"] == "[redacted]"));
    let table = stage.run("clients list").exits(0);
    assert!(table.stdout.contains("sandbox_app"), "{table:#?}");
    assert_eq!(listed(&stage, "clients list-mine").len(), clients.len());
}

#[test]
fn a_limit_stops_a_list_and_says_where_it_goes_on() {
    let stage = Stage::seeded("generate: { clients: 250 }");
    let all = ids(&stage, "clients list --sort id");
    assert!(all.len() >= 250);
    let (ran, calls) = asked(&stage, || {
        stage.run("clients list --sort id --limit 3 -o ndjson")
    });
    let ran = ran.exits(0);
    assert_eq!((ran.stdout.lines().count(), calls.len()), (3, 1));
    let cursor = ran.stderr.split("--after ").nth(1).expect("a cursor");
    let rest = ids(
        &stage,
        &format!("clients list --sort id --after {}", cursor.trim()),
    );
    assert_eq!(rest, all[3..]);
    let back = ids(
        &stage,
        &format!("clients list --sort id --before {}", cursor.trim()),
    );
    assert!(all.starts_with(&back.into_iter().rev().collect::<Vec<_>>()));

    let ran = stage.run("clients list --limit 7 --page-size 5 -o ndjson");
    let ran = ran.exits(0);
    assert_eq!(ran.stdout.lines().count(), 7);
    assert!(ran.stderr.contains("of which 2 were printed"), "{ran:#?}");

    assert_eq!(ids(&stage, "clients list --page 1"), all);
    let ran = stage.run("clients list --page 3 --limit 1 --page-size 2 -o json");
    assert_eq!(ran.exits(0).json()[0]["id"], all[4]);
    let over = stage.run("clients list --limit 1000 -o ndjson").exits(0);
    assert!(over.stderr.is_empty(), "{over:#?}");
}

#[test]
fn a_list_that_breaks_off_says_where_it_goes_on_and_is_no_whole() {
    let stage = Stage::seeded("generate: { clients: 250 }");
    let fault = FaultRule::on("list_oauth_clients", Fault::status(400)).nth(2);
    stage.sandbox.faults().add(fault).unwrap();
    let ran = stage.run("clients list -o json").exits(1);
    assert!(ran.stderr.contains("go on with --after "), "{ran:#?}");
    assert!(serde_json::from_str::<serde_json::Value>(&ran.stdout).is_err());
}

#[test]
fn a_client_is_named_by_its_number_or_its_identifier() {
    let stage = Stage::new();
    let id = client(&stage, "sandbox_app");
    let by_id = stage.run(&format!("clients show {id} -o json")).exits(0);
    let by_name = stage.run("clients show sandbox_app -o json").exits(0);
    assert_eq!(by_id.json(), by_name.json());
    let table = stage.run("clients show sandbox_app").exits(0);
    assert!(table.stdout.contains("Sandbox App"), "{table:#?}");
    stage
        .run("clients update sandbox_app --name Renamed")
        .exits(0);
    let shown = stage.run(&format!("clients show {id} -o json")).exits(0);
    assert_eq!(shown.json()["name"], "Renamed");
}

#[test]
fn a_client_that_is_not_there_is_3() {
    let stage = Stage::new();
    for line in [
        "clients show 1",
        "clients show no_such_client",
        "clients update no_such_client --name X",
        "clients delete 1 --yes",
        "clients delete 1",
        "clients generate-secret no_such_client --yes --secret-file secret",
    ] {
        let ran = stage.run(&format!("{line} -o json")).exits(3);
        assert_eq!(ran.error()["kind"], "not_found", "{line}");
        assert!(ran.stdout.is_empty(), "{line}");
    }
    assert!(!stage.home().join("secret").exists());
}

#[test]
fn a_new_secret_is_in_its_file_and_nowhere_else() {
    let stage = Stage::new();
    let ran = stage.run(&format!("{CREATE} --secret-file secret -o json"));
    let ran = ran.exits(0);
    let secret = file(&stage, "secret");
    let secret = secret.trim();
    assert!(secret.len() > 20 && !secret.ends_with("..."));
    assert!(!ran.stdout.contains(secret) && !ran.stderr.contains(secret));
    let id = ran.json()["id"].as_i64().unwrap();
    assert_eq!(ran.json()["identifier"], "nightly");

    let ran = stage.run(&format!(
        "clients generate-secret {id} --yes --secret-file secret -o json"
    ));
    let ran = ran.exits(0);
    let another = file(&stage, "secret");
    assert_ne!(another.trim(), secret);
    assert_eq!(ran.json()["id"], id);
    assert!(!ran.stdout.contains(another.trim()));
}

#[test]
fn a_secret_is_revealed_in_the_record_that_is_asked_for() {
    let stage = Stage::new();
    let line = format!("{CREATE} --reveal -o json");
    let ran = stage.ran_revealing(stage.command(line.split_whitespace()));
    let ran = ran.exits(0);
    let secret = ran.json()["secret"].as_str().unwrap().to_owned();
    assert!(secret.len() > 20 && !secret.ends_with("..."));

    let line = "clients generate-secret nightly --yes --reveal --columns id";
    let ran = stage.run(line).exits(2);
    assert!(ran.stderr.contains("nothing was sent"), "{ran:#?}");
}

#[test]
fn without_a_place_for_the_secret_nothing_is_sent() {
    let stage = Stage::new();
    let id = client(&stage, "sandbox_app");
    for line in [
        CREATE.to_owned(),
        format!("clients generate-secret {id} --yes"),
        format!("clients generate-secret {id} --yes --secret-file no/folder/secret"),
    ] {
        let ran = sends_nothing(&stage, &line).exits(2);
        assert!(ran.stderr.contains("--secret-file"), "{ran:#?}");
    }
}

#[test]
fn a_sink_that_fails_tells_what_is_on_the_server() {
    let stage = Stage::new();
    let command = |line: &str| {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        words.extend(["--secret-command", "exit 3"]);
        stage.ran(stage.command(words)).exits(1)
    };
    let ran = command(CREATE);
    let id = client(&stage, "nightly");
    let generate = format!("`zendesk-oauth clients generate-secret {id}`");
    assert!(ran.stderr.contains("was created"), "{ran:#?}");
    assert!(ran.stderr.contains(&generate), "{ran:#?}");
    assert!(ran.stdout.is_empty());
    let ran = command(&format!("clients generate-secret {id} --yes"));
    assert!(ran.stderr.contains("the old one is dead"), "{ran:#?}");
    assert!(ran.stderr.contains(&generate), "{ran:#?}");
    assert!(ran.stderr.contains("it is kept in "), "{ran:#?}");
    // That of the creation, which is dead, and the new one.
    let minted = rescued(&stage).into_iter().filter(|secret| {
        let line = "grant client-credentials --client-id nightly --scope read --secret-file x";
        let mut mint = stage.bare(line.split(' '));
        mint.env("ZENDESK_URL", stage.sandbox.url())
            .env("ZENDESK_CLIENT_SECRET", secret);
        stage.ran(mint).code == Some(0)
    });
    assert_eq!(minted.count(), 1);
}

#[test]
fn a_lost_answer_says_where_to_look() {
    let stage = Stage::new();
    let faults = stage.sandbox.faults();
    for operation in ["create_oauth_client", "generate_oauth_client_secret"] {
        let rule = FaultRule::on(operation, Fault::lost_answer());
        faults.add(rule).unwrap();
    }
    let ran = stage.run(&format!("{CREATE} --secret-file secret"));
    let ran = ran.exits(6);
    assert!(ran.stderr.contains("clients show nightly"), "{ran:#?}");
    let id = client(&stage, "nightly");
    let ran = stage.run(&format!(
        "clients generate-secret {id} --yes --secret-file secret"
    ));
    let ran = ran.exits(6);
    assert!(ran.stderr.contains("may be dead"), "{ran:#?}");
    assert!(!stage.home().join("secret").exists());
}

#[test]
fn a_public_client_needs_a_redirect_uri_and_no_place_for_a_secret() {
    let stage = Stage::new();
    let line = "clients create --name App --identifier app --kind public";
    let ran = sends_nothing(&stage, line).exits(2);
    assert!(ran.stderr.contains("--redirect-uri"), "{ran:#?}");
    let line = format!("{line} --redirect-uri http://localhost:8080/callback");
    let ran = sends_nothing(&stage, &format!("{line} --secret-file secret")).exits(2);
    assert!(ran.stderr.contains("keeps no secret"), "{ran:#?}");
    let line = format!("{line} --redirect-uri https://example.com/back --company Acme -o json");
    let client = stage.run(&line).exits(0).json();
    assert_eq!(client["kind"], "public");
    assert_eq!(client["redirect_uri"].as_array().unwrap().len(), 2);
    assert_eq!(client["company"], "Acme");
}

#[test]
fn what_zendesk_refuses_is_1_and_names_the_member() {
    let stage = Stage::new();
    let taken = CREATE.replace("nightly", "sandbox_app");
    let ran = stage.run(&format!("{taken} --secret-file secret -o json"));
    let error = ran.exits(1).error();
    assert_eq!(error["status"], 422);
    let message = error["message"].as_str().unwrap();
    assert!(message.to_lowercase().contains("identifier"), "{message}");
    let ran = stage.run("clients update sandbox_app --identifier sandbox_starter");
    assert!(ran.exits(1).stderr.to_lowercase().contains("identifier"));
}

#[test]
fn what_is_refused_here_is_2_and_nothing_is_sent() {
    let stage = Stage::new();
    let id = client(&stage, "sandbox_app");
    for (line, says) in [
        (format!("clients update {id}"), "nothing to change"),
        (
            format!("clients update {id} --redirect-uri http://example.com/x --yes"),
            "redirect URI",
        ),
        (
            format!("clients update {id} --redirect-uri nowhere --dry-run"),
            "redirect URI",
        ),
        ("clients list --page-size 0".to_owned(), "page-size"),
        ("clients list --limit 0".to_owned(), "limit"),
        ("clients list --page 2 --sort name".to_owned(), "--sort"),
    ] {
        let ran = sends_nothing(&stage, &line).exits(2);
        assert!(ran.stderr.contains(says), "{line}: {ran:#?}");
    }
}

#[test]
fn credentials_that_are_refused_or_missing_are_4() {
    let stage = Stage::new();
    for line in ["clients list -o json", "clients delete 1 --yes -o json"] {
        let mut refused = stage.command(line.split(' '));
        refused.env("ZENDESK_TOKEN", "CANARY-no-token");
        let mut missing = stage.bare(line.split(' '));
        missing.env("ZENDESK_URL", stage.sandbox.url());
        for command in [refused, missing] {
            let ran = stage.ran(command).exits(4);
            assert_eq!(ran.error()["kind"], "auth");
        }
    }
}

#[test]
fn what_destroys_asks_and_nobody_can_be_asked_here() {
    let stage = Stage::new();
    let id = client(&stage, "sandbox_app");
    for line in [
        format!("clients delete {id}"),
        "clients delete sandbox_app".to_owned(),
        format!("clients generate-secret {id} --secret-file secret"),
        format!("clients update {id} --kind public"),
    ] {
        let (ran, calls) = asked(&stage, || stage.run(&line));
        let ran = ran.exits(2);
        assert!(ran.stderr.contains("--yes"), "{line}: {ran:#?}");
        assert!(ran.stderr.contains("sandbox_app"), "{line}: {ran:#?}");
        let reads = ["show_oauth_client", "list_oauth_clients"];
        assert!(calls.iter().all(|it| reads.contains(it)), "{calls:?}");
    }
    assert!(!stage.home().join("secret").exists());
    let ran = stage.run("clients update sandbox_app --kind public --yes");
    assert!(ran.exits(0).stderr.contains("generate-secret"));
    let ran = stage.run("clients update sandbox_app --kind public");
    ran.exits(0);
    let ran = stage.run("clients delete sandbox_app --yes").exits(0);
    assert!(ran.stdout.is_empty(), "{ran:#?}");
    stage.run("clients show sandbox_app").exits(3);
}

#[test]
fn a_dry_run_shows_the_request_and_sends_nothing() {
    let stage = Stage::new();
    let id = client(&stage, "sandbox_app");
    let line = format!("clients update {id} --company Acme --dry-run -o json");
    let request = sends_nothing(&stage, &line).exits(0).json();
    assert_eq!(request["method"], "PUT", "{request}");
    let body = &request["body"]["client"];
    assert_eq!(body, &serde_json::json!({ "company": "Acme" }));
}

#[test]
fn redirect_uris_that_would_go_are_asked_about() {
    let stage = Stage::new();
    let update = "clients update sandbox_app --redirect-uri https://example.com/new";
    let (ran, calls) = asked(&stage, || stage.run(update));
    let ran = ran.exits(2);
    assert_eq!(calls, ["list_oauth_clients"]);
    assert!(ran.stderr.contains("before http://localhost"), "{ran:#?}");
    let after = "after https://example.com/new";
    assert!(ran.stderr.contains(after), "{ran:#?}");
    stage.run(&format!("{update} --yes")).exits(0);
    // None goes.
    let more = format!("{update} --redirect-uri https://example.com/other");
    stage.run(&more).exits(0);
}

#[test]
fn a_profile_that_logs_in_as_the_client_is_named() {
    let stage = Stage::new();
    let url = stage.sandbox.url();
    let settings = format!(
        "[profiles.acme]\nurl = \"{url}\"\n[profiles.acme.support]\nlogin = \"client_credentials\"\n\
         client_id = \"sandbox_app\"\nclient_secret = \"CANARY-secret\"\nscopes = [\"read\"]\n"
    );
    write_settings(&stage, &settings);
    let id = client(&stage, "sandbox_app");
    for line in [
        format!("clients generate-secret {id} --secret-file secret"),
        format!("clients delete {id}"),
    ] {
        let ran = stage.run(&line).exits(2);
        let says = "the profile acme logs in as this client";
        assert!(ran.stderr.contains(says), "{ran:#?}");
        let ran = stage.run(&format!("{line} --yes")).exits(0);
        let login = "zendesk-oauth login --client-credentials --profile acme --client-id ";
        assert!(ran.stderr.contains(login), "{ran:#?}");
    }
    let line = format!("{CREATE} --secret-file nightly");
    stage.run(&line).exits(0);
    let ran = stage.run("clients delete nightly --yes").exits(0);
    assert!(!ran.stderr.contains("acme"), "{ran:#?}");
}

#[cfg(unix)]
#[test]
fn an_env_file_that_others_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt as _;

    let stage = Stage::new();
    let env = stage.home().join(".env");
    std::fs::write(&env, "A=1\n").unwrap();
    std::fs::set_permissions(&env, std::fs::Permissions::from_mode(0o644)).unwrap();
    let ran = stage.run(&format!("{CREATE} --env-file .env --env-name SECRET"));
    let ran = ran.exits(0);
    assert!(ran.stderr.contains("chmod 600 .env"), "{ran:#?}");
    let mode = env.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o644);
}
