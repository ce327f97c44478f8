//! Leases of folders.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use zendesk_oauth::token::{FileStore, Leased, MemoryStore, StoreErrorKind, TokenStore as _};

use super::{assert_says, store};
use crate::suite::{elsewhere, held};

const LONG: Duration = Duration::from_secs(600);

#[tokio::test]
async fn a_lease_is_free_when_its_file_is_closed() {
    let (_kept, store) = store();
    // Closed by the system when a process dies, which needs no word of it.
    let lease = held(&store, LONG).await;
    elsewhere(&store).await;
    drop(lease);
    let lease = held(&store, LONG).await;
    store.release(lease).await.unwrap();
}

#[tokio::test]
async fn the_holder_is_there_to_ask_for() {
    let (_kept, store) = store();
    let lease = held(&store, LONG).await;
    let holder = FileStore::new(store.path()).lease_holder().await.unwrap();
    let holder = holder.unwrap();
    assert!(holder.who.unwrap().starts_with("process "));
    assert!(holder.age.unwrap() < LONG && holder.left.unwrap() <= LONG);
    store.release(lease).await.unwrap();
    assert!(store.lease_holder().await.unwrap().is_none());
}

#[tokio::test]
async fn a_lease_that_ran_out_has_no_holder() {
    let (_kept, store) = store();
    let _stopped = held(&store, Duration::from_millis(20)).await;
    let begun = Instant::now();
    while store.lease_holder().await.unwrap().is_some() {
        assert!(begun.elapsed() < Duration::from_secs(20));
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_that_take_over_one_has_the_lease() {
    let (_kept, store) = store();
    for _ in 0..8 {
        let stopped = held(&store, Duration::ZERO).await;
        let store = Arc::new(store.clone());
        while store.lease_holder().await.unwrap().is_some() {}
        let mut tasks = JoinSet::new();
        for _ in 0..16 {
            let store = Arc::clone(&store);
            tasks.spawn(async move { store.lease(LONG).await.unwrap() });
        }
        let leased = tasks.join_all().await;
        let held = leased.iter().filter(|it| matches!(it, Leased::Held(_)));
        assert_eq!(held.count(), 1, "{leased:?}");
        drop(stopped);
    }
}

#[tokio::test]
async fn a_lease_lasts_a_day_at_most() {
    let (_kept, store) = store();
    let lease = held(&store, Duration::MAX).await;
    let holder = store.lease_holder().await.unwrap().unwrap();
    assert!(holder.left.unwrap() <= Duration::from_secs(24 * 60 * 60));
    store.release(lease).await.unwrap();
}

#[tokio::test]
async fn a_lease_of_another_store_is_not_renewed() {
    let (_kept, store) = store();
    let (_other_kept, other) = self::store();
    let mut strange = held(&MemoryStore::new(), LONG).await;
    assert!(!store.renew(&mut strange, LONG).await.unwrap());
    let mine = held(&store, LONG).await;
    let mut theirs = held(&other, LONG).await;
    assert!(!store.renew(&mut theirs, LONG).await.unwrap());
    elsewhere(&store).await;
    store.release(mine).await.unwrap();
}

#[tokio::test]
async fn a_lease_is_lost_with_its_folder() {
    let (_kept, store) = store();
    let mut lease = held(&store, LONG).await;
    std::fs::remove_dir_all(store.path()).unwrap();
    assert!(!store.renew(&mut lease, LONG).await.unwrap());
    // Whether it is lost is not known where nobody can look.
    std::fs::write(store.path(), "theirs").unwrap();
    let error = store.renew(&mut lease, LONG).await.unwrap_err();
    assert_says(&error, StoreErrorKind::Settings, &["cannot list"]);
}
