//! Each count at its boundary.

use super::*;

const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
const THRESHOLDS: Thresholds = Thresholds {
    idle_days: 90,
    refresh_days: 14,
};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(NOW.as_second() + seconds).expect("a time")
}

/// Nothing is to be said about it.
fn clean() -> TokenFacts {
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
        unreadable: UnreadableTimes::default(),
    }
}

fn group(token: TokenFacts) -> Group {
    let mut tokens = Tokens::default();
    tokens.add(&token, NOW, THRESHOLDS);
    tokens.by_issuer.remove(&token.issuer).expect("a group")
}

#[test]
fn a_clean_token_is_counted_and_nothing_else() {
    let group = group(clean());
    assert_eq!((group.live.count, group.fresh, group.dead), (1, 1, 0));
    for tally in [
        group.idle,
        group.never_used,
        group.no_expiry,
        group.refresh_lapsing,
        group.may_write,
        group.impersonating,
        group.unrestricted,
    ] {
        assert_eq!(tally, Tally::default());
    }
}

#[test]
fn idle_is_more_than_so_many_days_and_not_just_as_many() {
    for (seconds, idle) in [(90 * DAY, 0), (90 * DAY + 1, 1)] {
        let used = group(TokenFacts {
            used_at: Some(at(-seconds)),
            ..clean()
        });
        assert_eq!((used.idle.count, used.fresh), (idle, 1 - idle));
        let made = group(TokenFacts {
            used_at: None,
            created_at: Some(at(-seconds)),
            ..clean()
        });
        assert_eq!((made.never_used.count, made.fresh), (idle, 1 - idle));
    }
}

#[test]
fn a_token_ends_at_its_second_unless_it_can_be_refreshed() {
    let token = |end: i64, refresh: Option<i64>| TokenFacts {
        expires_at: Some(at(end)),
        has_refresh_token: refresh.is_some(),
        refresh_token_expires_at: refresh.map(at),
        ..clean()
    };
    for (token, live) in [
        (token(1, None), 1),
        (token(0, None), 0),
        (token(0, Some(1)), 1),
        (token(0, Some(0)), 0),
    ] {
        let group = group(token);
        assert_eq!((group.live.count, group.dead), (live, 1 - live));
    }
}

#[test]
fn a_refresh_token_lapses_within_so_many_days_and_not_after() {
    let token = |end: i64| TokenFacts {
        created_at: Some(at(end - 80 * DAY)),
        has_refresh_token: true,
        refresh_token_expires_at: Some(at(end)),
        ..clean()
    };
    for (end, lapsing) in [(0, 0), (1, 1), (14 * DAY - 1, 1), (14 * DAY, 0)] {
        assert_eq!(group(token(end)).refresh_lapsing.count, lapsing, "{end}");
    }
}

#[test]
fn a_refresh_token_of_a_week_does_not_lapse_before_its_last_quarter() {
    let token = |age: i64, made: bool| TokenFacts {
        created_at: made.then(|| at(-age)),
        has_refresh_token: true,
        refresh_token_expires_at: Some(at(7 * DAY - age)),
        ..clean()
    };
    let quarter = 7 * DAY / 4;
    for (age, lapsing) in [
        (600, 0),
        (7 * DAY - quarter, 0),
        (7 * DAY - quarter + 1, 1),
        (7 * DAY - 1, 1),
        (7 * DAY, 0),
    ] {
        let group = group(token(age, true));
        assert_eq!(group.refresh_lapsing.count, lapsing, "{age}");
    }
    // Nobody knows how long it was to live.
    assert_eq!(group(token(600, false)).refresh_lapsing.count, 1);
}

#[test]
fn of_a_dead_token_its_scopes_and_its_use_are_kept() {
    let dead = |used: Option<i64>| TokenFacts {
        scopes: vec!["write".to_owned()],
        created_at: Some(at(-2 * DAY)),
        used_at: used.map(at),
        expires_at: Some(at(-DAY)),
        ..clean()
    };
    let group = |used| group(dead(used));
    assert_eq!(group(None).dead, 1);
    assert!(group(None).scopes.contains("write"));
    assert_eq!(group(None).last_sign_of_life, Some(at(-2 * DAY)));
    assert_eq!(group(Some(-60)).last_sign_of_life, Some(at(-60)));
}

#[test]
fn only_the_scopes_of_everything_are_wide() {
    let scoped = |scopes: &[&str]| {
        let scopes = scopes.iter().map(|it| (*it).to_owned()).collect();
        group(TokenFacts { scopes, ..clean() })
    };
    for (scopes, may_write, impersonating, unrestricted) in [
        (&["read", "tickets:write"][..], 0, 0, 0),
        (&["write"], 1, 0, 0),
        (&["read", "write"], 1, 0, 0),
        (&["impersonate"], 0, 1, 0),
        (&["unrestricted"], 0, 0, 1),
        (&[], 0, 0, 0),
    ] {
        let group = scoped(scopes);
        assert_eq!(group.may_write.count, may_write, "{scopes:?}");
        assert_eq!(group.impersonating.count, impersonating, "{scopes:?}");
        assert_eq!(group.unrestricted.count, unrestricted, "{scopes:?}");
    }
}

#[test]
fn what_never_expires_is_found_and_what_is_dead_is_not() {
    let endless = TokenFacts {
        expires_at: None,
        ..clean()
    };
    assert_eq!(group(endless).no_expiry.count, 1);
    let dead = TokenFacts {
        scopes: vec!["write".to_owned()],
        used_at: None,
        created_at: Some(at(-400 * DAY)),
        expires_at: Some(at(-1)),
        ..clean()
    };
    let group = group(dead);
    assert_eq!((group.dead, group.live.count), (1, 0));
    assert_eq!((group.may_write.count, group.never_used.count), (0, 0));
}

#[test]
fn what_is_kept_does_not_grow_with_tokens() {
    let mut tokens = Tokens::default();
    for id in 0..10_000 {
        let token = TokenFacts {
            id,
            scopes: vec![format!("thing{id}:read")],
            created_at: Some(at(-id)),
            ..clean()
        };
        tokens.add(&token, NOW, THRESHOLDS);
    }
    assert_eq!((tokens.by_issuer.len(), tokens.by_user.len()), (1, 1));
    let group = &tokens.by_issuer[&Issuer::Client(1)];
    assert_eq!(group.live.count, 10_000);
    assert_eq!(group.live.examples, [0, 1, 2, 3, 4]);
    assert_eq!(group.live.newest, Some(NOW));
    assert_eq!(group.live.oldest, Some(at(-9_999)));
    assert_eq!(group.scopes.len(), MOST_SCOPES);
}

#[test]
fn clients_and_global_clients_of_one_id_are_two() {
    let mut tokens = Tokens::default();
    for issuer in [Issuer::Client(1), Issuer::GlobalClient(1)] {
        tokens.add(&TokenFacts { issuer, ..clean() }, NOW, THRESHOLDS);
    }
    assert_eq!(tokens.by_issuer.len(), 2);
}
