//! The site of the documents, opened from its files.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::Locator;
use fantoccini::key::Key;
use reqwest::Url;
use serde_json::json;
use xtask::document::Document;
use xtask::openapi::{Operation, operations, text};
use xtask::spec::{Published, bundle, site};
use xtask::verify::job::Tools;

use crate::chromium::Browser;
use crate::logs::Seen;

/// A phone's width and a desk's, at which pages are looked at.
const WIDTHS: [u32; 2] = [390, 1280];

/// The site in a folder of its own.
struct Site {
    folder: PathBuf,
    documents: Vec<Document>,
}

impl Site {
    /// Builds it, or says why the test is skipped.
    fn build(test: &str) -> Option<Self> {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let tools = Tools::locate(&top).folder;
        if !site::renderer::is_installed(&tools) {
            let required = std::env::var_os("ZENDESK_OAUTH_REQUIRE_SPEC_TOOLS").is_some();
            assert!(!required, "no renderer in {}", tools.display());
            // Straight to the stream: what print macros write is shown of failed tests only.
            let _ = writeln!(
                std::io::stderr(),
                "skipped {test}: the site's renderer is not installed (cargo xtask spec --install)"
            );
            return None;
        }
        let documents = Published::read(&top).expect("the documents").documents;
        let site = Self {
            folder: empty_folder(test),
            documents,
        };
        for (name, bytes) in site::files(&top, &site.documents).expect("the site") {
            let path = site.folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            fs::write(path, bytes).expect("it can be written");
        }
        Some(site)
    }

    fn url(&self, page: &str) -> String {
        format!("{}{page}", address(&self.folder))
    }

    fn document(&self, name: &str) -> &Document {
        let found = self.documents.iter().find(|it| it.name == name);
        found.unwrap_or_else(|| panic!("no document {name}"))
    }
}

fn empty_folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test.replace(' ', "-"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder below the target directory");
    folder
}

/// The folder as `file://…/`.
fn address(folder: &Path) -> String {
    let url = Url::from_directory_path(folder).expect("an absolute path");
    url.to_string()
}

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
async fn is_quiet(browser: &Browser, folder: &Path) {
    let Seen { errors, requests } = browser.seen().await;
    assert!(errors.is_empty(), "errors on the console: {errors:#?}");
    let pages = address(folder);
    let asked = requests.iter().any(|request| request.starts_with(&pages));
    assert!(asked, "the log of requests is kept: {requests:#?}");
    let left = leaving(&requests, folder);
    assert!(left.is_empty(), "requests leave the folder: {left:#?}");
}

/// Waits until the heading of that text stands at the top of the window.
async fn stands_at_the_top(browser: &Browser, heading: &str) {
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

fn summary<'a>(operation: &Operation<'a>) -> &'a str {
    text(operation.value, "summary")
}

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
async fn no_page_is_wider_than_its_window() {
    let Some(site) = Site::build("the site's width") else {
        return;
    };
    let Some(browser) = Browser::start("the site's width").await else {
        return;
    };
    let mut pages = vec![(
        "index.html".to_owned(),
        "Zendesk OAuth: OpenAPI documents".to_owned(),
    )];
    for document in &site.documents {
        let info = &document.root["info"];
        let heading = format!("{} ({})", text(info, "title"), text(info, "version"));
        pages.push((format!("{}.html", document.name), heading));
    }
    for width in WIDTHS {
        browser.set_width(width).await;
        for (page, heading) in &pages {
            browser.open(&site.url(page)).await;
            let path = format!("//h1[normalize-space()={}]", json!(heading));
            let drawn = browser.page.wait().for_element(Locator::XPath(&path)).await;
            drawn.unwrap_or_else(|error| panic!("{page} has no {heading:?}: {error}"));
            let script = "return document.documentElement.scrollWidth - innerWidth;";
            let beyond = browser
                .page
                .execute(script, Vec::new())
                .await
                .expect("it runs");
            let beyond = beyond.as_i64().expect("a number");
            assert!(beyond <= 0, "{page} is {beyond} pixels wider than {width}");
        }
    }
    is_quiet(&browser, &site.folder).await;
    browser.close().await;
}

/// Every text of the page that ends with a path and is shown: how many there are, and those that are cut short.
const PATHS: &str = "const cut = [];
    let whole = 0;
    for (const it of document.querySelectorAll('#document *')) {
        const text = [...it.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('').trim();
        if (!arguments[0].some((path) => text.endsWith(path)) || it.getClientRects().length === 0) continue;
        let box = it;
        const cuts = (box) => box.clientWidth > 0 && box.scrollWidth > box.clientWidth;
        while (box.id !== 'document' && !cuts(box)) box = box.parentElement;
        box.id === 'document' ? whole += 1 : cut.push(text);
    }
    return [whole, cut, document.querySelector('[data-testid=items-navigation-list]') !== null];";

#[tokio::test(flavor = "multi_thread")]
async fn the_path_of_each_operation_can_be_read_as_a_whole() {
    let Some(site) = Site::build("the site's paths") else {
        return;
    };
    let Some(browser) = Browser::start("the site's paths").await else {
        return;
    };
    let document = site.document("zis-oauth-connections");
    let operations = operations(&document.root);
    let paths: Vec<&str> = operations.iter().map(|it| it.path).collect();
    for width in WIDTHS {
        browser.set_width(width).await;
        let mut lists = false;
        for operation in &operations {
            let page = format!("{}.html#operation/{}", document.name, operation.id());
            browser.open("about:blank").await;
            browser.open(&site.url(&page)).await;
            stands_at_the_top(&browser, summary(operation)).await;
            // With the menu of servers open, where the path stands again.
            let menu =
                "const menu = [...document.querySelectorAll('[data-testid=dropdown] > button')]
                .find((it) => it.textContent.endsWith(arguments[0]));
                menu.click();";
            let path = vec![json!(operation.path)];
            browser.page.execute(menu, path).await.expect("a menu");
            let seen = browser.page.execute(PATHS, vec![json!(paths)]).await;
            let seen = seen.expect("it runs");
            let id = operation.id();
            assert!(seen[0].as_u64() > Some(0), "{id}: no path at {width}");
            assert_eq!(seen[1], json!([]), "{id}: cut short at {width}");
            lists |= seen[2] == json!(true);
        }
        assert!(lists, "the list of operations was never drawn at {width}");
    }
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
