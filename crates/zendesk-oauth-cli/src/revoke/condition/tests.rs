//! What conditions mean, and what is said of those that mean nothing.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use zendesk_support_oauth_tokens::types::SupportOAuthToken;

use super::*;

/// 2026-01-01T00:00:00Z.
pub(super) const NOW: u64 = 1_767_225_600;

pub(super) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW)
}

pub(super) fn token(members: Value) -> SupportOAuthToken {
    let mut record = json!({ "id": 1 });
    for (name, value) in members.as_object().expect("an object") {
        record[name] = value.clone();
    }
    serde_json::from_value(record).expect("a token")
}

fn parsed(text: &str) -> Condition {
    text.parse()
        .unwrap_or_else(|mistake| panic!("{text}: {mistake}"))
}

#[track_caller]
fn truth(text: &str, members: Value) -> Option<bool> {
    truth_of(text, members, OfClient::Account)
}

#[track_caller]
fn truth_of(text: &str, members: Value, of_client: OfClient) -> Option<bool> {
    let token = token(members);
    let facts = Facts {
        token: &token,
        of_client,
        now: now(),
    };
    parsed(text).truth(&facts)
}

#[test]
fn idle_counts_from_the_last_use_or_else_from_the_creation() {
    let used = json!({ "created_at": "2020-01-01T00:00:00Z", "used_at": "2025-12-31T00:00:00Z" });
    assert_eq!(truth("idle>1d", used.clone()), Some(false));
    assert_eq!(truth("idle>=1d", used.clone()), Some(true));
    assert_eq!(truth("idle>23h", used.clone()), Some(true));
    assert_eq!(truth("idle<1d", used.clone()), Some(false));
    assert_eq!(truth("idle<=1d", used.clone()), Some(true));
    assert_eq!(truth("never-used", used), Some(false));
    let unused = json!({ "created_at": "2025-12-01T00:00:00Z", "used_at": null });
    assert_eq!(truth("idle>4w", unused.clone()), Some(true));
    assert_eq!(truth("idle>5w", unused.clone()), Some(false));
    assert_eq!(truth("never-used", unused), Some(true));
}

#[test]
fn age_counts_from_the_creation() {
    let old = json!({ "created_at": "2024-01-01T00:00:00Z", "used_at": "2025-12-31T23:59:59Z" });
    assert_eq!(truth("age>365d", old.clone()), Some(true));
    assert_eq!(truth("age>731d", old), Some(false));
}

#[test]
fn expiry_is_told_of_access_and_of_refresh_tokens() {
    let endless = json!({ "expires_at": null });
    assert_eq!(truth("no-expiry", endless.clone()), Some(true));
    assert_eq!(truth("expired", endless), Some(false));
    let ended = json!({ "expires_at": "2026-01-01T00:00:00Z" });
    assert_eq!(truth("expired", ended.clone()), Some(true));
    assert_eq!(truth("no-expiry", ended), Some(false));
    let ends = json!({ "expires_at": "2026-01-01T00:00:01Z" });
    assert_eq!(truth("expired", ends), Some(false));
    let refresh = |at: &str| json!({ "refresh_token_expires_at": at });
    assert_eq!(
        truth("refresh-expires<14d", refresh("2026-01-14T00:00:00Z")),
        Some(true)
    );
    assert_eq!(
        truth("refresh-expires<14d", refresh("2026-01-15T00:00:00Z")),
        Some(false)
    );
    assert_eq!(
        truth("refresh-expires<14d", refresh("2025-01-01T00:00:00Z")),
        Some(true)
    );
    assert_eq!(truth("refresh-expires<14d", json!({})), Some(false));
}

#[test]
fn a_scope_is_meant_as_it_is_written() {
    let scopes = json!({ "scopes": ["read", "tickets:write"] });
    assert_eq!(truth("scope=read", scopes.clone()), Some(true));
    assert_eq!(truth("scope=write", scopes.clone()), Some(false));
    assert_eq!(truth("scope=tickets:write", scopes), Some(true));
}

#[test]
fn clients_of_the_account_and_global_ones_are_told_apart() {
    let of = json!({ "client_id": 5, "user_id": 7 });
    assert_eq!(truth("client=5", of.clone()), Some(true));
    assert_eq!(truth("client=6", of.clone()), Some(false));
    assert_eq!(truth("global-client=5", of.clone()), Some(false));
    assert_eq!(
        truth_of("global-client=5", of.clone(), OfClient::Global),
        Some(true)
    );
    assert_eq!(
        truth_of("client=5", of.clone(), OfClient::Global),
        Some(false)
    );
    assert_eq!(truth_of("client=5", of.clone(), OfClient::Unknown), None);
    assert_eq!(truth("user=7 and id=3,2,1", of.clone()), Some(true));
    assert_eq!(truth("id=3,2", of), Some(false));
}

#[test]
fn what_cannot_be_told_is_not_made_a_yes() {
    for text in [
        "idle>1d",
        "not idle>1d",
        "not (age<1d)",
        "not user=5",
        "not client=5",
        "not scope=read",
        "client=name",
        "not client=name",
        "idle>1d or age>1d",
        "not (idle>1d and never-used)",
    ] {
        assert_eq!(truth(text, json!({ "used_at": null })), None, "{text}");
    }
    assert_eq!(truth("never-used or age>1d", json!({})), Some(true));
    assert_eq!(truth("expired and age>1d", json!({})), Some(false));
    let odd = json!({ "used_at": "yesterday", "created_at": "2020-01-01T00:00:00Z" });
    assert_eq!(truth("idle>1d", odd.clone()), None);
    assert_eq!(truth("never-used", odd), Some(false));
}

#[test]
fn and_binds_tighter_than_or_and_not_tighter_than_both() {
    for (text, same) in [
        (
            "expired or no-expiry and never-used",
            "expired or (no-expiry and never-used)",
        ),
        ("not expired and never-used", "(not expired) and never-used"),
        (
            "NOT expired AND never-used Or id=1",
            "(not expired and never-used) or id=1",
        ),
        ("  ( ( idle > 90d ) )  ", "idle>90d"),
        ("id = 1 , 2", "id=1,2"),
        ("client=\"5\"", "client = \"5\""),
    ] {
        assert_eq!(parsed(text), parsed(same), "{text}");
    }
    assert_ne!(parsed("client=5"), parsed("client=\"5\""));
}

#[test]
fn a_mistake_is_told_with_its_place_and_what_is_allowed_there() {
    let said = |text: &str| {
        let mistake = text.parse::<Condition>().expect_err(text);
        assert!(!mistake.to_string().contains('\n'), "{mistake}");
        (mistake.place(), mistake.to_string())
    };
    for (text, place, allowed) in [
        ("", 1, "a term (idle>90d"),
        ("   ", 4, "a term (idle>90d"),
        ("idel>90d", 1, "a term (idle>90d"),
        ("idle", 5, "`>`, `>=`, `<`, `<=`"),
        ("idle=90d", 5, "`>`, `>=`, `<`, `<=`"),
        ("idle>90", 6, "a number with h, d or w"),
        ("idle>90m", 6, "a number with h, d or w"),
        ("idle>-1d", 6, "a number with h, d or w"),
        ("idle>99999999999d", 6, "at most 40000 days"),
        ("idle>90d expired", 10, "`and`, `or`, the end"),
        ("(idle>90d", 10, "`and`, `or`, `)`"),
        ("idle>90d)", 9, "`and`, `or`, the end"),
        ("never-used and", 15, "a term (idle>90d"),
        ("é=1", 1, "a term (idle>90d"),
        ("never-used and é", 16, "a term (idle>90d"),
        ("client>5", 7, "`=`"),
        ("client=a,b", 9, "`and`, `or`, the end"),
        ("id=1,", 6, "the number of a token"),
        ("id=one", 4, "the number of a token"),
        ("id=99999999999999999999", 4, "the number of a token"),
        ("user=\"ada", 6, "the `\"` that ends it"),
        ("scope=\"\"", 7, "a scope"),
        ("global-client=name", 15, "the number of a global client"),
        ("a\u{7}b", 1, "a term (idle>90d"),
    ] {
        let (found, message) = said(text);
        if text != "a\u{7}b" {
            assert_eq!(found, place, "{text}: {message}");
            assert!(message.contains(allowed), "{text}: {message}");
        }
        assert!(!message.contains('\u{7}'), "{message:?}");
    }
    let deep = "(".repeat(100_000);
    assert_eq!(said(&deep).0, 101);
    let deep = "not ".repeat(100_000);
    assert_eq!(said(&deep).0, 401);
}

#[test]
fn the_reason_names_what_holds_with_its_member() {
    let token = token(json!({
        "created_at": "2020-01-01T00:00:00Z", "used_at": "2025-01-01T00:00:00Z",
        "scopes": ["write"], "expires_at": null,
    }));
    let facts = Facts {
        token: &token,
        of_client: OfClient::Account,
        now: now(),
    };
    let why = |text: &str| parsed(text).why(&facts);
    assert_eq!(
        why("(idle>90d or never-used) and scope=write and not expired"),
        "idle>90d (used 2025-01-01T00:00:00Z), scope=write, not expired"
    );
    let why_not = |text: &str| parsed(text).why_not(&facts);
    assert_eq!(
        why_not("idle>900d and scope=write"),
        "idle>900d (used 2025-01-01T00:00:00Z) does not hold"
    );
    assert_eq!(why_not("not scope=write"), "not scope=write does not hold");
}
