//! A canary in every secret of an account, and every command that reads or changes anything: no output has one.

use serde_json::json;
use zendesk_oauth_sandbox::Fault;

use crate::common::{Ran, Stage};

const SEED: &str = include_str!("common/canaries.yaml");

/// Command lines that work, and some that do not.
const LINES: &[&str] = &[
    "clients list",
    "clients list-mine",
    "clients show 501",
    "clients show 999",
    "clients create --name New --identifier new_client --kind confidential --secret-file s1",
    "clients update 501 --name Newer",
    "clients generate-secret 501 --yes --secret-file s2",
    "clients generate-secret 501 --dry-run --secret-file s3",
    "clients delete 503 --yes",
    "tokens list",
    "tokens list --all",
    "tokens show 601",
    "tokens current",
    "tokens create --client-id 501 --scope read --secret-file s4",
    "tokens revoke 603 --yes",
    "tokens revoke 602 --dry-run",
    "global-clients list",
    "global-clients summary",
    "connections show --name kept",
    "connections refresh --name kept",
    "connections start other --oauth-client my_oauth_client --dry-run",
    "chat-tokens list",
    "chat-tokens revoke 701 --yes",
    "chat-tokens revoke 999 --yes",
    "api GET /api/v2/oauth/tokens.json?all=true",
    "api GET /api/v2/oauth/clients.json --paginate",
    "api GET /api/v2/chat/oauth/tokens --area chat",
    "api POST /api/v2/oauth/clients.json --field client[name]=x --dry-run",
    "audit",
    "audit --sarif audit.sarif",
    "revoke plan --where idle>1d",
    "revoke plan --where idle>1d --out plan-FORM --overwrite",
    "revoke apply plan-FORM --dry-run",
    "revoke apply plan-FORM --yes",
    "rotate sandbox_app --dry-run --secret-file s5",
    "rotate sandbox_app --yes --secret-file s5",
    "migrate --identifier moved --scope read --dry-run",
    "doctor",
    "status",
    "profile list",
    "config explain",
];

#[test]
fn no_output_has_a_secret() {
    let stage = Stage::seeded(SEED);
    for form in ["table", "json", "ndjson"] {
        for line in LINES {
            let line = line.replace("FORM", form);
            let ran = ran(&stage, &line, form);
            well_behaved(&line, &ran);
        }
    }
}

#[test]
fn no_refusal_has_a_secret() {
    let echoed =
        json!({ "error": "Forbidden", "description": "no", "access_token": "CANARY-echoed" });
    every_line_with(&Fault::status(403).with_body(echoed));
}

#[test]
fn no_answer_that_is_cut_short_has_a_secret() {
    every_line_with(&Fault::truncated(12).with_header("retry-after", "0"));
}

#[test]
fn no_page_in_the_place_of_an_answer_has_a_secret() {
    every_line_with(&Fault::status(200).with_body("<b>CANARY-page</b>"));
}

/// Runs every command line while each answer is spoilt in that way.
fn every_line_with(fault: &Fault) {
    let stage = Stage::seeded(SEED);
    stage
        .run("revoke plan --where idle>1d --out plan-json")
        .exits(0);
    stage.sandbox.faults().add(fault.clone()).expect("a rule");
    // What is asked for as it is, is printed as it is: a page has no members to hide.
    let is_page = fault.status == Some(200);
    let lines = LINES
        .iter()
        .filter(|line| !(line.contains("--out plan") || is_page && line.starts_with("api GET")));
    let lines: Vec<&str> = lines.copied().collect();
    // Some lines wait for a while and try again.
    std::thread::scope(|scope| {
        for lines in lines.chunks(8) {
            let stage = &stage;
            scope.spawn(move || {
                for line in lines {
                    let line = line.replace("FORM", "json");
                    let ran = ran(stage, &line, "json");
                    well_behaved(&line, &ran);
                }
            });
        }
    });
}

/// Runs a line, `migrate` with the API token that it is to get away from.
fn ran(stage: &Stage, line: &str, form: &str) -> Ran {
    let mut command = stage.command(line.split_whitespace().chain(["-o", form]));
    if line.starts_with("migrate") {
        let token = stage.starter.api_token.as_deref().expect("an API token");
        command
            .env_remove("ZENDESK_TOKEN")
            .env("ZENDESK_EMAIL", &stage.starter.admin_email)
            .env("ZENDESK_API_TOKEN", token);
    }
    stage.ran(command)
}

/// A command that cannot do its work says so, and does not panic.
fn well_behaved(line: &str, ran: &Ran) {
    let code = ran.code.unwrap_or_else(|| panic!("{line}: {ran:?}"));
    assert!((0..=6).contains(&code), "{line}: {ran:?}");
    assert!(code != 2, "{line} is no command: {ran:?}");
}
