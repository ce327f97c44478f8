//! A Redis that is not there, or not there for a while.

use std::time::{Duration, Instant};

use zendesk_oauth::token::{Leased, StoreErrorKind, Swap, TokenStore};
use zendesk_oauth_tests::{Closed, Cut};

use super::server::{RECORD, is, server, store, store_at};
use crate::suite::{elsewhere, held, put, record, refused, seen};

/// Longer than a machine under load takes for an answer, and shorter than a test may.
const SOON: Duration = Duration::from_millis(500);

/// Whatever the deadlines are, this is far beyond them: a limit against hanging, not a measure.
const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_redis_that_is_down_is_unavailable_and_nothing_is_unclear() {
    let closed = Closed::port();
    let url = format!("redis://CANARY-user:CANARY-password@{}/3", closed.address());
    let store = store_at(&url);
    let shown = format!("{store:?} {}", store.name());
    assert!(!shown.contains("CANARY"), "{shown}");
    let place = format!("acme in Redis at {}/3", closed.address());
    assert_eq!(shown.matches(&place).count(), 2, "{shown}");
    let error = store.load().await.unwrap_err();
    let said = is(error, StoreErrorKind::Unavailable);
    assert!(said.contains(&closed.address().to_string()), "{said}");
    let error = store
        .compare_and_swap(None, &record("CANARY-1"))
        .await
        .unwrap_err();
    assert!(!error.is_unclear(), "{error}");
    is(error, StoreErrorKind::Unavailable);
    let error = store.lease(SOON).await.unwrap_err();
    assert!(!error.is_unclear(), "{error}");
    is(error, StoreErrorKind::Unavailable);
}

#[tokio::test]
async fn each_call_works_after_a_restart_without_one_that_fails() {
    let Some(mut server) = server() else { return };
    let store = store(&server);
    let first = put(&store, None, &record("CANARY-1")).await;
    let mut lease = held(&store, Duration::from_secs(600)).await;
    server.restart();
    assert_eq!(seen(&store).await, Some((first, "CANARY-1".to_owned())));
    server.restart();
    assert!(
        store
            .renew(&mut lease, Duration::from_secs(600))
            .await
            .unwrap()
    );
    server.restart();
    let second = put(&store, Some(first), &record("CANARY-2")).await;
    server.restart();
    store.release(lease).await.unwrap();
    server.restart();
    let lease = held(&store, Duration::from_secs(600)).await;
    assert_eq!(seen(&store).await, Some((second, "CANARY-2".to_owned())));
    store.release(lease).await.unwrap();
}

#[tokio::test]
async fn while_it_is_down_calls_fail_and_afterwards_they_go_on() {
    let Some(mut server) = server() else { return };
    let store = store(&server);
    let version = put(&store, None, &record("CANARY-1")).await;
    server.stop();
    for _ in 0..3 {
        is(store.load().await.unwrap_err(), StoreErrorKind::Unavailable);
    }
    let swap = store
        .compare_and_swap(Some(version), &record("CANARY-2"))
        .await;
    is(swap.unwrap_err(), StoreErrorKind::Unavailable);
    server.restart();
    assert_eq!(seen(&store).await, Some((version, "CANARY-1".to_owned())));
}

#[tokio::test]
async fn in_a_redis_that_lost_its_data_no_version_comes_again() {
    let Some(mut server) = server() else { return };
    let store = store(&server);
    let mut lost = vec![put(&store, None, &record("CANARY-1")).await];
    for _ in 0..20 {
        lost.push(put(&store, lost.last().copied(), &record("CANARY-1")).await);
    }
    server.restart_empty();
    assert_eq!(seen(&store).await, None);
    refused(&store, lost.last().copied()).await;
    let mut version = put(&store, None, &record("CANARY-2")).await;
    for _ in 0..20 {
        assert!(Some(&version) > lost.last(), "{version}");
        version = put(&store, Some(version), &record("CANARY-2")).await;
    }
    // One who slept all the time.
    for late in lost {
        refused(&store, Some(late)).await;
    }
    assert_eq!(seen(&store).await, Some((version, "CANARY-2".to_owned())));
}

#[tokio::test]
async fn a_redis_that_hangs_is_an_error_in_time_and_a_change_unclear() {
    let Some(server) = server() else { return };
    let store = store(&server).connect_within(SOON).answer_within(SOON);
    let version = put(&store, None, &record("CANARY-1")).await;
    server.pause();
    let begun = Instant::now();
    let read = store.load().await.unwrap_err();
    assert!(!read.is_unclear());
    is(read, StoreErrorKind::Unavailable);
    // The connection is a new one: it is accepted by the system, and greeted by nobody.
    let error = store.lease(SOON).await.unwrap_err();
    assert!(!error.is_unclear(), "nothing was sent: {error}");
    is(error, StoreErrorKind::Unavailable);
    assert!(begun.elapsed() < PATIENCE);
    server.resume();
    assert_eq!(seen(&store).await, Some((version, "CANARY-1".to_owned())));
    server.pause();
    let swap = store
        .compare_and_swap(Some(version), &record("CANARY-2"))
        .await;
    let error = swap.unwrap_err();
    assert!(error.is_unclear(), "{error}");
    is(error, StoreErrorKind::Unavailable);
    assert!(begun.elapsed() < PATIENCE);
    server.resume();
    // It was in the socket, and Redis takes connections in their order.
    let (now, token) = seen(&store).await.unwrap();
    match token.as_str() {
        "CANARY-2" => assert_eq!(now, version.next()),
        _ => assert_eq!((now, &*token), (version, "CANARY-1")),
    }
    put(&store, Some(now), &record("CANARY-3")).await;
}

#[tokio::test]
async fn a_lease_counts_from_before_it_was_asked_for() {
    const TIME: Duration = Duration::from_secs(600);
    let Some(server) = server() else { return };
    let store = store(&server);
    assert!(store.load().await.unwrap().is_none());
    // Each is asked for until it waits for the answer; then the time is read here.
    let (leased, asked) = tokio::join!(store.lease(TIME), async { Instant::now() });
    let Ok(Leased::Held(mut lease)) = leased else {
        panic!("nobody has it: {leased:?}");
    };
    assert!(lease.ends() <= asked + TIME);
    let (renewed, asked) = tokio::join!(store.renew(&mut lease, TIME), async { Instant::now() });
    assert!(renewed.unwrap());
    assert!(lease.ends() <= asked + TIME);
}

#[tokio::test]
async fn a_lease_whose_answer_was_lost_is_had_at_the_next_call() {
    let Some(server) = server() else { return };
    let cut = Cut::before(server.address()).await;
    let url = format!("redis://{}/0", cut.address());
    let (other, store) = (store(&server), store_at(&url));
    assert!(store.load().await.unwrap().is_none());
    cut.cut_answers(usize::MAX);
    let error = store.lease(Duration::from_secs(600)).await.unwrap_err();
    assert!(error.is_unclear(), "{error}");
    cut.cut_answers(0);
    let lost = elsewhere(&other).await;
    assert!(lost.who.is_some(), "it was taken: {lost}");
    let lease = held(&store, Duration::from_secs(600)).await;
    elsewhere(&other).await;
    store.release(lease).await.unwrap();
    let lease = held(&other, Duration::from_secs(600)).await;
    elsewhere(&store).await;
    other.release(lease).await.unwrap();
}

#[tokio::test]
async fn a_change_whose_answer_was_cut_off_is_cleared_up_by_asking_again() {
    let Some(server) = server() else { return };
    let cut = Cut::before(server.address()).await;
    let store = store_at(&format!("redis://{}/0", cut.address()));
    let mut version = put(&store, None, &record("CANARY-1")).await;
    for turn in 0..5 {
        let token = format!("CANARY-{turn}");
        cut.cut_answers(1);
        let next = put(&store, Some(version), &record(&token)).await;
        assert_eq!(cut.left(), 0);
        assert_eq!(next, version.next(), "it was made once");
        assert_eq!(seen(&store).await, Some((next, token)));
        version = next;
    }
    cut.cut_answers(1);
    let mut lease = held(&store, Duration::from_secs(600)).await;
    cut.cut_answers(1);
    assert!(
        store
            .renew(&mut lease, Duration::from_secs(600))
            .await
            .unwrap()
    );
    assert!(matches!(
        store.lease(SOON).await.unwrap(),
        Leased::Elsewhere(_)
    ));
    cut.cut_answers(1);
    store.release(lease).await.unwrap();
    held(&store, Duration::from_secs(600)).await;
}

#[tokio::test]
async fn a_change_whose_answer_stays_lost_is_unclear_and_load_tells() {
    let Some(server) = server() else { return };
    let cut = Cut::before(server.address()).await;
    let store = store_at(&format!("redis://{}/0", cut.address()));
    let version = put(&store, None, &record("CANARY-1")).await;
    cut.cut_answers(usize::MAX);
    let swap = store
        .compare_and_swap(Some(version), &record("CANARY-2"))
        .await;
    let error = swap.unwrap_err();
    assert!(error.is_unclear(), "{error}");
    is(error, StoreErrorKind::Unavailable);
    cut.cut_answers(0);
    let expected = Some((version.next(), "CANARY-2".to_owned()));
    assert_eq!(seen(&store).await, expected);
}

#[tokio::test]
async fn a_change_that_was_overtaken_while_its_answer_was_lost_is_no_conflict() {
    let Some(server) = server() else { return };
    let cut = Cut::before(server.address()).await;
    let store = store_at(&format!("redis://{}/0", cut.address()));
    let version = put(&store, None, &record("CANARY-1")).await;
    // Whoever deletes the record between the two attempts: the second finds none.
    let script = "redis.call('DEL', KEYS[1]) return 1";
    cut.cut_answers(1);
    let deletes = async {
        while cut.left() > 0 {
            tokio::task::yield_now().await;
        }
        server.ask(&["EVAL", script, "1", RECORD]);
    };
    let record = record("CANARY-2");
    let (swap, ()) = tokio::join!(store.compare_and_swap(Some(version), &record), deletes);
    match swap {
        Err(error) => assert!(error.is_unclear(), "{error}"),
        Ok(swap) => assert_eq!(swap, Swap::Done(version.next()), "it came before"),
    }
}
