//! Rules over made-up inventories.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::*;
use crate::audit::inventory::{ChatToken, Client, Connection, GlobalClient};
use crate::audit::tokens::{Issuer, TokenFacts};
use crate::audit::users::User;

#[path = "drift_tests.rs"]
mod drift_tests;

const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
const DAY: i64 = 86_400;
const THRESHOLDS: Thresholds = Thresholds {
    idle_days: 90,
    refresh_days: 14,
};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(NOW.as_second() + seconds).expect("a time")
}

/// An account where every area was looked at and nothing is there.
fn empty() -> Inventory {
    Inventory {
        now: NOW,
        audited: Area::ALL.into_iter().collect(),
        ..Inventory::default()
    }
}

fn with_client(client: Client) -> Inventory {
    let mut inventory = empty();
    inventory.clients.insert(client.id, client);
    inventory
}

fn clean() -> Client {
    Client {
        id: 1,
        name: "App".to_owned(),
        kind: Some("confidential".to_owned()),
        redirect_uri: vec!["https://example.com/cb".to_owned()],
        user_id: Some(2),
        created_at: Some(at(-DAY)),
        ..Client::default()
    }
}

fn token() -> TokenFacts {
    TokenFacts {
        id: 7,
        issuer: Issuer::Client(1),
        user_id: Some(2),
        scopes: vec!["read".to_owned()],
        created_at: Some(at(-DAY)),
        used_at: Some(at(-60)),
        expires_at: Some(at(60)),
        has_refresh_token: false,
        refresh_token_expires_at: None,
        unreadable: crate::audit::tokens::UnreadableTimes::default(),
    }
}

fn ids(inventory: &Inventory) -> Vec<&'static str> {
    let found = evaluate(inventory, THRESHOLDS);
    found.iter().map(|it| it.rule.id).collect()
}

#[test]
fn ids_are_unique_and_every_rule_says_all_it_has_to() {
    let mut seen = BTreeSet::new();
    for rule in all() {
        assert!(seen.insert(rule.id), "{}", rule.id);
        for text in [rule.why, rule.mend] {
            assert!(text.ends_with('.'), "{}: {text}", rule.id);
        }
        assert!(find(rule.id) == Some(rule));
    }
    assert!(seen.len() > 25);
}

#[test]
fn nothing_is_said_of_what_is_as_it_should_be() {
    assert!(ids(&empty()).is_empty());
    let mut inventory = with_client(clean());
    inventory.tokens.add(&token(), NOW, THRESHOLDS);
    assert!(ids(&inventory).is_empty());
}

#[test]
fn a_client_without_tokens_is_given_as_long_as_a_token_may_be_idle() {
    let made = |seconds: i64| {
        with_client(Client {
            created_at: Some(at(-seconds)),
            ..clean()
        })
    };
    assert!(ids(&made(90 * DAY)).is_empty());
    assert_eq!(ids(&made(90 * DAY + 1)), ["client-no-live-token"]);
    let mut not_looked_at = made(400 * DAY);
    not_looked_at.audited.remove(&Area::Tokens);
    assert!(ids(&not_looked_at).is_empty());
}

#[test]
fn one_fresh_token_is_enough_for_a_client() {
    let idle = TokenFacts {
        used_at: Some(at(-91 * DAY)),
        ..token()
    };
    let mut inventory = with_client(clean());
    inventory.tokens.add(&idle, NOW, THRESHOLDS);
    let found = ids(&inventory);
    assert_eq!(found, ["client-only-stale-tokens", "token-idle"]);
    inventory.tokens.add(&token(), NOW, THRESHOLDS);
    assert_eq!(ids(&inventory), ["token-idle"]);
}

/// Of half an hour, and used so many seconds ago.
fn short_lived(used: i64) -> TokenFacts {
    TokenFacts {
        created_at: Some(at(-used - 60)),
        used_at: Some(at(-used)),
        expires_at: Some(at(-used + 1_740)),
        ..token()
    }
}

#[test]
fn a_job_that_makes_short_lived_tokens_uses_its_client() {
    let old = || Client {
        created_at: Some(at(-400 * DAY)),
        ..clean()
    };
    let hours = 3_600;
    for (used, expected) in [
        (6 * hours, &[][..]),
        (90 * DAY, &[]),
        (90 * DAY + 1, &["client-no-live-token"]),
    ] {
        let mut inventory = with_client(old());
        inventory.tokens.add(&short_lived(used), NOW, THRESHOLDS);
        assert_eq!(ids(&inventory), expected, "{used}");
    }
    // An endless token that was forgotten beside it makes the token stale, and not the client.
    let mut inventory = with_client(old());
    inventory
        .tokens
        .add(&short_lived(6 * hours), NOW, THRESHOLDS);
    let forgotten = TokenFacts {
        used_at: Some(at(-300 * DAY)),
        ..token()
    };
    inventory.tokens.add(&forgotten, NOW, THRESHOLDS);
    assert_eq!(ids(&inventory), ["token-idle"]);
}

#[test]
fn nobody_is_told_to_delete_the_client_of_an_integration() {
    let mut inventory = with_client(Client {
        identifier: "zis_flows".to_owned(),
        created_at: Some(at(-400 * DAY)),
        ..clean()
    });
    assert!(ids(&inventory).is_empty());
    let idle = TokenFacts {
        used_at: Some(at(-91 * DAY)),
        ..token()
    };
    inventory.tokens.add(&idle, NOW, THRESHOLDS);
    assert_eq!(ids(&inventory), ["token-idle"]);
}

#[test]
fn tokens_of_a_client_that_no_list_has_are_said_to_be() {
    let mut inventory = empty();
    let endless = TokenFacts {
        expires_at: None,
        ..token()
    };
    inventory.tokens.add(&endless, NOW, THRESHOLDS);
    let found = evaluate(&inventory, THRESHOLDS);
    assert_eq!(found.len(), 1);
    assert!(found[0].what.contains("lists no such client"), "{found:?}");
    inventory.clients.insert(1, clean());
    let found = evaluate(&inventory, THRESHOLDS);
    assert_eq!(found[0].what, "never expires");
}

#[test]
fn plain_http_is_found_though_zendesk_takes_none() {
    let client = Client {
        redirect_uri: vec!["http://example.com/cb".to_owned()],
        ..clean()
    };
    assert_eq!(ids(&with_client(client)), ["redirect-plain-http"]);
}

#[test]
fn a_client_needs_redirects_only_if_it_uses_codes() {
    let mut inventory = with_client(Client {
        redirect_uri: Vec::new(),
        ..clean()
    });
    assert!(ids(&inventory).is_empty());
    let code = TokenFacts {
        has_refresh_token: true,
        refresh_token_expires_at: Some(at(60 * DAY)),
        ..token()
    };
    inventory.tokens.add(&code, NOW, THRESHOLDS);
    assert_eq!(ids(&inventory), ["redirect-none"]);
}

#[test]
fn owners_have_to_be_there_and_those_of_clients_to_be_admins() {
    let user = User {
        name: "Ada".to_owned(),
        is_admin: true,
        suspended: false,
        active: true,
    };
    let suspended = User {
        suspended: true,
        ..user.clone()
    };
    let deleted = User {
        active: false,
        ..suspended.clone()
    };
    let demoted = User {
        is_admin: false,
        ..user.clone()
    };
    for (user, expected) in [
        (Some(user), &[][..]),
        (None, &["client-owner-missing", "token-owner-missing"]),
        (
            Some(deleted),
            &["client-owner-missing", "token-owner-missing"],
        ),
        (
            Some(suspended),
            &["client-owner-suspended", "token-owner-suspended"],
        ),
        (Some(demoted), &["client-owner-demoted"]),
    ] {
        let mut inventory = with_client(clean());
        inventory.tokens.add(&token(), NOW, THRESHOLDS);
        assert!(ids(&inventory).is_empty(), "nobody was asked about");
        inventory.users = Some(user.into_iter().map(|user| (2, user)).collect());
        assert_eq!(ids(&inventory), expected);
    }
}

#[test]
fn names_are_the_same_in_any_case() {
    let mut inventory = with_client(clean());
    for (id, name) in [(2, " app "), (3, "Apple")] {
        let client = Client {
            id,
            name: name.to_owned(),
            ..clean()
        };
        inventory.clients.insert(id, client);
    }
    assert_eq!(ids(&inventory), ["client-duplicate-name"]);
}

#[test]
fn a_global_client_counts_once_it_has_tokens() {
    let client = |tokens_count, used: Option<i64>| {
        let mut inventory = empty();
        let client = GlobalClient {
            tokens_count,
            last_used_at: used.map(at),
            ..GlobalClient::default()
        };
        inventory.global_clients = BTreeMap::from([(0, client)]);
        ids(&inventory)
    };
    assert!(client(0, None).is_empty());
    assert_eq!(client(1, None), ["global-client-never-used"]);
    // The summary says nothing of the age; tokens do.
    let with_token = |age: i64| {
        let mut inventory = empty();
        let client = GlobalClient {
            tokens_count: 1,
            ..GlobalClient::default()
        };
        inventory.global_clients = BTreeMap::from([(0, client)]);
        let token = TokenFacts {
            issuer: Issuer::GlobalClient(0),
            created_at: Some(at(-age)),
            used_at: None,
            ..token()
        };
        inventory.tokens.add(&token, NOW, THRESHOLDS);
        ids(&inventory)
    };
    assert!(with_token(60).is_empty());
    assert!(with_token(90 * DAY).is_empty());
    let both = ["token-never-used", "global-client-never-used"];
    assert_eq!(with_token(90 * DAY + 1), both);
    assert!(client(1, Some(-90 * DAY)).is_empty());
    assert_eq!(client(1, Some(-90 * DAY - 1)), ["global-client-idle"]);
}

#[test]
fn a_chat_token_that_expired_is_only_that() {
    let token = |scopes: &str, end: Option<i64>| {
        let mut inventory = empty();
        inventory.chat_tokens.push(ChatToken {
            scopes: scopes.split(' ').map(str::to_owned).collect(),
            expires: end.is_some(),
            expires_at: end.map(at),
            ..ChatToken::default()
        });
        ids(&inventory)
    };
    assert!(token("read", Some(1)).is_empty());
    assert_eq!(token("read write", Some(0)), ["chat-token-expired"]);
    assert_eq!(token("read", None), ["chat-token-no-expiry"]);
    assert_eq!(token("chat", Some(1)), ["chat-token-wide"]);
}

#[test]
fn a_connection_without_an_end_needs_no_refresh() {
    let connection = |end: Option<i64>, has_refresh_token| {
        let mut inventory = empty();
        inventory.connections.push(Connection {
            expires_at: end.map(at),
            has_refresh_token,
            ..Connection::default()
        });
        ids(&inventory)
    };
    assert!(connection(None, false).is_empty());
    assert!(connection(Some(1), true).is_empty());
    assert_eq!(connection(Some(0), true), ["connection-expired"]);
    assert_eq!(connection(Some(0), false), ["connection-expired"]);
    assert_eq!(connection(Some(1), false), ["connection-no-refresh-token"]);
}

#[test]
fn an_api_token_is_a_finding() {
    let inventory = Inventory {
        api_token: true,
        ..empty()
    };
    assert_eq!(ids(&inventory), ["credentials-api-token"]);
}
