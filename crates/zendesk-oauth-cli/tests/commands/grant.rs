//! `grant`.

use std::process::Command;

use zendesk_oauth::Zendesk;
use zendesk_oauth::authorization::AuthorizationRequest;
use zendesk_oauth::reqwest;
use zendesk_oauth_sandbox::{Fault, FaultRule, Sandbox};

use crate::common::{Ran, Stage};
use crate::records::{asked, file, rescued};

const REDIRECT_URI: &str = "http://localhost:8080/callback";
const MINT: &str = "grant client-credentials --client-id sandbox_app --scope read --expires-in 30m";
const EXCHANGE: &str = "grant authorization-code --client-id sandbox_app --scope read --expires-in 30m \
                        --redirect-uri http://localhost:8080/callback";
const REFRESH: &str = "grant refresh-token --client-id sandbox_app";
const BOTH: &str = "--secret-file access --refresh-token-file refresh";

/// The command, with the client's secret and without any other credentials.
fn command(stage: &Stage, line: &str) -> Command {
    let mut command = stage.bare(line.split_whitespace());
    let secret = stage.starter.client_secret.as_ref().expect("a secret");
    command
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_CLIENT_SECRET", secret);
    command
}

fn run(stage: &Stage, line: &str) -> Ran {
    stage.ran(command(stage, line))
}

/// A sandbox where nobody has to click.
fn unattended() -> Stage {
    let stage = Stage::built(Sandbox::builder());
    stage
        .sandbox
        .apply_profile("unattended")
        .expect("a step of the flow");
    stage
}

/// A code of the consent page, with its verifier.
fn code(stage: &Stage) -> (String, String) {
    let zendesk = Zendesk::at(stage.sandbox.url())
        .build()
        .expect("a step of the flow");
    let request = AuthorizationRequest::new("sandbox_app", REDIRECT_URI, ["read"])
        .expect("a step of the flow");
    let session = stage
        .starter
        .admin_session
        .as_ref()
        .expect("a step of the flow");
    let answer = stage.block_on(async {
        let policy = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder()
            .redirect(policy)
            .build()
            .expect("a step of the flow");
        let page = http.get(request.url(&zendesk).expose());
        let page = page.header("cookie", format!("_zendesk_session={session}"));
        page.send().await.expect("a step of the flow")
    });
    let location = answer.headers()["location"]
        .to_str()
        .expect("a step of the flow");
    let code = request
        .code_from_callback(location)
        .expect("a step of the flow");
    let verifier = request.code_verifier().expect("a step of the flow");
    (
        code.secret().expose().to_owned(),
        verifier.expose().to_owned(),
    )
}

/// Puts a pair for a code into the files `access` and `refresh`.
fn exchanged(stage: &Stage) -> Ran {
    let (code, verifier) = code(stage);
    let mut exchange = command(stage, &format!("{EXCHANGE} {BOTH} -o json"));
    exchange
        .env("ZENDESK_CODE", code)
        .env("ZENDESK_CODE_VERIFIER", verifier);
    stage.ran(exchange).exits(0)
}

/// Whether calls with the token of that file are answered.
fn works(stage: &Stage, name: &str) -> bool {
    let mut current = stage.bare(["tokens", "current"]);
    current
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_TOKEN", file(stage, name).trim());
    stage.ran(current).code == Some(0)
}

#[test]
fn a_secret_gets_a_token_that_works() {
    let stage = Stage::new();
    let ran = run(&stage, &format!("{MINT} --secret-file access -o json"));
    let record = ran.exits(0).json();
    assert_eq!(record["expires_in"], 1_800);
    assert_eq!(record["access_token"], "[redacted]");
    assert!(works(&stage, "access"));
    let table = run(&stage, &format!("{MINT} --secret-file access"));
    assert!(table.exits(0).stdout.contains("1800"));
}

#[test]
fn a_code_gets_a_pair_and_its_refresh_token_another() {
    let stage = unattended();
    let record = exchanged(&stage).json();
    assert_eq!(record["refresh_token"], "[redacted]");
    let (access, refresh) = (file(&stage, "access"), file(&stage, "refresh"));
    assert_ne!(access, refresh);
    assert!(works(&stage, "access"));
    std::fs::copy(stage.home().join("access"), stage.home().join("old")).unwrap();

    // The file that the refresh token came from takes the new one.
    let line = format!("{REFRESH} --old-refresh-token-file refresh {BOTH} -o json");
    let ran = run(&stage, &line).exits(0);
    assert!(!ran.stdout.contains(file(&stage, "refresh").trim()));
    assert_ne!(file(&stage, "refresh"), refresh);
    assert!(works(&stage, "access") && !works(&stage, "old"));

    let mut again = command(&stage, &format!("{REFRESH} {BOTH} -o json"));
    again.env("ZENDESK_REFRESH_TOKEN", refresh.trim());
    let kept = file(&stage, "refresh");
    let error = stage.ran(again).exits(4).error();
    assert_eq!(error["code"], "invalid_grant");
    assert_eq!(file(&stage, "refresh"), kept);
}

#[test]
fn revealed_tokens_are_in_the_record() {
    let stage = unattended();
    exchanged(&stage);
    let line = format!("{REFRESH} --old-refresh-token-file refresh --reveal -o json");
    let ran = stage.ran_revealing(command(&stage, &line)).exits(0);
    let record = ran.json();
    assert!(record["access_token"].as_str().unwrap().len() > 20);
    assert!(record["refresh_token"].as_str().unwrap().len() > 20);
}

#[cfg(target_os = "linux")]
#[test]
fn revealed_tokens_that_cannot_be_printed_are_kept() {
    let stage = unattended();
    exchanged(&stage);
    let line = format!("{REFRESH} --old-refresh-token-file refresh --reveal -o json");
    let mut command = command(&stage, &line);
    let full = std::fs::File::create("/dev/full").unwrap();
    let output = command
        .stdout(full)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap();
    let ran = Ran::of(output).exits(1);
    assert!(!ran.stderr.contains("get another"), "{ran:#?}");
    let [access, refresh] = &rescued(&stage)[..] else {
        panic!("{ran:#?}")
    };
    for (name, token) in [("access", access), ("refresh", refresh)] {
        std::fs::write(stage.home().join(name), token).unwrap();
    }
    assert!(works(&stage, "access"));
    let line = format!("{REFRESH} --old-refresh-token-file refresh {BOTH}");
    run(&stage, &line).exits(0);
}

#[test]
fn nothing_is_sent_while_a_token_would_be_lost() {
    let stage = Stage::new();
    for (line, says) in [
        (MINT.to_owned(), "--secret-file"),
        (format!("{REFRESH} {BOTH}"), "the refresh token is missing"),
        (
            format!("{REFRESH} --secret-file access"),
            "--refresh-token-file",
        ),
        (
            format!("{REFRESH} --secret-file one --refresh-token-file ./one"),
            "same file",
        ),
        (
            format!("{REFRESH} --secret-file access --refresh-token-file no/folder/x"),
            "--refresh-token-file no/folder/x",
        ),
        (
            format!("{REFRESH} --reveal --columns access_token -o json"),
            "refresh_token",
        ),
        (
            format!("{MINT} --client-secret-file no_such_file --secret-file access"),
            "--client-secret-file",
        ),
        (
            format!("{EXCHANGE} --code-file - --client-secret-file - {BOTH}"),
            "standard input can give one",
        ),
        (
            format!("{EXCHANGE} {BOTH}"),
            "the authorization code is missing",
        ),
        (
            format!("{EXCHANGE} --public {BOTH}"),
            "the code verifier is missing",
        ),
    ] {
        let mut command = command(&stage, &line);
        if !says.ends_with("missing") {
            command.env("ZENDESK_REFRESH_TOKEN", "CANARY-refresh");
        }
        let (ran, calls) = asked(&stage, || stage.ran(command));
        let ran = ran.exits(2);
        assert!(calls.is_empty(), "{line}: {calls:?}");
        assert!(ran.stderr.contains(says), "{line}: {ran:#?}");
    }
}

#[test]
fn one_token_that_does_not_get_to_its_place_does_not_take_the_other_along() {
    let stage = unattended();
    let (code, verifier) = code(&stage);
    let mut words: Vec<&str> = EXCHANGE.split_whitespace().collect();
    words.extend([
        "--secret-command",
        "exit 3",
        "--refresh-token-file",
        "refresh",
    ]);
    let mut exchange = stage.bare(words);
    exchange
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_CODE", code)
        .env("ZENDESK_CODE_VERIFIER", verifier)
        .env(
            "ZENDESK_CLIENT_SECRET",
            stage.starter.client_secret.as_ref().unwrap(),
        );
    let ran = stage.ran(exchange).exits(1);
    assert!(ran.stderr.contains("grant refresh-token"), "{ran:#?}");
    let line = format!("{REFRESH} --old-refresh-token-file refresh {BOTH}");
    run(&stage, &line).exits(0);
}

#[test]
fn what_the_token_endpoint_refuses_names_the_reason() {
    let stage = Stage::new();
    let mut wrong = command(&stage, &format!("{MINT} --secret-file access -o json"));
    wrong.env("ZENDESK_CLIENT_SECRET", "CANARY-wrong");
    assert_eq!(stage.ran(wrong).exits(4).error()["code"], "invalid_client");
    let mut wrong = command(&stage, &format!("{EXCHANGE} {BOTH} -o json"));
    wrong.env("ZENDESK_CODE", "CANARY-code");
    assert_eq!(stage.ran(wrong).exits(4).error()["code"], "invalid_grant");
    let ran = run(
        &stage,
        &format!("{MINT} --expires-in 3d --secret-file access"),
    );
    ran.exits(2);
    let rule = FaultRule::on("create_token_for_grant_type", Fault::lost_answer());
    stage.sandbox.faults().add(rule).unwrap();
    let ran = run(&stage, &format!("{MINT} --secret-file access")).exits(6);
    assert!(ran.stderr.contains("may have been issued"), "{ran:#?}");
    assert!(!stage.home().join("access").exists());
}

#[test]
fn a_dry_run_shows_the_request_without_its_secrets() {
    let stage = Stage::new();
    for line in [MINT, REFRESH, EXCHANGE] {
        let mut command = command(&stage, &format!("{line} --dry-run -o json"));
        command
            .env("ZENDESK_REFRESH_TOKEN", "CANARY-refresh")
            .env("ZENDESK_CODE", "CANARY-code");
        let (ran, calls) = asked(&stage, || stage.ran(command));
        assert!(calls.is_empty(), "{calls:?}");
        let request = ran.exits(0).json();
        assert_eq!(request["body"]["client_id"], "sandbox_app", "{request}");
        assert_eq!(request["body"]["client_secret"], "[redacted]", "{request}");
    }
}
