//! Every operation of every document has a command, which makes this call and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::{Ran, Stage};
use crate::{connections, records};

/// Operations with an example of their command. What is in braces is taken from the sandbox, see [`filled`].
const COMMANDS: &[(&str, &str)] = &[
    ("list_oauth_clients", "clients list"),
    ("list_my_oauth_clients", "clients list-mine"),
    ("show_oauth_client", "clients show {client}"),
    (
        "create_oauth_client",
        "clients create --name Nightly --identifier nightly --kind confidential --secret-file secret",
    ),
    (
        "update_oauth_client",
        "clients update {client} --name Renamed",
    ),
    ("delete_oauth_client", "clients delete {client} --yes"),
    (
        "generate_oauth_client_secret",
        "clients generate-secret {client} --yes --secret-file secret",
    ),
    ("list_support_oauth_tokens", "tokens list"),
    (
        "create_support_oauth_token",
        "tokens create --client-id {client} --scope read --expires-in 30m --secret-file secret",
    ),
    ("show_support_oauth_token", "tokens show {token}"),
    ("revoke_support_oauth_token", "tokens revoke {token} --yes"),
    ("show_current_support_oauth_token", "tokens current"),
    (
        "revoke_current_support_oauth_token",
        "tokens revoke-current --yes",
    ),
    ("list_global_oauth_clients", "global-clients list"),
    ("show_global_oauth_client", "global-clients show {global}"),
    (
        "list_global_oauth_client_token_summaries",
        "global-clients summary",
    ),
    (
        "create_token_for_grant_type",
        "grant client-credentials --client-id sandbox_app --scope read --expires-in 1h --secret-file secret",
    ),
    ("list_chat_oauth_tokens", "chat-tokens list"),
    (
        "revoke_chat_oauth_token",
        "chat-tokens revoke {chat_token} --yes",
    ),
    (
        "start_oauth_flow",
        "connections start another_one --oauth-client CLIENT",
    ),
    (
        "start_oauth_redirect",
        "connections redirect --flow-token-file {flow}",
    ),
    (
        "create_zis_oauth_token",
        "connections token --client-id sandbox_app --grant client-credentials --scopes read --secret-file secret",
    ),
    (
        "exchange_verification_code",
        "connections exchange --verification-code-file {code}",
    ),
    (
        "refresh_oauth_token",
        "connections refresh --name {connection}",
    ),
    (
        "show_oauth_connection",
        "connections show --name {connection}",
    ),
];

/// The operations that the documents name.
fn documented() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi");
    let files = fs::read_dir(folder).expect("the documents");
    let files = files.map(|file| file.expect("a file").path());
    let yaml = files.filter(|path| path.extension().is_some_and(|it| it == "yaml"));
    let texts = yaml.map(|path| fs::read_to_string(path).expect("a document"));
    let operations = texts.flat_map(|text| {
        let lines = text.lines();
        let ids = lines.filter_map(|line| line.trim().strip_prefix("operationId: "));
        ids.map(str::to_owned).collect::<Vec<_>>()
    });
    operations.collect()
}

/// A sandbox where nobody has to click.
fn stage() -> Stage {
    let stage = Stage::new();
    let applied = stage.sandbox.apply_profile("unattended");
    applied.expect("a profile");
    stage
}

/// What takes the place of a word in braces.
type Found = fn(&Stage) -> String;

const PLACES: [(&str, Found); 7] = [
    ("{client}", |stage| {
        records::client(stage, "sandbox_app").to_string()
    }),
    ("{token}", |stage| records::other_token(stage).to_string()),
    ("{global}", |stage| last_id(stage, "global-clients list")),
    ("{chat_token}", |stage| last_id(stage, "chat-tokens list")),
    ("{flow}", flow),
    ("{code}", verification_code),
    ("{connection}", connection),
];

/// The line with what this sandbox has.
fn filled(stage: &Stage, line: &str) -> String {
    let mut line = connections::line(stage, line);
    for (place, found) in PLACES {
        if line.contains(place) {
            line = line.replace(place, &found(stage));
        }
    }
    line
}

fn last_id(stage: &Stage, list: &str) -> String {
    let ids = records::ids(stage, list);
    ids.last().expect("a record").to_string()
}

/// A file with the address of a flow.
fn flow(stage: &Stage) -> String {
    let start = "connections start by_hand --oauth-client CLIENT --scopes read,write --offline --redirect-url http://127.0.0.1:9/back";
    let started = stage.run(&connections::line(stage, start)).exits(0);
    kept(stage, "flow", &started.stdout)
}

/// A file with the address that the browser came back to.
fn verification_code(stage: &Stage) -> String {
    flow(stage);
    let url = records::file(stage, "flow");
    let (back, _) = connections::browse(stage, url.trim());
    kept(stage, "code", back.as_str())
}

/// The name of a connection.
fn connection(stage: &Stage) -> String {
    let code = verification_code(stage);
    let exchange = format!("connections exchange --verification-code-file {code}");
    stage.run(&exchange).exits(0);
    "by_hand".to_owned()
}

fn kept(stage: &Stage, name: &str, text: &str) -> String {
    fs::write(stage.home().join(name), text).expect("a file");
    name.to_owned()
}

fn ran(stage: &Stage, line: &str) -> Ran {
    let mut command = stage.command(line.split_whitespace());
    if let Some(secret) = &stage.starter.client_secret {
        command.env("ZENDESK_CLIENT_SECRET", secret);
    }
    stage.ran(command)
}

#[test]
fn every_documented_operation_has_a_command() {
    let built = COMMANDS.iter().map(|(operation, _)| *operation);
    let built: BTreeSet<String> = built.map(str::to_owned).collect();
    assert_eq!(documented(), built);
}

#[test]
fn each_command_makes_its_call_and_no_other_in_every_form() {
    for (operation, line) in COMMANDS {
        for form in ["table", "json"] {
            let stage = stage();
            let line = format!("{} -o {form}", filled(&stage, line));
            let (ran, asked) = records::asked(&stage, || ran(&stage, &line));
            let ran = ran.exits(0);
            // What is revoked is looked at first: the command may run on it.
            let is_look = |it: &&str| {
                operation.starts_with("revoke_")
                    && (it.starts_with("show_") || it.starts_with("list_"))
            };
            let asked: Vec<_> = asked.into_iter().filter(|it| !is_look(it)).collect();
            assert_eq!(asked, [*operation], "{line}");
            if form == "json" && !ran.stdout.is_empty() {
                ran.json();
            }
        }
    }
}

#[test]
fn dry_runs_of_what_changes_something_send_nothing() {
    for (operation, line) in COMMANDS {
        // Where a flow leads is looked up, and changes nothing.
        let reads = ["list_", "show_", "start_oauth_redirect"];
        if reads.iter().any(|begin| operation.starts_with(begin)) {
            continue;
        }
        let stage = stage();
        let line = format!("{} --dry-run", filled(&stage, line));
        for form in ["table", "json"] {
            let line = format!("{line} -o {form}");
            let (ran, asked) = records::asked(&stage, || ran(&stage, &line));
            let ran = ran.exits(0);
            assert!(asked.is_empty(), "{line} sent {asked:?}");
            assert!(ran.stdout.contains(stage.sandbox.url()), "{line}: {ran:#?}");
        }
        assert!(!stage.home().join("secret").exists(), "{line}");
    }
}
