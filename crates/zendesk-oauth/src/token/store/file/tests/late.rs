//! Stopped before the link, and woken up late.

use std::time::{Duration, Instant};

use super::{draft, folder, last_lease, login, names, seen, swap_up_to, version};
use crate::token::store::file::draft::Linked;
use crate::token::store::file::folder::Folder;
use crate::token::store::file::listing::Series;
use crate::token::store::file::lock::{self, HeldLock};
use crate::token::store::file::signature::{Now, Signature};
use crate::token::store::file::versions::publish;
use crate::token::{Lease, Leased, Swap, Version};

const LONG: Duration = Duration::from_secs(600);

#[test]
fn a_late_version_is_a_conflict_however_late() {
    for last in [3, 4, 5, 9, 66, 67, 70] {
        let (_kept, folder) = folder(2);
        let late = draft(&folder, Series::Versions, 3, login("CANARY-late").expose());
        swap_up_to(&folder, last);
        let swap = publish(&folder, Some(Version::new(2)), late).unwrap();
        assert_eq!(swap, Some(Swap::Conflict), "{last}");
        assert_eq!(seen(&folder), version(last));
        swap_up_to(&folder, last + 1);
        let expected = [format!("{last}.json"), format!("{}.json", last + 1)];
        assert_eq!(names(&folder).len(), 2);
        assert!(expected.iter().all(|name| names(&folder).contains(name)));
    }
}

#[test]
fn a_late_first_version_is_a_conflict_however_late() {
    for last in [1, 2, 3, 6, 64, 65, 68] {
        let (_kept, folder) = folder(0);
        let late = draft(&folder, Series::Versions, 1, login("CANARY-late").expose());
        swap_up_to(&folder, last);
        let swap = publish(&folder, None, late).unwrap();
        assert_eq!(swap, Some(Swap::Conflict), "{last}");
        assert_eq!(seen(&folder), version(last));
    }
}

#[test]
fn what_somebody_is_about_to_make_is_kept_for_its_link_to_fail() {
    let (_kept, folder) = folder(2);
    let late = draft(&folder, Series::Versions, 3, login("CANARY-late").expose());
    swap_up_to(&folder, 6);
    let linked = late.link(&folder, Series::Versions, 3).unwrap();
    assert_eq!(linked, Linked::Taken);
    drop(late);
    swap_up_to(&folder, 7);
    assert_eq!(names(&folder), ["6.json", "7.json"]);
}

#[test]
fn a_draft_that_is_gone_is_written_anew() {
    let (_kept, folder) = folder(2);
    let gone = draft(&folder, Series::Versions, 3, login("CANARY-gone").expose());
    for name in names(&folder) {
        if name.starts_with("new-") {
            std::fs::remove_file(folder.path().join(name)).unwrap();
        }
    }
    let published = publish(&folder, Some(Version::new(2)), gone).unwrap();
    assert_eq!(published, None);
    assert_eq!(seen(&folder), version(2));
}

/// The lease, when it is free.
fn held(folder: &Folder, time: Duration) -> Lease {
    let begun = Instant::now();
    loop {
        match lock::lease(folder, time).unwrap() {
            Leased::Held(lease) => return lease,
            Leased::Elsewhere(holder) => {
                assert!(begun.elapsed() < Duration::from_secs(10), "{holder} has it");
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    }
}

/// Renews a lease that was just taken.
fn renewed(folder: &Folder, lease: &Lease) -> Option<HeldLock> {
    let held = lease.held::<HeldLock>().unwrap().what();
    let renewed = lock::renew(folder, lease.owner(), &held, LONG).unwrap();
    renewed.map(|(_, lock)| lock)
}

#[test]
fn of_a_take_over_and_a_renewal_one_is_done() {
    for takes_over_first in [true, false] {
        let (_kept, folder) = folder(0);
        let stopped = held(&folder, Duration::ZERO);
        // Both saw lease 1, and are about to make lease 2.
        let line = Signature::new("next".into(), "process 2".into(), Now::read(), LONG).line();
        let next = draft(&folder, Series::Locks, 2, &line);
        if takes_over_first {
            let lock = lock::publish(&folder, 2, next).unwrap();
            assert!(lock.is_some());
            assert!(renewed(&folder, &stopped).is_none());
        } else {
            let lock = renewed(&folder, &stopped);
            assert!(lock.is_some());
            assert!(lock::publish(&folder, 2, next).unwrap().is_none());
        }
    }
}

#[test]
fn a_lock_that_says_nothing_is_renewed_by_its_holder_alone() {
    let (_kept, folder) = folder(0);
    let lease = held(&folder, Duration::ZERO);
    std::fs::write(Series::Locks.path(&folder, 1), "{}").unwrap();
    let own = renewed(&folder, &lease).expect("it is its own");
    assert_eq!(last_lease(&folder), Some(2));
    // Somebody else has taken over since, and says as little.
    let next = lock::publish(&folder, 3, draft(&folder, Series::Locks, 3, "{}")).unwrap();
    assert!(next.is_some());
    assert!(renewed(&folder, &lease).is_none());
    drop(own);
}

#[test]
fn one_who_takes_over_late_does_not_have_the_lease() {
    // So late that its number is free again.
    for turns in (1..6).chain([70]) {
        let (_kept, folder) = folder(0);
        let _stopped = held(&folder, Duration::ZERO);
        let line = Signature::new("late".into(), "process 2".into(), Now::read(), LONG).line();
        let late = draft(&folder, Series::Locks, 2, &line);
        for _ in 0..turns {
            drop(held(&folder, LONG));
        }
        let lease = held(&folder, LONG);
        let last = last_lease(&folder);
        assert!(
            lock::publish(&folder, 2, late).unwrap().is_none(),
            "{turns}"
        );
        assert_eq!(last_lease(&folder), last);
        assert!(matches!(
            lock::lease(&folder, LONG),
            Ok(Leased::Elsewhere(_))
        ));
        assert!(renewed(&folder, &lease).is_some());
    }
}

#[test]
fn a_renewal_that_nobody_waited_for_is_made_good_by_the_next() {
    let (_kept, folder) = folder(0);
    let lease = held(&folder, LONG);
    drop(renewed(&folder, &lease));
    assert_eq!(last_lease(&folder), Some(2));
    let lock = renewed(&folder, &lease);
    assert!(lock.is_some());
    assert!(matches!(
        lock::lease(&folder, LONG),
        Ok(Leased::Elsewhere(_))
    ));
}

#[test]
fn a_lock_that_says_nothing_lasts_as_long_as_its_process() {
    let (_kept, folder) = folder(0);
    let lock = lock::publish(&folder, 1, draft(&folder, Series::Locks, 1, "{}")).unwrap();
    let leased = lock::lease(&folder, LONG).unwrap();
    assert!(matches!(leased, Leased::Elsewhere(_)), "{leased:?}");
    drop(lock);
    drop(held(&folder, LONG));
}
