//! One store in several runtimes: each has a connection of its own, which is driven by it and ends with
//! it.

use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::server::{server, store};
use crate::suite::{held, put, record, seen};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_runtime_that_is_not_driven_or_has_ended_is_in_nobodys_way() {
    let Some(server) = server() else { return };
    let store = store(&server);
    let (standing, ending) = (runtime(), runtime());
    let first = standing.block_on(put(&store, None, &record("CANARY-1")));
    let second = ending.block_on(put(&store, Some(first), &record("CANARY-2")));
    ending.block_on(held(&store, Duration::from_secs(600)));
    drop(ending);
    let seen_second = Some((second, "CANARY-2".to_owned()));
    let other = runtime();
    assert_eq!(other.block_on(seen(&store)), seen_second);
    let third = other.block_on(put(&store, Some(second), &record("CANARY-3")));
    drop(other);
    // It goes on with what it had.
    let seen_third = Some((third, "CANARY-3".to_owned()));
    assert_eq!(standing.block_on(seen(&store)), seen_third);
}
