//! A walk that goes on after a failure, or is begun again elsewhere.

use super::list::{Event, List};
use crate::pages::{Pages, Position};

fn failing_once(at: usize) -> List {
    let mut script = vec![Vec::new(); at];
    script.push(vec![Event::Failure]);
    List::new(1..=6, 2).script(script)
}

#[tokio::test]
async fn a_stream_ends_after_an_error_and_goes_on_with_the_same_page_when_told_to() {
    for ahead in [true, false] {
        let list = failing_once(1);
        let mut items = Pages::new(list.ask(|number| number), Position::First, ahead).items();
        let mut given = Vec::new();
        let error = loop {
            match items.next().await.unwrap() {
                Ok(number) => given.push(number),
                Err(error) => break error,
            }
        };
        assert!(!error.to_string().is_empty());
        assert_eq!(given, [1, 2]);
        let asked = list.asked().len();
        assert!(items.next().await.is_none());
        assert!(items.next().await.is_none());
        assert_eq!(
            list.asked().len(),
            asked,
            "nothing is asked without being told"
        );
        // It goes on at the page that failed, so nothing is repeated.
        assert_eq!(items.cursor().unwrap().as_str(), "2.1");

        assert!(items.resume());
        while let Some(number) = items.next().await {
            given.push(number.unwrap());
        }
        assert_eq!(given, [1, 2, 3, 4, 5, 6]);
        assert!(!items.resume(), "the list is at its end");
        assert!(items.next().await.is_none());
    }
}

#[tokio::test]
async fn the_first_page_can_fail_too() {
    let list = failing_once(0);
    let mut pages = Pages::new(list.ask(|number| number), Position::First, true);
    assert!(!pages.resume(), "nothing has failed yet");
    pages.next().await.unwrap().unwrap_err();
    assert_eq!(pages.cursor(), None);
    assert!(pages.resume());
    assert_eq!(pages.next().await.unwrap().unwrap().items(), [1, 2]);
}

#[tokio::test]
async fn the_cursor_of_pages_is_exact() {
    let list = List::new(1..=6, 2);
    for taken in 0..=3 {
        let mut pages = Pages::new(list.ask(|number| number), Position::First, true);
        let mut given = Vec::new();
        for _ in 0..taken {
            given.extend(pages.next().await.unwrap().unwrap());
        }
        let start = match pages.cursor() {
            Some(cursor) => Position::After(cursor.clone()),
            None => Position::First,
        };
        let rest = Pages::new(list.ask(|number| number), start, true);
        given.extend(rest.all(6).await.unwrap());
        assert_eq!(given, [1, 2, 3, 4, 5, 6]);
    }
}

#[tokio::test]
async fn the_cursor_of_items_stays_until_the_caller_comes_back_for_the_next_page() {
    let list = List::new(1..=4, 2);
    let mut items = Pages::new(list.ask(|number| number), Position::First, true).items();
    let mut cursors = Vec::new();
    while let Some(number) = items.next().await {
        let cursor = items.cursor().map(ToString::to_string);
        cursors.push((number.unwrap(), cursor));
    }
    let second = Some("2.1".to_owned());
    assert_eq!(
        cursors,
        [(1, None), (2, None), (3, second.clone()), (4, second)]
    );
    assert_eq!(
        items.cursor().unwrap().as_str(),
        "4.2",
        "what is added later"
    );
}

#[tokio::test]
async fn by_offset_the_number_of_the_page_says_where_to_go_on() {
    let list = failing_once(1);
    let mut items = Pages::new(list.ask(|number| number), Position::Number(1), true).items();
    for _ in 0..2 {
        items.next().await.unwrap().unwrap();
        assert_eq!((items.page_number(), items.cursor()), (Some(1), None));
    }
    items.next().await.unwrap().unwrap_err();
    assert_eq!(items.page_number(), Some(2));
}
