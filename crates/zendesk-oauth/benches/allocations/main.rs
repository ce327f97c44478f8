//! What the client allocates, beside the same work by hand. It is a binary of its own, since counting
//! takes time.
//!
//! `cargo bench -p zendesk-oauth --bench allocations`

#[path = "../common/by_hand.rs"]
mod by_hand;
#[path = "../common/canned.rs"]
mod canned;
#[path = "../common/facade.rs"]
mod facade;
#[path = "../common/raw.rs"]
mod raw;
#[path = "../common/server.rs"]
mod server;

use std::alloc::System;
use std::hint::black_box;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::runtime::Builder;
use zendesk_support_oauth_clients::types::{OAuthClientResponse, OAuthClientsPage};

use by_hand::ByHand;
use raw::Compared;

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const TOKEN: &str = "CANARY-token";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = server::start(Duration::ZERO)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let by_hand = ByHand::new(&base_url, TOKEN)?;
    let stopping = facade::stopping_at_credentials(&base_url)?;
    let clients = facade::connect(&base_url, TOKEN)?.oauth_clients();
    let (shown, page) = (Bytes::from(canned::show()), Bytes::from(canned::page(0)));

    println!("| what | ours: allocations | bytes | baseline: allocations | bytes |");
    println!("| --- | --- | --- | --- | --- |");
    row(
        "build a request",
        || facade::show_request(&stopping, 1),
        || drop(black_box(by_hand.show_request(1))),
    )?;
    row(
        "parse a client",
        || {
            drop(facade::parse::<OAuthClientResponse>(
                "show_oauth_client",
                &shown,
            ))
        },
        || drop(serde_json::from_slice::<by_hand::Shown>(&shown)),
    )?;
    row(
        "parse a page of 100",
        || {
            drop(facade::parse::<OAuthClientsPage>(
                "list_oauth_clients",
                &page,
            ))
        },
        || drop(serde_json::from_slice::<by_hand::Page>(&page)),
    )?;
    row(
        "show a client",
        || drop(runtime.block_on(clients.show(1).send()).expect("a client")),
        || drop(runtime.block_on(by_hand.show(1)).expect("a client")),
    )?;
    row(
        "list 10,000 clients",
        || {
            let all = runtime.block_on(async {
                let mut items = clients.list().items();
                let mut count = 0;
                while let Some(client) = items.next().await {
                    client.expect("a client");
                    count += 1;
                }
                count
            });
            assert_eq!(all, canned::CLIENTS);
        },
        || runtime.block_on(by_hand.list(drop)).expect("every page"),
    )?;
    Ok(())
}

/// Counts both sides once they are warm.
fn row(name: &str, mut ours: impl FnMut(), mut baseline: impl FnMut()) -> io::Result<()> {
    let (ours, ours_bytes) = counted(&mut ours);
    let (baseline, baseline_bytes) = counted(&mut baseline);
    println!("| {name} | {ours} | {ours_bytes} | {baseline} | {baseline_bytes} |");
    for (unit, round) in [
        ("allocations", [ours, baseline]),
        ("bytes allocated", [ours_bytes, baseline_bytes]),
    ] {
        Compared {
            work: name,
            ours: "zendesk-oauth",
            other: "reqwest by hand",
            unit,
            rounds: &[round.map(|count| count as f64)],
            goal: None,
        }
        .append()?;
    }
    Ok(())
}

/// The fewest of several goes: now and then the pool or the server's thread does something besides.
fn counted(work: &mut dyn FnMut()) -> (usize, usize) {
    work();
    let goes = (0..10).map(|_| {
        let region = Region::new(COUNTING);
        work();
        let counted = region.change();
        (
            counted.allocations + counted.reallocations,
            counted.bytes_allocated,
        )
    });
    goes.min().unwrap_or_default()
}
