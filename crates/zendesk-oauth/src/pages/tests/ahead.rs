//! Reading ahead: one page, no more, and nothing once the stream is gone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::list::List;
use crate::Error;
use crate::pages::{Answer, Ask, Pages, PagingProblem, Position};

/// A record that is counted as long as it lives.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(alive: &Arc<AtomicUsize>) -> Self {
        alive.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(alive))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Lets every task run as far as it gets.
async fn settled() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

fn counting(list: &List) -> (Ask<Counted>, Arc<AtomicUsize>) {
    let alive = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&alive);
    (list.ask(move |_| Counted::new(&counter)), alive)
}

#[tokio::test]
async fn two_pages_are_in_memory_at_most() {
    let list = List::new(1..=1_000, 10);
    let (ask, alive) = counting(&list);
    let mut pages = Pages::new(ask, Position::First, true);
    let mut most = 0;
    while let Some(page) = pages.next().await {
        settled().await;
        most = most.max(alive.load(Ordering::SeqCst));
        drop(page.unwrap());
    }
    assert_eq!((most, list.asked().len()), (20, 100));
    assert_eq!(alive.load(Ordering::SeqCst), 0);

    let (ask, alive) = counting(&list);
    let mut items = Pages::new(ask, Position::First, true).items();
    let (mut most, mut given) = (0, 0);
    while let Some(item) = items.next().await {
        settled().await;
        most = most.max(alive.load(Ordering::SeqCst));
        given += 1;
        drop(item.unwrap());
    }
    assert_eq!((most, given), (20, 1_000));
}

#[tokio::test]
async fn exactly_one_page_is_read_ahead_as_soon_as_a_page_has_come() {
    let list = List::new(1..=10, 2);
    let mut pages = Pages::new(list.ask(|number| number), Position::First, true);
    assert!(list.asked().is_empty(), "nothing before the first poll");
    for asked in [2, 3, 4, 5, 5] {
        let page = pages.next().await.unwrap().unwrap();
        settled().await;
        assert_eq!(list.asked().len(), asked, "{:?}", page.items());
    }
    assert!(pages.next().await.is_none());
    assert_eq!(list.asked().len(), 5);
}

#[tokio::test]
async fn without_read_ahead_a_page_is_asked_for_when_it_is_wanted() {
    let list = List::new(1..=10, 5);
    let mut pages = Pages::new(list.ask(|number| number), Position::First, false);
    pages.next().await.unwrap().unwrap();
    settled().await;
    assert_eq!(list.asked().len(), 1);
    pages.next().await.unwrap().unwrap();
    assert_eq!(list.asked().len(), 2);
}

#[test]
fn outside_of_a_runtime_pages_come_when_they_are_polled() {
    use std::task::{Context, Waker};
    let list = List::new(1..=4, 2);
    let mut items = Pages::new(list.ask(|number| number), Position::First, true).items();
    let mut given = Vec::new();
    loop {
        let mut next = std::pin::pin!(items.next());
        match next.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Some(item)) => given.push(item.unwrap()),
            Poll::Ready(None) => break,
            Poll::Pending => panic!("this list never waits"),
        }
    }
    assert_eq!(given, [1, 2, 3, 4]);
}

/// A list whose second page never comes; it says when that is asked for, and when it is given up.
fn stuck() -> (Ask<u32>, mpsc::UnboundedReceiver<oneshot::Receiver<()>>) {
    let (asked, receiver) = mpsc::unbounded_channel();
    let first = List::new(1..=4, 2).ask(|number| number);
    let first = Arc::new(first);
    let ask = Ask::new("list", move |position: Position| {
        let (first, asked) = (Arc::clone(&first), asked.clone());
        Box::pin(async move {
            if position == Position::First {
                return first.page(&position).await;
            }
            let (alive, gone) = oneshot::channel();
            asked.send(gone).unwrap();
            std::future::pending::<Result<Answer<u32>, Error>>()
                .await
                .inspect(|_| drop(alive))
        })
    });
    (ask, receiver)
}

#[tokio::test]
async fn dropping_the_stream_ends_the_request_that_is_under_way() {
    let (ask, mut asked) = stuck();
    let mut pages = Pages::new(ask, Position::First, true);
    pages.next().await.unwrap().unwrap();
    let gone = asked.recv().await.unwrap();
    drop(pages);
    let gone = tokio::time::timeout(Duration::from_secs(10), gone).await;
    assert!(
        gone.expect("the request ends").is_err(),
        "it gave no answer"
    );
}

#[tokio::test]
async fn a_page_that_is_waited_for_is_not_lost_when_the_waiting_is_given_up() {
    let list = List::new(1..=4, 2);
    let mut pages = Pages::new(list.ask(|number| number), Position::First, true);
    for expected in [[1, 2], [3, 4]] {
        {
            let mut given_up = std::pin::pin!(pages.next());
            let mut once = std::task::Context::from_waker(std::task::Waker::noop());
            if let std::task::Poll::Ready(page) = given_up.as_mut().poll(&mut once) {
                assert_eq!(page.unwrap().unwrap().items(), expected);
                continue;
            }
        }
        assert_eq!(pages.next().await.unwrap().unwrap().items(), expected);
    }
    assert_eq!(list.asked().len(), 2);
}

/// What `next` panics with.
async fn panic_of(pages: &mut Pages<u32>) -> Option<&'static str> {
    let mut next = std::pin::pin!(pages.next());
    let caught = std::future::poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| next.as_mut().poll(context)));
        match polled {
            Ok(polled) => polled.map(|_| None),
            Err(panic) => Poll::Ready(Some(panic)),
        }
    });
    Some(caught.await?.downcast_ref::<&str>().unwrap())
}

#[tokio::test]
async fn a_stream_whose_page_panicked_is_at_its_end() {
    for ahead in [true, false] {
        let first = Arc::new(List::new(1..=4, 2).ask(|number| number));
        let ask = Ask::new("list", move |position: Position| {
            let first = Arc::clone(&first);
            Box::pin(async move {
                assert!(position == Position::First, "CANARY-panic");
                first.page(&position).await
            })
        });
        let mut pages = Pages::new(ask, Position::First, ahead);
        pages.next().await.unwrap().unwrap();
        assert_eq!(panic_of(&mut pages).await, Some("CANARY-panic"));
        assert_eq!(panic_of(&mut pages).await, None);
        assert!(pages.next().await.is_none() && !pages.resume());
    }
}

#[tokio::test]
async fn page_100_is_the_last_that_is_asked_for_by_number() {
    for ahead in [true, false] {
        let list = List::new(1..=101, 1);
        let mut items = Pages::new(list.ask(|number| number), Position::Number(1), ahead).items();
        for number in 1..=100 {
            assert_eq!(items.next().await.unwrap().unwrap(), number);
        }
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.paging().unwrap().problem(), PagingProblem::TooDeep);
        assert!(items.next().await.is_none());
        assert_eq!(list.asked().len(), 100);

        let whole = List::new(1..=100, 1);
        let pages = Pages::new(whole.ask(|number| number), Position::Number(1), ahead);
        assert_eq!(pages.all(100).await.unwrap().len(), 100);
    }
}
