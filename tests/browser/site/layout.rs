//! Pages as they are laid out in narrow and wide windows.

use fantoccini::Locator;
use serde_json::json;
use xtask::openapi::{operations, text};

use super::folder::Site;
use super::heading::{stands_at_the_top, summary};
use super::quiet::is_quiet;
use crate::chromium::Browser;

/// A phone's width and a desk's, at which pages are looked at.
const WIDTHS: [u32; 2] = [390, 1280];

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

/// How far from each other the first lines of what stands in a list of downloads are, if its links are so narrow that they
/// break. What stands for the label is one more item, for the place of a pseudo-element cannot be asked.
const BASELINES: &str = "const list = document.querySelector('.downloads');
    list.style.cssText = 'width: 12rem; flex-wrap: nowrap';
    const label = list.insertBefore(document.createElement('li'), list.firstChild);
    const at = (it) => {
        const mark = document.createElement('span');
        mark.style.cssText = 'display: inline-block';
        it.insertBefore(mark, it.firstChild);
        return mark.getBoundingClientRect().bottom;
    };
    label.textContent = 'Download';
    const heights = [...list.querySelectorAll('a')].map((it) => it.getBoundingClientRect().height);
    const places = [label, ...list.querySelectorAll('a')].map(at);
    return [Math.max(...places) - Math.min(...places), Math.max(...heights) - Math.min(...heights)];";

#[tokio::test(flavor = "multi_thread")]
async fn the_label_of_the_downloads_is_on_the_baseline_of_its_links() {
    let Some(site) = Site::build("the site's downloads") else {
        return;
    };
    let Some(browser) = Browser::start("the site's downloads").await else {
        return;
    };
    for width in WIDTHS {
        browser.set_width(width).await;
        browser.open(&site.url("index.html")).await;
        let seen = browser.page.execute(BASELINES, Vec::new()).await;
        let seen = seen.expect("it runs");
        assert!(seen[1].as_f64() > Some(10.0), "no link broke at {width}");
        assert!(
            seen[0].as_f64() < Some(0.5),
            "{} pixels at {width}",
            seen[0]
        );
    }
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
