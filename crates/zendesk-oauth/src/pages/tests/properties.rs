//! What holds for any list and any page size, whatever is deleted and created meanwhile.

use std::collections::BTreeSet;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::list::{Event, List};
use crate::pages::{Pages, Position};

const NUMBERS: u32 = 60;

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (1..NUMBERS).prop_map(Event::Deleted),
        2 => (1..NUMBERS).prop_map(Event::Created),
        1 => Just(Event::EmptyPage),
    ]
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}

/// All records one by one, with the walk begun again from `cursor()` after so many of them, if any.
async fn walked(
    list: &List,
    start: &Position,
    ahead: bool,
    begin_again: Option<usize>,
) -> Vec<u32> {
    let open = |start| Pages::new(list.ask(|number| number), start, ahead).items();
    let mut items = open(start.clone());
    let mut given = Vec::new();
    while let Some(number) = items.next().await {
        given.push(number.unwrap());
        if Some(given.len()) == begin_again {
            let backwards = matches!(start, Position::Before(_));
            items = open(match items.cursor() {
                None => Position::First,
                Some(cursor) if backwards => Position::Before(cursor.clone()),
                Some(cursor) => Position::After(cursor.clone()),
            });
        }
    }
    given
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn nothing_comes_twice_and_nothing_that_stayed_is_lost(
        records in btree_set(1..NUMBERS, 0..50),
        page_size in 1..12_usize,
        script in vec(vec(event(), 0..4), 0..30),
        ahead: bool,
        backwards: bool,
    ) {
        let start = if backwards {
            Position::Before(NUMBERS.to_string().into())
        } else {
            Position::First
        };
        let list = List::new(records.clone(), page_size).script(script.clone());
        let given = run(walked(&list, &start, ahead, None));

        let mut sorted = given.clone();
        sorted.sort_unstable();
        if backwards {
            sorted.reverse();
        }
        prop_assert_eq!(&given, &sorted);
        let together: BTreeSet<u32> = given.iter().copied().collect();
        prop_assert_eq!(together.len(), given.len(), "twice: {:?}", given);

        let events = || script.iter().flatten();
        let deleted = |number: &u32| events().any(|it| matches!(it, Event::Deleted(n) if n == number));
        let created = |number: &u32| events().any(|it| matches!(it, Event::Created(n) if n == number));
        let stayed: BTreeSet<u32> = records.iter().copied().filter(|it| !deleted(it)).collect();
        prop_assert!(together.is_superset(&stayed), "lost: {:?}", &stayed - &together);
        prop_assert!(together.iter().all(|it| records.contains(it) || created(it)));
    }

    #[test]
    fn a_walk_begun_again_from_its_cursor_loses_nothing_and_repeats_one_page_at_most(
        records in btree_set(1..NUMBERS, 1..50),
        page_size in 1..12_usize,
        at in 1..50_usize,
        ahead: bool,
        backwards: bool,
    ) {
        let start = if backwards {
            Position::Before(NUMBERS.to_string().into())
        } else {
            Position::First
        };
        let list = List::new(records.clone(), page_size);
        let given = run(walked(&list, &start, ahead, Some(at)));
        let together: BTreeSet<u32> = given.iter().copied().collect();
        prop_assert_eq!(&together, &list.records());
        let twice = given.len() - together.len();
        prop_assert!(twice <= page_size, "{} twice of {}", twice, page_size);
    }

    #[test]
    fn by_offset_a_list_that_stands_still_comes_once(
        records in btree_set(1..NUMBERS, 0..50),
        page_size in 1..12_usize,
        ahead: bool,
    ) {
        let list = List::new(records.clone(), page_size);
        let given = run(walked(&list, &Position::Number(1), ahead, None));
        prop_assert_eq!(given, Vec::from_iter(records));
    }

    #[test]
    fn all_of_them_come_within_the_limit_and_an_error_beyond_it(
        records in btree_set(1..NUMBERS, 0..50),
        page_size in 1..12_usize,
        limit in 0..60_usize,
        backwards: bool,
    ) {
        let start = if backwards {
            Position::Before(NUMBERS.to_string().into())
        } else {
            Position::First
        };
        let list = List::new(records.clone(), page_size);
        let all = run(Pages::new(list.ask(|number| number), start, true).all(limit));
        let mut expected = Vec::from_iter(records);
        if backwards {
            expected.reverse();
        }
        if expected.len() <= limit {
            prop_assert_eq!(all.unwrap(), expected);
        } else {
            let error = all.unwrap_err();
            prop_assert!(error.is_paging_limit(), "{}", error);
            // The page that exceeds the limit is the last that is asked for.
            prop_assert_eq!(list.asked().len(), limit / page_size + 1);
        }
    }
}
