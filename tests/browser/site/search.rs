//! The search of the index.

use fantoccini::Locator;
use fantoccini::key::Key;
use xtask::openapi::operations;

use super::folder::Site;
use super::heading::{stands_at_the_top, summary};
use super::quiet::is_quiet;
use crate::chromium::Browser;

#[tokio::test(flavor = "multi_thread")]
async fn a_search_leads_to_an_operation_and_no_request_leaves_the_folder() {
    let Some(site) = Site::build("the site's search") else {
        return;
    };
    let Some(browser) = Browser::start("the site's search").await else {
        return;
    };
    browser.open(&site.url("index.html")).await;
    let query = browser
        .page
        .find(Locator::Id("query"))
        .await
        .expect("a field");
    query.send_keys("revoke token chat").await.expect("typed");
    let hit = browser
        .page
        .wait()
        .for_element(Locator::Css("#hits a"))
        .await;
    hit.expect("a hit").click().await.expect("clicked");
    let document = site.document("chat-oauth-tokens");
    let operations = operations(&document.root);
    let wanted = operations
        .iter()
        .find(|it| it.id() == "revoke_chat_oauth_token");
    let wanted = wanted.expect("the document has the operation");
    stands_at_the_top(&browser, summary(wanted)).await;
    let page = browser.text().await;
    for part in [
        "Neither the request nor the response has a body",
        "{oauth_token_id}",
    ] {
        assert!(page.contains(part), "{part:?} is not in {page}");
    }
    is_quiet(&browser, &site.folder).await;

    // By keys alone, and to a schema: back to the index, words, down to the first hit, Enter.
    let back = browser
        .page
        .find(Locator::LinkText("All documents"))
        .await
        .expect("a link");
    back.click().await.expect("clicked");
    let query = browser
        .page
        .wait()
        .for_element(Locator::Id("query"))
        .await
        .expect("a field");
    let down = char::from(Key::Down);
    query
        .send_keys(&format!("ChatOAuthToken{down}"))
        .await
        .expect("typed");
    let focused = browser.page.active_element().await.expect("a focus");
    assert_eq!(focused.text().await.expect("its text"), "ChatOAuthToken");
    focused
        .send_keys(&char::from(Key::Enter).to_string())
        .await
        .expect("typed");
    stands_at_the_top(&browser, "ChatOAuthToken").await;
    is_quiet(&browser, &site.folder).await;

    // Going back brings the words back, and their hits.
    browser.page.back().await.expect("a page before");
    let wait = browser.page.wait();
    let hit = wait.for_element(Locator::Css("#hits a")).await;
    let hit = hit.expect("a hit").text().await.expect("its text");
    assert_eq!(hit, "ChatOAuthToken");
    let query = browser.page.find(Locator::Id("query")).await;
    let words = query.expect("a field").prop("value").await.expect("words");
    assert_eq!(words.as_deref(), Some("ChatOAuthToken"));
    browser.close().await;
}
