//! Addresses of places in a page, and those that name none.

use fantoccini::Locator;
use xtask::openapi::operations;
use xtask::spec::bundle;

use super::folder::Site;
use super::heading::{stands_at_the_top, summary};
use super::quiet::is_quiet;
use crate::chromium::Browser;

#[tokio::test(flavor = "multi_thread")]
async fn each_operation_of_each_document_has_its_address() {
    let Some(site) = Site::build("the site's addresses") else {
        return;
    };
    let Some(browser) = Browser::start("the site's addresses").await else {
        return;
    };
    for document in &site.documents {
        // A page takes seconds to draw. The bundle's operations are the same again: one is enough.
        let most = if document.name == bundle::NAME {
            1
        } else {
            usize::MAX
        };
        for operation in operations(&document.root).into_iter().take(most) {
            let page = format!("{}.html#operation/{}", document.name, operation.id());
            // Else only the part after # would change, and the page stay.
            browser.open("about:blank").await;
            browser.open(&site.url(&page)).await;
            stands_at_the_top(&browser, summary(&operation)).await;
        }
    }
    is_quiet(&browser, &site.folder).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_names_no_place_opens_the_page_at_its_top() {
    let Some(site) = Site::build("the site's broken addresses") else {
        return;
    };
    let Some(browser) = Browser::start("the site's broken addresses").await else {
        return;
    };
    for place in ["#%E0%A4%A", "#operation/nobody"] {
        browser.open("about:blank").await;
        let page = format!("chat-oauth-tokens.html{place}");
        browser.open(&site.url(&page)).await;
        let drawn = browser.page.wait().for_element(Locator::Css("h1")).await;
        drawn.unwrap_or_else(|error| panic!("{place} gives an empty page: {error}"));
    }
    browser.open("about:blank").await;
    browser.open(&site.url("index.html#q=%E0%A4%A")).await;
    is_quiet(&browser, &site.folder).await;
    browser.close().await;
}
