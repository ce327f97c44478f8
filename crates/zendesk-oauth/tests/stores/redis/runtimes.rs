//! One store in several runtimes: each has a connection of its own, which is driven by it and ends with
//! it.

use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use zendesk_oauth_tests::RedisServer;

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

/// How many connections there were.
fn connections(server: &RedisServer) -> u64 {
    let stats = server.ask(&["INFO", "stats"]);
    let (_, count) = stats.split_once("total_connections_received:").unwrap();
    count.lines().next().unwrap().parse().unwrap()
}

#[test]
fn a_runtime_goes_on_with_its_connection_whoever_asks_meanwhile() {
    let Some(server) = server() else { return };
    let store = store(&server);
    let (one, other) = (runtime(), runtime());
    for runtime in [&one, &other] {
        runtime.block_on(seen(&store));
    }
    let asking = connections(&server);
    let before = connections(&server);
    for runtime in [&one, &other, &other, &one] {
        runtime.block_on(seen(&store));
    }
    // Asking for the number may take a connection too.
    assert_eq!(connections(&server) - before, before - asking);
}
