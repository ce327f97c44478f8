//! What ends a list before its end: the depth of paging by offset, and the caller's limit.

use zendesk_oauth::RetryPolicy;
use zendesk_oauth::pages::PagingProblem;
use zendesk_oauth_sandbox::{Fault, FaultRule};
use zendesk_oauth_tests::{Loopback, answer};

use crate::account;

#[tokio::test]
async fn by_offset_all_reachable_pages_come_and_then_an_error_that_says_the_way_out() {
    let account = account::of(102).await;
    let mut items = account.clients.list_by_offset().per_page(1).items();
    let mut count = 0;
    let error = loop {
        match items.next().await.unwrap() {
            Ok(_) => count += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(count, 100);
    assert!(error.is_paging_limit() && !error.is_decode());
    assert_eq!(
        error.to_string(),
        "list_oauth_clients (GET /api/v2/oauth/clients): there are more records, and paging by offset ends at page 100 and \
         record 10,000: ask for the list by cursor, which has no limit"
    );
    assert!(items.next().await.is_none());
    // The page that would be refused is not asked for.
    assert_eq!(account.pages_asked(), 100);
}

#[tokio::test]
async fn a_refused_depth_gives_the_same_error_with_the_answer() {
    let json = r#"{"errors":[{"code":"InvalidPaginationDepth","title":"t","detail":"d"}]}"#;
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "r-1"),
    ];
    let server = Loopback::answering(answer(400, &headers, json)).await;
    let clients = account::at(&server.url(), "CANARY-token");
    let mut pages = clients.list_by_offset().from_page(7).pages();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.is_paging_limit(), "{error}");
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(std::error::Error::source(&error).is_some());
    assert!(!pages.resume());
    assert!(pages.next().await.is_none());

    assert_eq!(error.operation().unwrap().id, "list_oauth_clients");
    assert_eq!(
        (error.attempts(), error.code()),
        (1, Some("InvalidPaginationDepth"))
    );

    // By cursor it is a refused call as any other.
    let error = clients.list().page().await.unwrap_err();
    assert!(error.paging().is_none());
}

#[tokio::test]
async fn more_than_the_limit_is_an_error_and_is_not_asked_for() {
    let account = account::of(10).await;
    let list = || account.clients.list().page_size(2);
    assert_eq!(list().all(10).await.unwrap().len(), 10);
    let asked = account.pages_asked();
    let error = list().all(3).await.unwrap_err();
    assert_eq!(
        error.paging().unwrap().problem(),
        PagingProblem::OverLimit(3)
    );
    assert!(error.is_paging_limit());
    assert_eq!(
        error.to_string(),
        "list_oauth_clients (GET /api/v2/oauth/clients): there are more records than the limit of 3: raise it, or take them \
         one by one with `items()`"
    );
    assert_eq!(account.pages_asked() - asked, 2);
    // As many as the limit says, and whether there is more was not known before the last page.
    assert_eq!(
        account
            .clients
            .list()
            .page_size(5)
            .all(10)
            .await
            .unwrap()
            .len(),
        10
    );
}

#[tokio::test]
async fn a_call_that_fails_in_the_middle_can_be_made_again() {
    let account = account::of(6).await;
    let ids = account.ids().await;
    let failing = FaultRule::on("list_oauth_clients", Fault::status(503)).nth(2);
    account.sandbox.faults().add(failing).unwrap();
    let mut items = account.clients.list().page_size(2).raise_at_once().items();
    let (mut given, mut failures) = (Vec::new(), 0);
    loop {
        match items.next().await {
            Some(Ok(client)) => given.push(client.id),
            Some(Err(error)) => {
                assert_eq!(error.status().unwrap().as_u16(), 503);
                failures += 1;
            }
            None if items.resume() => {}
            None => break,
        }
    }
    assert_eq!((given, failures), (ids, 1));
}

#[tokio::test]
async fn a_stream_that_fails_asks_for_nothing_more() {
    let account = account::of(3).await;
    let failing = FaultRule::on("list_oauth_clients", Fault::status(401));
    account.sandbox.faults().add(failing).unwrap();
    let mut items = account.clients.list().items();
    let mut errors = 0;
    while let Some(item) = items.next().await {
        item.unwrap_err();
        errors += 1;
    }
    assert_eq!((errors, account.pages_asked()), (1, 1));
}

#[tokio::test]
async fn a_page_is_asked_for_again_within_the_policy_of_the_list() {
    let account = account::of(6).await;
    let failing = Fault::status(503).with_header("retry-after", "0");
    let failing = FaultRule::on("list_oauth_clients", failing).nth(2);
    account.sandbox.faults().add(failing).unwrap();
    let policy = RetryPolicy::standard().max_attempts(2);
    let list = account.clients.list().page_size(2).retry(policy);
    assert_eq!(list.all(6).await.unwrap().len(), 6);
    assert_eq!(account.pages_asked(), 4);
}
