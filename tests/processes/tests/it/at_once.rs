//! Cases that have nothing to do with each other, several at once.

use tokio::task::JoinSet;

/// Most of their time they wait for each other's leases; more would only make the machine slow.
const AT_ONCE: usize = 8;

/// Does this for each, and returns what came of them in any order. One that fails fails the test.
pub(crate) async fn each<I, F>(items: I, case: impl Fn(I::Item) -> F) -> Vec<F::Output>
where
    I: IntoIterator,
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let mut items = items.into_iter();
    let mut running = JoinSet::new();
    let mut outcomes = Vec::new();
    loop {
        while running.len() < AT_ONCE
            && let Some(item) = items.next()
        {
            running.spawn(case(item));
        }
        match running.join_next().await {
            Some(outcome) => outcomes.push(outcome.expect("no case fails")),
            None => return outcomes,
        }
    }
}
