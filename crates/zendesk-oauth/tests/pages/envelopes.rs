//! Answers whose envelope leads nowhere, or says more than one thing.

use zendesk_oauth::pages::PagingProblem;
use zendesk_oauth::support::OAuthClients;
use zendesk_oauth_tests::{Loopback, answer};

use crate::account;

/// A page of one client by that id.
fn page(id: u32, envelope: &str) -> Vec<u8> {
    let client = format!(r#"{{"id":{id},"identifier":"c{id}","name":"C {id}"}}"#);
    body(&format!(r#"{{"clients":[{client}]{envelope}}}"#))
}

fn body(json: &str) -> Vec<u8> {
    answer(200, &[("content-type", "application/json")], json)
}

fn meta(has_more: bool, after: &str) -> String {
    format!(r#","meta":{{"has_more":{has_more},"after_cursor":{after},"before_cursor":null}}"#)
}

async fn serving(pages: Vec<Vec<u8>>) -> (Loopback, OAuthClients) {
    let server = Loopback::answering_in_turn(pages).await;
    let clients = account::at(&server.url(), "CANARY-token");
    (server, clients)
}

/// The ids that `items` gives, how it ends, and how many requests the server saw.
async fn walked(pages: Vec<Vec<u8>>) -> (Vec<i64>, Option<PagingProblem>, usize) {
    let (server, clients) = serving(pages).await;
    let (mut items, mut ids, mut end) = (clients.list().items(), Vec::new(), None);
    while let Some(item) = items.next().await {
        match item {
            Ok(client) => ids.push(client.id),
            Err(error) => {
                let text = error.to_string();
                assert!(text.starts_with("list_oauth_clients (GET "), "{text}");
                assert!(!text.contains('\n') && !text.contains("CANARY"), "{text}");
                assert!(error.is_decode() && !error.is_transient(), "{text}");
                end = Some(error.paging().expect("an error of paging").problem());
            }
        }
    }
    assert!(!items.resume(), "there is no page to ask for again");
    (ids, end, server.requests().len())
}

#[tokio::test]
async fn only_has_more_says_that_a_page_is_the_last() {
    // As recorded: the last page has cursors and links.
    let links = r#","links":{"prev":"https://a.example/p","next":"https://a.example/n"}"#;
    let last = meta(false, r#""b""#) + links;
    let pages = vec![page(1, &meta(true, r#""a""#)), page(2, &last), page(3, "")];
    assert_eq!(walked(pages).await, (vec![1, 2], None, 2));
}

#[tokio::test]
async fn an_empty_page_that_says_that_there_is_more_is_not_the_end() {
    let empty = body(&format!(r#"{{"clients":[]{}}}"#, meta(true, r#""b""#)));
    let pages = vec![
        page(1, &meta(true, r#""a""#)),
        empty,
        page(2, &meta(false, "null")),
    ];
    assert_eq!(walked(pages).await, (vec![1, 2], None, 3));
}

#[tokio::test]
async fn more_without_a_cursor_is_an_error_and_not_the_end() {
    for cursor in ["null", r#""""#] {
        let pages = vec![page(1, &meta(true, r#""a""#)), page(2, &meta(true, cursor))];
        let missing = Some(PagingProblem::MissingCursor);
        assert_eq!(walked(pages).await, (vec![1, 2], missing, 2));
    }
}

#[tokio::test]
async fn a_cursor_that_comes_again_is_an_error_and_not_a_loop() {
    let repeated = Some(PagingProblem::RepeatedCursor);
    // A server that ignores `page[after]` sends the first page again: it is not given twice.
    let ignored = vec![page(1, &meta(true, r#""a""#)); 9];
    assert_eq!(walked(ignored).await, (vec![1], repeated, 2));

    let cursors = [r#""a""#, r#""b""#, r#""c""#];
    let circle = (0..9).map(|turn| page(turn + 1, &meta(true, cursors[turn as usize % 3])));
    let (ids, end, requests) = walked(circle.collect()).await;
    assert_eq!((ids, end, requests), (vec![1, 2, 3], repeated, 4));
}

#[tokio::test]
async fn an_answer_without_meta_is_no_page_by_cursor() {
    let missing = Some(PagingProblem::MissingMeta);
    let next = r#","next_page":"https://a.example/2","previous_page":null,"count":200"#;
    assert_eq!(walked(vec![page(1, next)]).await, (vec![], missing, 1));
    assert_eq!(walked(vec![page(1, "")]).await, (vec![], missing, 1));
    let pages = vec![page(1, &meta(true, r#""a""#)), page(1, "")];
    assert_eq!(walked(pages).await, (vec![1], missing, 2));
    // One by offset that says that it is the whole list is taken.
    let whole = r#","next_page":null,"previous_page":null,"count":1"#;
    assert_eq!(walked(vec![page(1, whole)]).await, (vec![1], None, 1));
}

#[tokio::test]
async fn an_error_of_paging_has_the_answer_that_leads_no_further() {
    let json = r#"{"clients":[],"next_page":"https://a.example/2"}"#;
    let (_server, clients) = serving(vec![answer(200, &[("x-request-id", "r-1")], json)]).await;
    let error = clients.list().page().await.unwrap_err();
    assert_eq!(
        error.paging().unwrap().problem(),
        PagingProblem::MissingMeta
    );
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(error.headers().unwrap()["x-request-id"], "r-1");
    assert_eq!(error.body_text().unwrap(), json);

    let error = clients.list().page_size(0).page().await.unwrap_err();
    assert!(error.is_not_sent() && error.is_validation() && !error.is_decode());
    assert_eq!((error.attempts(), error.status()), (0, None));
}

#[tokio::test]
async fn by_offset_next_page_is_believed_and_count_is_not() {
    let more = r#","next_page":"https://a.example/2","previous_page":null,"count":1"#;
    let last = r#","next_page":null,"previous_page":null,"count":9"#;
    let (server, clients) = serving(vec![page(1, more), page(2, last)]).await;
    let all = clients.list_by_offset().all(10).await.unwrap();
    assert_eq!(all.iter().map(|it| it.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(server.requests().len(), 2);

    let (_server, clients) = serving(vec![page(1, &meta(true, r#""a""#))]).await;
    let error = clients.list_by_offset().all(10).await.unwrap_err();
    assert_eq!(
        error.paging().unwrap().problem(),
        PagingProblem::NotByOffset
    );
    assert!(error.is_decode());
}

#[tokio::test]
async fn a_page_gives_its_answer_too() {
    let json = r#"{"clients":[],"meta":{"has_more":false,"after_cursor":"a","before_cursor":"b"}}"#;
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "r-1"),
    ];
    let (_server, clients) = serving(vec![answer(200, &headers, json)]).await;
    let page = clients.list().page().await.unwrap();
    assert_eq!(page.status().as_u16(), 200);
    assert_eq!(page.request_id(), Some("r-1"));
    assert_eq!(page.headers()["x-request-id"], "r-1");
    assert_eq!(page.body(), json.as_bytes());
    assert!(!page.has_more());
    assert_eq!(page.next_cursor().unwrap().as_str(), "a");
    assert_eq!(page.previous_cursor().unwrap().as_str(), "b");
}
