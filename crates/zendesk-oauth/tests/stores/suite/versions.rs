//! Swaps, and their versions.

use std::sync::Arc;

use tokio::task::JoinSet;
use zendesk_oauth::token::{Swap, TokenStore, Version};

use super::{Pair, put, record, refused, seen, stored};

/// How many want the same at once.
const MANY: usize = 16;

pub(crate) async fn an_empty_store_has_nothing(pair: Pair<impl TokenStore>) {
    assert!(stored(&*pair.one).await.is_none());
    assert!(stored(&*pair.other).await.is_none());
}

pub(crate) async fn a_login_is_put_in_the_place_of_none(pair: Pair<impl TokenStore>) {
    let version = put(&*pair.one, None, &record("CANARY-1")).await;
    let expected = Some((version, "CANARY-1".to_owned()));
    assert_eq!(seen(&*pair.one).await, expected);
}

pub(crate) async fn versions_only_rise(pair: Pair<impl TokenStore>) {
    let mut last = None;
    for turn in 0..12 {
        let token = format!("CANARY-{turn}");
        let store = if turn % 3 == 0 {
            &pair.other
        } else {
            &pair.one
        };
        let version = put(&**store, last, &record(&token)).await;
        assert!(Some(version) > last, "{version} follows {last:?}");
        assert_eq!(seen(&*pair.one).await, Some((version, token)));
        last = Some(version);
    }
}

pub(crate) async fn a_wrong_version_is_a_conflict_and_changes_nothing(pair: Pair<impl TokenStore>) {
    let first = put(&*pair.one, None, &record("CANARY-1")).await;
    let second = put(&*pair.one, Some(first), &record("CANARY-2")).await;
    let later = Version::new(second.number() + 7);
    for wrong in [
        first,
        later,
        second.next(),
        Version::new(0),
        Version::new(u64::MAX),
    ] {
        for store in [&pair.one, &pair.other] {
            refused(&**store, Some(wrong)).await;
            let expected = Some((second, "CANARY-2".to_owned()));
            assert_eq!(seen(&**store).await, expected);
        }
    }
    put(&*pair.other, Some(second), &record("CANARY-4")).await;
}

pub(crate) async fn none_is_a_conflict_when_there_is_one(pair: Pair<impl TokenStore>) {
    let version = put(&*pair.one, None, &record("CANARY-1")).await;
    for store in [&pair.one, &pair.other] {
        refused(&**store, None).await;
    }
    let expected = Some((version, "CANARY-1".to_owned()));
    assert_eq!(seen(&*pair.one).await, expected);
}

pub(crate) async fn a_version_is_a_conflict_when_there_is_none(pair: Pair<impl TokenStore>) {
    for wrong in [Version::new(0), Version::FIRST, Version::new(7)] {
        refused(&*pair.one, Some(wrong)).await;
    }
    assert!(stored(&*pair.one).await.is_none());
}

pub(crate) async fn handles_see_what_the_other_wrote(pair: Pair<impl TokenStore>) {
    let first = put(&*pair.one, None, &record("CANARY-1")).await;
    let expected = Some((first, "CANARY-1".to_owned()));
    assert_eq!(seen(&*pair.other).await, expected);
    let second = put(&*pair.other, Some(first), &record("CANARY-2")).await;
    let expected = Some((second, "CANARY-2".to_owned()));
    assert_eq!(seen(&*pair.one).await, expected);
}

pub(crate) async fn of_many_swaps_from_one_version_one_is_done(pair: Pair<impl TokenStore>) {
    let first = put(&*pair.one, None, &record("CANARY-first")).await;
    race(pair, Some(first)).await;
}

pub(crate) async fn of_many_first_swaps_one_is_done(pair: Pair<impl TokenStore>) {
    race(pair, None).await;
}

/// Many want to put theirs in the place of the same version: one does, and it is its own that stays.
async fn race(pair: Pair<impl TokenStore>, from: Option<Version>) {
    let mut tasks = JoinSet::new();
    for number in 0..MANY {
        let store = Arc::clone(if number % 2 == 0 {
            &pair.one
        } else {
            &pair.other
        });
        tasks.spawn(async move {
            let token = format!("CANARY-{number}");
            let swap = store.compare_and_swap(from, &record(&token)).await;
            (swap.unwrap(), token)
        });
    }
    let mut done = Vec::new();
    for (swap, token) in tasks.join_all().await {
        if let Swap::Done(version) = swap {
            done.push((version, token));
        }
    }
    let [winner] = <[_; 1]>::try_from(done).expect("exactly one is done");
    assert_eq!(seen(&*pair.one).await, Some(winner));
}

pub(crate) async fn counting_by_swaps_loses_none(pair: Pair<impl TokenStore>) {
    const EACH: u32 = 4;
    const TASKS: u32 = 4;
    put(&*pair.one, None, &record("CANARY-0")).await;
    let mut tasks = JoinSet::new();
    for number in 0..TASKS {
        let store = Arc::clone(if number % 2 == 0 {
            &pair.one
        } else {
            &pair.other
        });
        tasks.spawn(async move {
            let mut left = EACH;
            while left > 0 {
                let (version, token) = seen(&*store).await.unwrap();
                let count: u32 = token.strip_prefix("CANARY-").unwrap().parse().unwrap();
                let next = record(&format!("CANARY-{}", count + 1));
                let swap = store.compare_and_swap(Some(version), &next).await;
                left -= u32::from(swap.unwrap() != Swap::Conflict);
            }
        });
    }
    tasks.join_all().await;
    let (_, token) = seen(&*pair.one).await.unwrap();
    assert_eq!(token, format!("CANARY-{}", EACH * TASKS));
}
