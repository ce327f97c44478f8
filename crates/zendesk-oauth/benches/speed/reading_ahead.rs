//! What reading ahead brings, where the server and the caller both take their time.

use std::time::Duration;

use tokio::time::sleep;

use super::table::{Row, Table};
use super::{Outcome, facade, loopback, server};

/// How long the server takes for a page, and the caller for the work on one.
const EACH: Duration = Duration::from_millis(20);
/// How many of the pages are taken.
const TAKEN: usize = 25;

/// By page with reading ahead, beside the same without.
pub(crate) fn reading_ahead(table: &mut Table) -> Outcome {
    let base_url = server::start(EACH)?;
    let runtime = loopback::runtime()?;
    let clients = facade::connect(&base_url, "CANARY-token")?.oauth_clients();
    let walk = |read_ahead: bool| {
        runtime.block_on(async {
            let mut pages = clients.list().read_ahead(read_ahead).pages();
            for _ in 0..TAKEN {
                let page = pages.next().await.expect("a page").expect("a page");
                assert!(!page.items().is_empty());
                sleep(EACH).await;
            }
        });
    };
    table.row(
        Row {
            name: "25 pages with reading ahead, by without",
            other: "zendesk-oauth, page by page",
            goal: Some(0.6),
            rounds: 5,
            times: 1,
        },
        &mut || walk(true),
        &mut || walk(false),
    )?;
    Ok(())
}
