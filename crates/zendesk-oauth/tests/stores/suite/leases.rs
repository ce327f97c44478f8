//! Leases.
//!
//! A lease that has to last is long, so that nothing here is faster or slower than it; one that has to
//! run out is short, and it is asked for until it did.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use zendesk_oauth::token::{Lease, LeaseHolder, Leased, TokenStore};

use super::{Pair, put, record, refused, seen};

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(600);

/// Runs out soon.
const SHORT: Duration = Duration::from_millis(60);

/// After this long, what is waited for does not come.
const PATIENCE: Duration = Duration::from_secs(20);

/// The lease, which has to be free.
pub(crate) async fn held(store: &impl TokenStore, time: Duration) -> Lease {
    match store.lease(time).await.unwrap() {
        Leased::Held(lease) => lease,
        Leased::Elsewhere(holder) => panic!("{holder} has it"),
    }
}

/// Who has the lease, which must not be free.
pub(crate) async fn elsewhere(store: &impl TokenStore) -> LeaseHolder {
    match store.lease(LONG).await.unwrap() {
        Leased::Held(lease) => panic!("{lease:?} was free"),
        Leased::Elsewhere(holder) => holder,
    }
}

/// The lease, when it is free.
pub(crate) async fn held_in_time(store: &impl TokenStore, time: Duration) -> Lease {
    let begun = Instant::now();
    loop {
        match store.lease(time).await.unwrap() {
            Leased::Held(lease) => return lease,
            Leased::Elsewhere(holder) => {
                assert!(begun.elapsed() < PATIENCE, "{holder} still has it");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
}

pub(crate) async fn a_lease_excludes_the_other_handle(pair: Pair<impl TokenStore>) {
    let before = Instant::now();
    let lease = held(&*pair.one, LONG).await;
    assert!(lease.ends() >= before + LONG && lease.ends() <= Instant::now() + LONG);
    for store in [&pair.one, &pair.other] {
        elsewhere(&**store).await;
    }
    pair.one.release(lease).await.unwrap();
}

pub(crate) async fn of_many_that_want_the_lease_one_has_it(pair: Pair<impl TokenStore>) {
    let mut tasks = JoinSet::new();
    for number in 0..16 {
        let store = Arc::clone(if number % 2 == 0 {
            &pair.one
        } else {
            &pair.other
        });
        tasks.spawn(async move { store.lease(LONG).await.unwrap() });
    }
    // All at once: a lease that is dropped may be free.
    let leased = tasks.join_all().await;
    let held = leased.iter().filter(|it| matches!(it, Leased::Held(_)));
    assert_eq!(held.count(), 1, "{leased:?}");
}

pub(crate) async fn a_released_lease_is_free(pair: Pair<impl TokenStore>) {
    for _ in 0..3 {
        let lease = held(&*pair.one, LONG).await;
        pair.one.release(lease).await.unwrap();
        let lease = held(&*pair.other, LONG).await;
        elsewhere(&*pair.one).await;
        pair.other.release(lease).await.unwrap();
    }
}

pub(crate) async fn a_renewed_lease_lasts(pair: Pair<impl TokenStore>) {
    let mut lease = held(&*pair.one, Duration::from_secs(5)).await;
    let before = Instant::now();
    assert!(pair.one.renew(&mut lease, LONG).await.unwrap());
    assert!(lease.ends() >= before + LONG && lease.ends() <= Instant::now() + LONG);
    let holder = elsewhere(&*pair.other).await;
    if let Some(left) = holder.left {
        assert!(left > LONG / 2 && left <= LONG, "{left:?}");
    }
    pair.one.release(lease).await.unwrap();
}

pub(crate) async fn a_renewed_lease_keeps_its_owner(pair: Pair<impl TokenStore>) {
    let mut lease = held(&*pair.one, LONG).await;
    let owner = lease.owner().to_owned();
    for _ in 0..3 {
        assert!(pair.one.renew(&mut lease, LONG).await.unwrap());
        assert_eq!(lease.owner(), owner);
    }
    pair.one.release(lease).await.unwrap();
    let next = held(&*pair.one, LONG).await;
    assert_ne!(next.owner(), owner, "each lease has a token of its own");
    pair.one.release(next).await.unwrap();
}

pub(crate) async fn a_lease_that_ran_out_is_for_the_next(pair: Pair<impl TokenStore>) {
    // Held all the time, as by a process that is stopped.
    let stopped = held(&*pair.one, SHORT).await;
    let lease = held_in_time(&*pair.other, LONG).await;
    assert!(Instant::now() >= stopped.ends(), "not before it ran out");
    assert_ne!(lease.owner(), stopped.owner());
    elsewhere(&*pair.one).await;
    pair.other.release(lease).await.unwrap();
}

pub(crate) async fn one_who_lost_the_lease_changes_nothing(pair: Pair<impl TokenStore>) {
    let mut lost = held(&*pair.one, SHORT).await;
    let mut lease = held_in_time(&*pair.other, LONG).await;
    assert!(!pair.one.renew(&mut lost, LONG).await.unwrap());
    assert!(
        lost.ends() <= Instant::now(),
        "it does not believe to have it"
    );
    elsewhere(&*pair.one).await;
    pair.one.release(lost).await.unwrap();
    elsewhere(&*pair.one).await;
    assert!(pair.other.renew(&mut lease, LONG).await.unwrap());
    elsewhere(&*pair.one).await;
    pair.other.release(lease).await.unwrap();
    let lease = held(&*pair.one, LONG).await;
    pair.one.release(lease).await.unwrap();
}

pub(crate) async fn a_late_holder_overwrites_nothing(pair: Pair<impl TokenStore>) {
    let before = put(&*pair.one, None, &record("CANARY-before")).await;
    let late = held(&*pair.one, SHORT).await;
    let lease = held_in_time(&*pair.other, LONG).await;
    let version = put(&*pair.other, Some(before), &record("CANARY-new")).await;
    refused(&*pair.one, Some(before)).await;
    pair.one.release(late).await.unwrap();
    let expected = Some((version, "CANARY-new".to_owned()));
    assert_eq!(seen(&*pair.one).await, expected);
    pair.other.release(lease).await.unwrap();
}

pub(crate) async fn the_holder_of_a_lease_is_visible(pair: Pair<impl TokenStore>) {
    let begun = Instant::now();
    let lease = held(&*pair.one, LONG).await;
    let holder = elsewhere(&*pair.other).await;
    let who = holder.who.as_deref().unwrap();
    let process = format!("process {}", std::process::id());
    assert!(who.starts_with(&process), "{who}");
    // Stores may count in seconds.
    let most = begun.elapsed() + Duration::from_secs(2);
    assert!(holder.age.unwrap() <= most, "{holder:?}");
    let left = holder.left.unwrap();
    assert!(left > LONG - most && left <= LONG, "{holder:?}");
    // Nobody can release it with what is shown of it.
    let shown = format!("{holder} {holder:?}");
    assert!(!shown.contains(lease.owner()), "{shown}");
    pair.one.release(lease).await.unwrap();
}

pub(crate) async fn leases_leave_the_login_alone(pair: Pair<impl TokenStore>) {
    let version = put(&*pair.one, None, &record("CANARY-1")).await;
    let mut lease = held(&*pair.one, LONG).await;
    pair.one.renew(&mut lease, LONG).await.unwrap();
    // Swaps need no lease.
    let version = put(&*pair.other, Some(version), &record("CANARY-2")).await;
    pair.one.release(lease).await.unwrap();
    let expected = Some((version, "CANARY-2".to_owned()));
    assert_eq!(seen(&*pair.one).await, expected);
}
