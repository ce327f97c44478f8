//! Killed: whatever it had done by then stays, and its locks go.

use std::time::Duration;

use super::{draft, folder, login, names, seen, swap_up_to, version};
use crate::token::store::file::draft::{Draft, Linked};
use crate::token::store::file::folder::Folder;
use crate::token::store::file::listing::Series;
use crate::token::store::file::lock;
use crate::token::store::file::signature::{Now, Signature};
use crate::token::{Leased, Version};

const LONG: Duration = Duration::from_secs(600);

/// What one who writes version 3 has done when it is killed.
const KILLED: &[fn(&Folder)] = &[
    |folder| {
        drop(
            Draft::create(folder, Series::Versions, 3)
                .unwrap()
                .abandon(),
        )
    },
    |folder| {
        let draft = Draft::create(folder, Series::Versions, 3).unwrap();
        assert!(draft.lock(folder).unwrap());
        draft.abandon();
    },
    |folder| {
        let text = login("CANARY-3");
        let half = &text.expose()[..text.expose().len() / 2];
        draft(folder, Series::Versions, 3, half).abandon();
    },
    |folder| drop(draft(folder, Series::Versions, 3, login("CANARY-3").expose()).abandon()),
];

#[test]
fn one_killed_before_the_link_changed_nothing() {
    for killed in KILLED {
        let (_kept, folder) = folder(2);
        killed(&folder);
        assert_eq!(names(&folder).len(), 3, "the draft is there");
        assert_eq!(seen(&folder), version(2));
        swap_up_to(&folder, 3);
        assert_eq!(seen(&folder), version(3));
        assert_eq!(names(&folder), ["2.json", "3.json"], "the draft is gone");
    }
}

#[test]
fn one_killed_after_the_link_has_written_all_of_it() {
    let (_kept, folder) = folder(2);
    let draft = draft(&folder, Series::Versions, 3, login("CANARY-3").expose());
    assert_eq!(
        draft.link(&folder, Series::Versions, 3).unwrap(),
        Linked::Done
    );
    draft.abandon();
    assert_eq!(seen(&folder), version(3));
    swap_up_to(&folder, 4);
    assert_eq!(names(&folder), ["3.json", "4.json"]);
}

#[test]
fn a_draft_of_a_living_process_stays() {
    let (_kept, folder) = folder(2);
    let draft = draft(&folder, Series::Versions, 3, login("CANARY-3").expose());
    swap_up_to(&folder, 3);
    assert_eq!(names(&folder).len(), 3);
    drop(draft);
    assert_eq!(names(&folder), ["2.json", "3.json"]);
}

#[test]
fn one_killed_while_it_takes_the_lease_does_not_have_it() {
    let (_kept, folder) = folder(0);
    let line = Signature::new("dead".into(), "process 1".into(), Now::read(), LONG).line();
    draft(&folder, Series::Locks, 1, &line).abandon();
    let linked = draft(&folder, Series::Locks, 1, &line);
    assert_eq!(
        linked.link(&folder, Series::Locks, 1).unwrap(),
        Linked::Done
    );
    linked.abandon();
    assert!(lock::holder(&folder).unwrap().is_none());
    let leased = lock::lease(&folder, LONG).unwrap();
    assert!(matches!(leased, Leased::Held(_)), "{leased:?}");
    assert_eq!(names(&folder), ["1.lock", "2.lock"]);
}

#[test]
fn numbers_end_where_they_end() {
    let (_kept, folder) = folder(0);
    let last = draft(
        &folder,
        Series::Versions,
        u64::MAX,
        login("CANARY-last").expose(),
    );
    assert_eq!(
        last.link(&folder, Series::Versions, u64::MAX).unwrap(),
        Linked::Done
    );
    drop(last);
    let swap = super::versions::swap(&folder, Some(Version::new(u64::MAX)), &login("CANARY"));
    assert_eq!(swap.unwrap(), crate::token::Swap::Conflict);
}
