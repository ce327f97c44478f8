//! The heading at which an address or a hit opens a page.

use std::time::Duration;

use serde_json::json;
use xtask::openapi::{Operation, text};

use crate::chromium::Browser;

/// Waits until the heading of that text stands at the top of the window.
pub(super) async fn stands_at_the_top(browser: &Browser, heading: &str) {
    let script = "return [...document.querySelectorAll('h1, h2')].some((it) => {
        const top = it.getBoundingClientRect().top;
        return it.textContent.trim() === arguments[0] && top >= 40 && top < 200;
    });";
    let stands = async {
        while browser
            .page
            .execute(script, vec![json!(heading)])
            .await
            .expect("it runs")
            != json!(true)
        {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    if tokio::time::timeout(Duration::from_secs(30), stands)
        .await
        .is_err()
    {
        panic!(
            "{heading:?} is not at the top of {:?}: {}",
            browser.page.current_url().await,
            browser.text().await
        );
    }
}

pub(super) fn summary<'a>(operation: &Operation<'a>) -> &'a str {
    text(operation.value, "summary")
}
