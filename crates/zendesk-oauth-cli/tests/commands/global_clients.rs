//! `global-clients`.

use crate::common::Stage;
use crate::records::{listed, sends_nothing};

const SEED: &str = "
global_clients:
  - { id: 1, identifier: zdg-one, name: One }
  - { id: 2, identifier: zdg-two, name: Two }
users:
  - { id: 29, name: Ada, email: admin@example.com, role: admin }
tokens:
  - { global_client: zdg-one, user: admin@example.com, scopes: [read] }
  - { global_client: zdg-one, user: admin@example.com, scopes: [read], expires_at: -1h }
";

#[test]
fn global_clients_are_listed_and_shown() {
    let stage = Stage::seeded(SEED);
    let clients = listed(&stage, "global-clients list --sort name");
    let names: Vec<_> = clients.iter().map(|client| &client["name"]).collect();
    assert_eq!(names, ["One", "Two"]);
    let shown = stage.run("global-clients show 2 -o json").exits(0);
    assert_eq!(shown.json(), clients[1]);
    let table = stage.run("global-clients list").exits(0);
    assert!(table.stdout.contains("zdg-two"), "{table:#?}");
    let table = stage.run("global-clients show 2").exits(0);
    assert!(table.stdout.contains("zdg-two"), "{table:#?}");
}

#[test]
fn tokens_are_counted_with_and_without_expired_ones() {
    let stage = Stage::seeded(SEED);
    let line = "global-clients summary --global-client-id 1";
    let good = listed(&stage, line);
    assert_eq!((good.len(), &good[0]["tokens_count"]), (1, &1.into()));
    let all = listed(&stage, &format!("{line} --include-expired"));
    assert_eq!(all[0]["tokens_count"], 2);
    assert_eq!(listed(&stage, "global-clients summary --limit 1").len(), 1);
    stage.run("global-clients summary").exits(0);
}

#[test]
fn what_is_not_there_is_3_and_what_may_not_be_seen_is_4() {
    let stage = Stage::new();
    let missing = stage.run("global-clients show 7 -o json").exits(3);
    assert_eq!(missing.error()["kind"], "not_found");
    sends_nothing(&stage, "global-clients show zdg-stats_widget").exits(2);
    let agent = stage.starter.agent_token.as_ref().unwrap();
    for line in ["global-clients list", "global-clients summary"] {
        let mut command = stage.command(line.split(' '));
        command.env("ZENDESK_TOKEN", agent);
        stage.ran(command).exits(4);
    }
    let line = "global-clients list --sort no_such_member -o json";
    let refused = stage.run(line).exits(1).error();
    assert_eq!(refused["code"], "InvalidPaginationParameter");
}
