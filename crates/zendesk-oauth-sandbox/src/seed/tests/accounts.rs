//! The accounts that seeds make.

use super::{PEOPLE, json, state};
use crate::origin::Origin;
use crate::seed::Seed;

#[test]
fn what_is_given_stays_and_what_is_left_out_is_invented_the_same_each_time() {
    let text = format!(
        "{PEOPLE}tokens:\n  - {{client: shop, user: ADA@example.com, scopes: [read], token: CANARY-given, expires_at: +30m}}\ngenerate: {{clients: 3, tokens: 5}}\n"
    );
    let first = state(&text);
    assert_eq!(json(&first), json(&state(&text)));
    assert_ne!(json(&first), json(&state(&format!("random: 2\n{text}"))));
    let token = first.tokens.by_access_token("CANARY-given").unwrap();
    assert_eq!(
        token.expires_at.unwrap().to_string(),
        "2026-11-02T09:30:00Z"
    );
    assert_eq!(first.clients.len(), 4);
    // The seed's, five invented ones, and the admin's.
    assert_eq!(first.tokens.table.len(), 7);
}

#[test]
fn invented_ids_keep_clear_of_given_ones() {
    let text = "users: [{name: A, email: a@b, role: admin}]
clients:
  - {identifier: a, name: A, kind: public}
  - {identifier: b, name: B, kind: public, id: 28401000000001}
  - {identifier: c, name: C, kind: public, id: 28401000000009}
generate: {clients: 20}";
    let mut state = state(text);
    assert_eq!(state.clients.len(), 23);
    let id = state.next_id();
    assert!(state.clients.get(id).is_none());
}

#[test]
fn an_admin_and_a_token_are_there_whatever_the_seed_says() {
    for text in [
        "",
        "users: [{name: A, email: admin@example.com, role: agent}]",
        "users: [{name: A, email: a@b, role: admin, suspended: true}]",
    ] {
        let seed = Seed::parse("seed.yaml", text).unwrap();
        let mut origin = Origin::of(seed);
        let beginning = origin.begin().unwrap();
        let token = &beginning.credentials.admin_token;
        assert!(beginning.state.tokens.by_access_token(token).is_some());
        assert!(!beginning.credentials.admin_email.is_empty());
        origin.admin_token = Some("CANARY-fixed".to_owned());
        assert_eq!(
            origin.begin().unwrap().credentials.admin_token,
            "CANARY-fixed"
        );
    }
}

#[test]
fn a_fixed_token_that_is_anothers_is_refused() {
    let text = format!(
        "{PEOPLE}tokens: [{{client: shop, user: ada@example.com, scopes: [read], token: CANARY-fixed}}]"
    );
    let mut origin = Origin::of(Seed::parse("seed.yaml", &text).unwrap());
    origin.admin_token = Some("CANARY-fixed".to_owned());
    let error = origin.begin().map(|_| ()).unwrap_err();
    assert!(!error.to_string().contains("CANARY"), "{error}");
}
