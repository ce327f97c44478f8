//! Whole calls, over loopback, each side with a connection of its own that it keeps.

use std::hint::black_box;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::by_hand::ByHand;
use super::canned::CLIENTS;
use super::table::{BY_HAND, Row, Table};
use super::{Outcome, facade, server};

const TOKEN: &str = "CANARY-benchmark-token-of-an-ordinary-length-0123456789abcdef0123";

/// One `show`.
pub(crate) fn show(table: &mut Table) -> Outcome {
    const TIMES: u32 = 20;
    let base_url = server::start(Duration::ZERO)?;
    let runtime = runtime()?;
    let clients = facade::connect(&base_url, TOKEN)?.oauth_clients();
    let by_hand = ByHand::new(&base_url, TOKEN)?;
    table.row(
        Row {
            name: "show a client",
            other: BY_HAND,
            goal: Some(1.05),
            rounds: 1000,
            times: TIMES,
        },
        &mut || {
            runtime.block_on(async {
                for _ in 0..TIMES {
                    black_box(clients.show(black_box(1)).await.expect("a client"));
                }
            });
        },
        &mut || {
            runtime.block_on(async {
                for _ in 0..TIMES {
                    black_box(by_hand.show(black_box(1)).await.expect("a client"));
                }
            });
        },
    )?;
    Ok(())
}

/// All 10,000 clients by record, with the next page read ahead, as it is by default, and without.
pub(crate) fn list(table: &mut Table) -> Outcome {
    let base_url = server::start(Duration::ZERO)?;
    let runtime = runtime()?;
    let clients = facade::connect(&base_url, TOKEN)?.oauth_clients();
    let by_hand = ByHand::new(&base_url, TOKEN)?;
    for (name, read_ahead, goal) in [
        ("list 10,000 clients", true, Some(1.05)),
        ("list 10,000 clients, without reading ahead", false, None),
    ] {
        table.row(
            Row {
                name,
                other: BY_HAND,
                goal,
                rounds: 100,
                times: 1,
            },
            &mut || {
                runtime.block_on(async {
                    let mut items = clients.list().read_ahead(read_ahead).items();
                    let mut count = 0;
                    while let Some(client) = items.next().await {
                        black_box(client.expect("a client"));
                        count += 1;
                    }
                    assert_eq!(count, CLIENTS);
                });
            },
            &mut || {
                runtime.block_on(async {
                    let mut count = 0;
                    let each = |client| {
                        black_box(client);
                        count += 1;
                    };
                    by_hand.list(each).await.expect("every page");
                    assert_eq!(count, CLIENTS);
                });
            },
        )?;
    }
    Ok(())
}

pub(crate) fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}
