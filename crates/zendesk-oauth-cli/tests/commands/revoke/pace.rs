//! What is left of the rate limit is left to others.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::Method;
use zendesk_oauth_sandbox::Fault;

use super::{ACCOUNT, Watched, outcomes};

#[test]
fn requests_are_spread_before_the_limit_is_reached() {
    let deletions = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&deletions);
    let watched = Watched::told(ACCOUNT, move |exchange| {
        if exchange.method == Method::DELETE {
            seen.lock().expect("no panic").push(Instant::now());
        }
    });
    watched.plan("idle>90d");
    // Less than a fifth is left, for four seconds that never end.
    let low = Fault::default()
        .with_header("ratelimit-limit", "100")
        .with_header("ratelimit-remaining", "8")
        .with_header("ratelimit-reset", "4");
    watched.stage.sandbox.faults().add(low).expect("a rule");
    let ran = watched.stage.run("revoke apply plan.jsonl --yes -o json");
    let report = ran.exits(0).json();
    assert_eq!(
        outcomes(&report),
        ["101 revoked", "103 revoked", "104 revoked"]
    );
    let deletions = deletions.lock().expect("no panic");
    let (first, last) = (deletions[0], deletions[deletions.len() - 1]);
    // Each has half a second of its own; at full speed all three take a few thousandths.
    let took = last.duration_since(first);
    assert!(took >= Duration::from_millis(300), "{took:?}");
    let limited = watched.requests.lock().expect("no panic");
    assert!(limited.iter().all(|(_, _, status)| *status != 429));
}
