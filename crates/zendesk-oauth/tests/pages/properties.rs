//! Any number of clients, any page size, and clients that come and go between the pages.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use zendesk_oauth::support::NewOAuthClient;

use crate::account;

#[derive(Clone, Debug)]
enum Event {
    /// The client at this place of the list as it began is deleted.
    Deleted(usize),
    Created,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![3 => (0..30_usize).prop_map(Event::Deleted), 1 => Just(Event::Created)]
}

/// What a walk gave, as ids, and what there was.
struct Walked {
    given: Vec<i64>,
    stayed: BTreeSet<i64>,
    ever: BTreeSet<i64>,
}

async fn walked(
    count: usize,
    page_size: u32,
    sort: Option<&str>,
    ahead: bool,
    mut script: Vec<Vec<Event>>,
) -> Walked {
    let account = account::of(count).await;
    let before = account.ids().await;
    let mut stayed: BTreeSet<i64> = before.iter().copied().collect();
    let mut ever = stayed.clone();
    let mut list = account
        .clients
        .list()
        .page_size(page_size)
        .read_ahead(ahead);
    if let Some(sort) = sort {
        list = list.sort(sort);
    }
    let (mut pages, mut given) = (list.pages(), Vec::new());
    while let Some(page) = pages.next().await {
        given.extend(page.unwrap().items().iter().map(|client| client.id));
        for event in script.pop().unwrap_or_default() {
            match event {
                Event::Deleted(at) if at < before.len() && stayed.remove(&before[at]) => {
                    account.clients.delete(before[at]).await.unwrap();
                }
                Event::Deleted(_) => {}
                Event::Created => {
                    let number = ever.len() - before.len();
                    // Anywhere in the list, when it is sorted by name.
                    let name = format!("Generated Client {}", (number * 7) % 31);
                    let new = NewOAuthClient::confidential(name, format!("created_{number}"));
                    ever.insert(account.clients.create(new).await.unwrap().id);
                }
            }
        }
    }
    Walked {
        given,
        stayed,
        ever,
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn nothing_comes_twice_and_nothing_that_stayed_is_lost(
        count in 0..30_usize,
        page_size in 1..13_u32,
        sort in proptest::sample::select(vec![None, Some("name"), Some("-created_at")]),
        ahead: bool,
        script in vec(vec(event(), 0..4), 0..12),
    ) {
        let Walked { given, stayed, ever } = run(walked(count, page_size, sort, ahead, script));
        let together: BTreeSet<i64> = given.iter().copied().collect();
        prop_assert_eq!(together.len(), given.len(), "twice: {:?}", given);
        prop_assert!(together.is_superset(&stayed), "lost: {:?}", &stayed - &together);
        prop_assert!(together.is_subset(&ever));
    }

    #[test]
    fn a_list_that_stands_still_is_the_same_by_every_way(
        count in 0..40_usize,
        page_size in 1..=100_u32,
        ahead: bool,
    ) {
        run(async {
            let account = account::of(count).await;
            let list = || account.clients.list().page_size(page_size).read_ahead(ahead);
            let expected = account.ids().await;
            prop_assert_eq!(expected.len(), count);
            let by_offset = account.clients.list_by_offset().per_page(page_size);
            let all = by_offset.read_ahead(ahead).all(count).await.unwrap();
            prop_assert_eq!(all.iter().map(|it| it.id).collect::<Vec<_>>(), expected.clone());
            let (mut items, mut given) = (list().items(), Vec::new());
            while let Some(client) = items.next().await {
                given.push(client.unwrap().id);
            }
            prop_assert_eq!(given, expected);
            Ok(())
        })?;
    }
}
