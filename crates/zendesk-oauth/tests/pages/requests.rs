//! What is sent for each option, and what is not sent at all.

use zendesk_oauth::pages::{Cursor, PagingProblem};
use zendesk_oauth::support::{ListOAuthClients, ListOAuthClientsByOffset};
use zendesk_oauth::{Area, Zendesk};
use zendesk_oauth_tests::{Loopback, Silence, answer};

use crate::account;

const EMPTY: &str = r#"{"clients":[],"meta":{"has_more":false}}"#;

#[tokio::test]
async fn every_documented_parameter_can_be_sent() {
    let server =
        Loopback::answering(answer(200, &[("content-type", "application/json")], EMPTY)).await;
    let clients = account::at(&server.url(), "CANARY-token");
    let all = |list: ListOAuthClients| async { list.all(0).await.unwrap() };
    all(clients.list()).await;
    all(clients
        .list()
        .page_size(7)
        .sort("-created_at")
        .after("a=+&b"))
    .await;
    all(clients.list_my().before("c")).await;
    all(clients.list_my_oauth_clients().before("c").after("d")).await;
    let by_offset = |list: ListOAuthClientsByOffset| async { list.all(0).await.unwrap() };
    by_offset(clients.list_by_offset()).await;
    by_offset(clients.list_by_offset().per_page(3).from_page(4)).await;
    by_offset(clients.list_my_by_offset().per_page(1)).await;
    let sent: Vec<String> = server.requests().into_iter().map(|it| it.target).collect();
    assert_eq!(
        sent,
        [
            "/api/v2/oauth/clients?page%5Bsize%5D=100",
            "/api/v2/oauth/clients?page%5Bafter%5D=a%3D%2B%26b&page%5Bsize%5D=7&sort=-created_at",
            "/api/v2/users/me/oauth/clients?page%5Bbefore%5D=c&page%5Bsize%5D=100",
            "/api/v2/users/me/oauth/clients?page%5Bafter%5D=d&page%5Bsize%5D=100",
            "/api/v2/oauth/clients?page=1&per_page=100",
            "/api/v2/oauth/clients?page=4&per_page=3",
            "/api/v2/users/me/oauth/clients?page=1&per_page=1",
        ]
    );
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_told_and_not_sent() {
    async fn told(list: ListOAuthClients) -> PagingProblem {
        let error = list.clone().all(0).await.unwrap_err();
        assert!(error.to_string().ends_with("Nothing was sent."), "{error}");
        let mut pages = list.pages();
        let problem = pages.next().await.unwrap().unwrap_err();
        assert!(pages.next().await.is_none());
        problem.paging().unwrap().problem()
    }
    async fn told_by_offset(list: ListOAuthClientsByOffset) -> PagingProblem {
        let error = list.page().await.unwrap_err();
        assert!(error.to_string().ends_with("Nothing was sent."), "{error}");
        error.paging().unwrap().problem()
    }
    let server = Silence::start().await;
    let clients = account::at(&server.url(), "CANARY-token");
    let list = || clients.list();
    for size in [0, 101, u32::MAX] {
        let problem = PagingProblem::PageSize(size);
        assert_eq!(told(list().page_size(size)).await, problem);
        assert_eq!(
            told_by_offset(clients.list_by_offset().per_page(size)).await,
            problem
        );
    }
    for number in [0, 101, u32::MAX] {
        let by_offset = clients.list_by_offset().from_page(number);
        assert_eq!(
            told_by_offset(by_offset).await,
            PagingProblem::PageNumber(number)
        );
    }
    assert_eq!(told(list().after("")).await, PagingProblem::EmptyCursor);
    assert_eq!(told(list().before("")).await, PagingProblem::EmptyCursor);

    let without = Zendesk::at(&server.url()).build().unwrap().oauth_clients();
    let error = without.list().items().next().await.unwrap().unwrap_err();
    assert!(error.is_auth());
    assert_eq!(error.area(), Some(Area::Support));
    assert_eq!(error.operation().unwrap().id, "list_oauth_clients");
    server.assert_untouched().await;
}

#[tokio::test]
async fn a_list_goes_on_from_a_cursor_that_was_kept_as_text() {
    let account = account::of(7).await;
    let ids = account.ids().await;
    let list = || account.clients.list().page_size(2).sort("-name");
    let whole: Vec<i64> = list()
        .all(7)
        .await
        .unwrap()
        .iter()
        .map(|it| it.id)
        .collect();
    assert_ne!(whole, ids);

    let mut pages = list().pages();
    pages.next().await.unwrap().unwrap();
    let kept: String = pages.cursor().unwrap().to_string();
    drop(pages);
    let cursor: Cursor = kept.parse().unwrap();
    let rest: Vec<i64> = list()
        .after(cursor)
        .all(7)
        .await
        .unwrap()
        .iter()
        .map(|it| it.id)
        .collect();
    assert_eq!(rest, whole[2..]);
}

#[tokio::test]
async fn before_goes_back_to_the_beginning() {
    let account = account::of(7).await;
    let ids = account.ids().await;
    let sixth = account.clients.list().page_size(6).page().await.unwrap();
    let cursor = sixth.next_cursor().unwrap();
    let list = || account.clients.list().page_size(2).before(cursor);
    let back: Vec<i64> = list()
        .all(7)
        .await
        .unwrap()
        .iter()
        .map(|it| it.id)
        .collect();
    let expected: Vec<i64> = ids[..5].iter().rev().copied().collect();
    assert_eq!(back, expected);
    let nearest = list().page().await.unwrap();
    assert_eq!(
        nearest.items().iter().map(|it| it.id).collect::<Vec<_>>(),
        ids[3..5]
    );
}

#[tokio::test]
async fn my_clients_are_those_of_the_user() {
    let account = account::of(3).await;
    let mine = account.clients.list_my().all(3).await.unwrap();
    assert_eq!(mine.len(), 3);
    let journal = account.sandbox.journal();
    assert_eq!(journal[0].operation, Some("list_my_oauth_clients"));
}
