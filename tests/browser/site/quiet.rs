//! A page asks nobody but its own folder, and has no error on the console.

use std::fs;
use std::path::Path;

use super::folder::{address, empty_folder};
use crate::chromium::Browser;
use crate::logs::Seen;

/// Requests that leave the folder. What is in the page itself is no request to anyone.
fn leaving(requests: &[String], folder: &Path) -> Vec<String> {
    let inside = ["data:", "blob:", &address(folder)];
    requests
        .iter()
        .filter(|request| !inside.iter().any(|start| request.starts_with(start)))
        .cloned()
        .collect()
}

/// Nothing but the folder was asked, and the console has no error.
pub(super) async fn is_quiet(browser: &Browser, folder: &Path) {
    let Seen { errors, requests } = browser.seen().await;
    assert!(errors.is_empty(), "errors on the console: {errors:#?}");
    let pages = address(folder);
    let asked = requests.iter().any(|request| request.starts_with(&pages));
    assert!(asked, "the log of requests is kept: {requests:#?}");
    let left = leaving(&requests, folder);
    assert!(left.is_empty(), "requests leave the folder: {left:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_asks_another_host_or_has_an_error_is_seen() {
    let test = "a page that asks";
    let Some(browser) = Browser::start(test).await else {
        return;
    };
    let folder = empty_folder(test);
    let page = folder.join("index.html");
    let open = async |body: &str| {
        fs::write(&page, format!("<!doctype html><title>x</title>{body}")).expect("written");
        browser
            .open(&format!("{}index.html", address(&folder)))
            .await;
        let Seen { errors, requests } = browser.seen().await;
        (errors, leaving(&requests, &folder))
    };
    let (errors, left) = open("<p>nothing but itself</p>").await;
    assert!(errors.is_empty() && left.is_empty(), "{errors:?} {left:?}");
    // Nothing listens there, which makes it an error too; the request counts all the same.
    let (errors, left) = open("<img src='http://127.0.0.1:9/logo.svg'>").await;
    assert_eq!(left, ["http://127.0.0.1:9/logo.svg"]);
    assert_eq!(errors.len(), 1, "{errors:?}");
    let (_, left) = open("<img src='../other/logo.svg'>").await;
    assert_eq!(left.len(), 1, "a file beside the folder: {left:?}");
    let (errors, left) = open("<script>console.error('CANARY')</script>").await;
    assert!(
        errors.len() == 1 && errors[0].contains("CANARY"),
        "{errors:?}"
    );
    assert!(left.is_empty(), "{left:?}");
    let (errors, _) = open("<script>throw new Error('CANARY')</script>").await;
    assert!(
        errors.len() == 1 && errors[0].contains("CANARY"),
        "{errors:?}"
    );
    browser.close().await;
}
