//! Grants to clients and users that the API cannot make.

use std::collections::HashMap;

use super::*;
use crate::chance::Chance;
use crate::clock::VirtualClock;
use crate::seed::Seed;
use crate::state::Client;
use crate::switches::Switches;

const ADMIN: i64 = 29;

/// The starter's client after a change.
fn state_with(change: impl FnOnce(&mut Client)) -> (State, HashMap<&'static str, String>) {
    let time = "2026-11-02T09:00:00Z".parse().unwrap();
    let clock = VirtualClock::frozen(time);
    let mut state = State::empty(clock, Chance::new(1), Switches::default());
    Seed::starter().furnish(&mut state);
    let id = state.client_by_identifier("sandbox_starter").unwrap().id;
    state.clients.update(id, change);
    let client = state.clients.get(id).unwrap();
    let members = HashMap::from([
        ("grant_type", "client_credentials".to_owned()),
        ("client_id", client.identifier.clone()),
        ("client_secret", client.secret.clone()),
        ("scope", "read write".to_owned()),
    ]);
    (state, members)
}

fn granted(state: &mut State, members: &HashMap<&str, String>) -> Result<Granted, &'static str> {
    let now = state.now();
    grant(state, now, &|name| members.get(name).cloned()).map_err(|refused| refused.error)
}

/// A pair that can be refreshed, and the request for it.
fn refreshable(state: &mut State, members: &mut HashMap<&'static str, String>) {
    let token = issue(
        state,
        state.now(),
        Issue {
            client_id: state.client_by_identifier("sandbox_starter").unwrap().id,
            issued_to: crate::state::IssuedTo::Local,
            user_id: ADMIN,
            scopes: vec!["read".to_owned(), "write".to_owned()],
            lifetimes: crate::oauth::Lifetimes {
                access: Some(300),
                refresh: Some(604_800),
            },
            authorization_code: None,
        },
    );
    members.insert("grant_type", "refresh_token".to_owned());
    members.insert("refresh_token", token.refresh_token.unwrap());
    members.remove("scope");
}

#[test]
fn nothing_is_granted_beyond_the_allowed_scopes() {
    let (mut state, mut members) =
        state_with(|client| client.allowed_scopes = Some(vec!["read".to_owned()]));
    assert_eq!(granted(&mut state, &members).err(), Some("invalid_scope"));
    members.insert("scope", "bogus read".to_owned());
    assert_eq!(granted(&mut state, &members).ok().unwrap().scope, "read");
    refreshable(&mut state, &mut members);
    assert_eq!(granted(&mut state, &members).err(), Some("invalid_scope"));
    members.insert("scope", "read".to_owned());
    assert_eq!(granted(&mut state, &members).ok().unwrap().scope, "read");
}

#[test]
fn clients_that_zis_made_have_no_client_credentials() {
    let (mut state, members) =
        state_with(|client| client.integration = Some("my_integration".to_owned()));
    assert_eq!(granted(&mut state, &members).err(), Some("invalid_client"));
}

#[test]
fn nobody_acts_as_a_user_who_is_suspended_or_gone() {
    for gone in [false, true] {
        let (mut state, mut members) = state_with(|_| {});
        refreshable(&mut state, &mut members);
        if gone {
            state.users.remove(&ADMIN);
        } else {
            state.users.get_mut(&ADMIN).unwrap().suspended = true;
        }
        assert_eq!(granted(&mut state, &members).err(), Some("invalid_grant"));
        members.insert("grant_type", "client_credentials".to_owned());
        members.insert("scope", "read".to_owned());
        let refused = granted(&mut state, &members).err();
        assert_eq!(refused, Some("unauthorized_client"));
    }
}

#[test]
fn older_clients_refresh_with_the_lifetimes_that_they_ask_for() {
    let (mut state, mut members) = state_with(|_| {});
    refreshable(&mut state, &mut members);
    let pair = granted(&mut state, &members).ok().unwrap();
    assert_eq!(pair.expires_in, None);
    assert_eq!(pair.refresh_token_expires_in, Some(2_592_000));
    members.insert("refresh_token", pair.refresh_token.unwrap());
    members.insert("expires_in", "600".to_owned());
    let pair = granted(&mut state, &members).ok().unwrap();
    assert_eq!(pair.expires_in, Some(600));
}
