//! Mistakes are told with their place, and show no value.

use super::{PEOPLE, refused};
use crate::seed::Seed;

#[test]
fn each_mistake_is_told_with_its_place_path_and_way_out() {
    let cases = [
        (
            "clinets: []",
            "1:1: there is no key `clinets` here; the keys are account, clock, ",
        ),
        (
            "users:\n  - nmae: Ada",
            "2:5: users[0]: there is no key `nmae` here; the keys are id, name, ",
        ),
        (
            "users:\n  - name: Ada",
            "2:5: users[0]: `email` is missing; add it",
        ),
        (
            "random: x",
            "1:9: random: this value does not belong here; write a whole number from 0 on",
        ),
        (
            "random: -1",
            "1:9: random: this value does not belong here; write a whole number from 0 on",
        ),
        (
            "account: {id: 0}",
            "1:15: account.id: this is no id; write a number from 1 on",
        ),
        (
            "clock: noon",
            "1:8: clock: this value does not belong here; write `real`, or an instant such as",
        ),
        (
            "users: 7",
            "1:8: users: this value does not belong here; write a list",
        ),
        (
            "[1]",
            "1:1: this value does not belong here; write a mapping",
        ),
        (
            "profiles: [none]",
            "1:12: profiles[0]: there is no such profile; the profiles are documented, ",
        ),
        (
            "switches: {colour: red}",
            "1:20: switches.colour: there is no such switch; the switches are token_status, ",
        ),
        (
            "switches: {token_status: null}",
            "1:26: switches.token_status: the switch has no such value; write one of 200, 201",
        ),
        (
            "switches: {token_status: 202}",
            "1:26: switches.token_status: the switch has no such value; write one of 200, 201",
        ),
        (
            "users: [{name: A, email: a@b, role: boss}]",
            "1:37: users[0].role: there is no such value here; write one of admin, agent, end-user",
        ),
        (
            "users: [{name: A, email: ab, role: agent}]",
            "1:26: users[0].email: this is no e-mail address",
        ),
        (
            "users: [{name: A, email: a@b, role: agent}, {name: B, email: A@b, role: agent}]",
            "1:62: users[1].email: another entry above has the same",
        ),
        (
            "users: [{id: -4, name: A, email: a@b, role: agent}]",
            "1:14: users[0].id: this is no id",
        ),
        (
            "sessions: [{user: a@b}]",
            "1:19: sessions[0].user: there is no user with this e-mail address; add the user",
        ),
        (
            "tokens: [{client: x, user: a@b, scopes: [read]}]",
            "1:19: tokens[0].client: there is no client with this identifier; add it under `clients`",
        ),
        (
            "tokens: [{user: a@b, scopes: [read]}]",
            "1:10: tokens[0]: a token belongs to one client; write",
        ),
        (
            "generate: {tokens: 1}",
            "1:20: generate.tokens: there is no client to which these",
        ),
        (
            "generate: {clients: 99999999999}",
            "1:21: generate.clients: these are too many",
        ),
        (
            "generate: {tokens: 1000001}",
            "1:20: generate.tokens: these are too many; write a number up to 1000000",
        ),
        (
            "faults: [{fault: {status: 42}}]",
            "1:10: faults[0]: 42 is no status",
        ),
        (
            "faults: [{fault: {statsu: 42}}]",
            "1:19: faults[0].fault: there is no key `statsu` here; the keys are status, body, ",
        ),
        (
            "faults: [{operation: nothing, fault: {status: 500}}]",
            "1:10: faults[0]: there is no such operation",
        ),
        (
            "chat: {tokens: [{agent: 1, scopes: [read]}]}",
            "1:25: chat.tokens[0].agent: there is no agent with this id; add the agent",
        ),
        (
            "chat: {agents: [{id: 1, name: Ada}, {id: 1, name: Cora}]}",
            "1:42: chat.agents[1].id: another entry above has the same",
        ),
        (
            "integrations: [{name: Shop}]",
            "1:23: integrations[0].name: this is no name of an integration; write up to 64",
        ),
        (
            "integrations: [{name: shop, connections: [{name: abc, oauth_client: x}]}]",
            "1:69: integrations[0].connections[0].oauth_client: the integration has no OAuth client",
        ),
        (
            "clients: [{identifier: zis_shop, name: S, kind: public}]\nintegrations: [{name: shop}]",
            "2:23: integrations[0].name: a client has the identifier that belongs to this",
        ),
        (
            "clients: [{identifier: a, name: A, kind: secret}]",
            "1:42: clients[0].kind: there is no such value here; write one of public, confidential",
        ),
        (
            "clients: [{identifier: ' ', name: A, kind: public}]",
            "1:24: clients[0].identifier: this cannot be blank",
        ),
        (
            "clients: [{identifier: a, name: A, kind: public, redirect_uri: ['http://a']}]",
            "1:65: clients[0].redirect_uri[0]: this is no redirect URI",
        ),
        (
            "clients: [{identifier: a, name: A, kind: public}, {identifier: a, name: A, kind: public}]",
            "1:64: clients[1].identifier: another entry above",
        ),
        (
            "a: 1\na: 2",
            "2:1: the same key stands in this mapping already; keep one of them",
        ),
        ("a: [1", "2:1: this is not YAML: "),
    ];
    for (text, expected) in cases {
        let told = refused(text).to_string();
        let expected = format!("seed.yaml:{expected}");
        assert!(told.starts_with(&expected), "{text}\n{told}\n{expected}");
        assert!(told.contains("; "), "{told}");
    }
}

#[test]
fn mistakes_of_tokens_are_told() {
    let cases = [
        ("scopes: []", "tokens[0].scopes: no scope"),
        ("scopes: ['a b']", "tokens[0].scopes[0]: this is no scope"),
        ("scopes: [read, read]", "tokens[0].scopes[1]: another entry"),
        (
            "scopes: [read], expires_at: soon",
            "tokens[0].expires_at: this value",
        ),
        (
            "scopes: [read], token: 'a b'",
            "tokens[0].token: this cannot be sent",
        ),
        (
            "scopes: [read], refresh_token_expires_at: +1h",
            "a refresh token that is not there",
        ),
    ];
    for (rest, expected) in cases {
        let text = format!("{PEOPLE}tokens: [{{client: shop, user: ada@example.com, {rest}}}]");
        let told = refused(&text).to_string();
        assert!(told.contains(expected), "{rest}: {told}");
        assert!(told.starts_with("seed.yaml:3:"), "{told}");
    }
    let token = "{client: shop, user: ada@example.com, scopes: [read], token: CANARY-one}";
    let told = refused(&format!("{PEOPLE}tokens: [{token}, {token}]")).to_string();
    assert!(
        told.contains("tokens[1].token: another entry above"),
        "{told}"
    );
}

/// A mistake in whatever place shows none of the values around it.
#[test]
fn no_error_shows_a_value() {
    let text = Seed::STARTER
        .replace("- created_at", "- token: CANARY-api-token\n    created_at")
        .replacen(
            "kind: confidential",
            "kind: confidential\n    secret: CANARY-secret",
            1,
        )
        .replacen(
            "scopes: [read]\n",
            "scopes: [read]\n    token: CANARY-token\n",
            1,
        )
        .replacen(
            "user: admin@example.com\n\n",
            "user: admin@example.com\n    cookie: CANARY-cookie\n\n",
            1,
        );
    assert_eq!(text.matches("CANARY-").count(), 4);
    let mut errors = 0;
    let lines: Vec<&str> = text.lines().collect();
    let spoilt = [
        "CANARY-line",
        "CANARY-a: CANARY-b",
        "  - CANARY",
        "\"CANARY",
        "!CANARY x: 1",
        "*CANARY",
        "@CANARY",
        "%CANARY",
        "{CANARY",
    ];
    for at in 0..lines.len() {
        for spoiler in spoilt {
            let mut lines = lines.clone();
            lines.insert(at, spoiler);
            if let Err(error) = Seed::parse("seed.yaml", &lines.join("\n")) {
                errors += 1;
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains("CANARY"), "{shown}");
            }
        }
        // The value of one line in the place of another's.
        for canary in [
            "CANARY-x",
            "[CANARY]",
            "{CANARY: CANARY}",
            "{CANARY-secret-0: 1}",
        ] {
            let mut lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            let key = lines[at].split_once(':').map(|(key, _)| key.to_owned());
            let Some(key) = key.filter(|_| !lines[at].starts_with('#')) else {
                continue;
            };
            lines[at] = format!("{key}: {canary}");
            if let Err(error) = Seed::parse("seed.yaml", &lines.join("\n")) {
                errors += 1;
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains("CANARY"), "{shown}");
            }
        }
    }
    assert!(errors > 500, "{errors}");
}

#[test]
fn there_is_room_for_a_thousand_faults() {
    let seed = |count| format!("faults: [{}]", "{fault: {status: 503}},".repeat(count));
    Seed::parse("seed.yaml", &seed(1_000)).unwrap();
    let told = refused(&seed(1_001)).to_string();
    assert!(
        told.contains("faults: these are too many; write up to 1000"),
        "{told}"
    );
}
