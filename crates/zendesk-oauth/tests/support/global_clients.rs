//! Global OAuth clients: what is sent, and what comes back.

use zendesk_oauth::support::TokenSummaryFilter;
use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_tests::{Loopback, Silence, answer};

use super::Account;

#[tokio::test]
async fn every_parameter_is_sent_and_what_is_not_asked_for_is_not() {
    let json = [("content-type", "application/json")];
    let empty = r#"{"global_clients":[],"meta":{"has_more":false}}"#;
    let server = Loopback::answering(answer(200, &json, empty)).await;
    let builder = Zendesk::at(&server.url()).support(Credentials::bearer("CANARY-token"));
    let clients = builder.build().unwrap().global_oauth_clients();
    clients
        .list()
        .sort("name")
        .before("b")
        .all(0)
        .await
        .unwrap();
    clients.list_by_offset().page().await.unwrap();
    let filter = TokenSummaryFilter::new;
    clients.token_summaries(filter()).all(0).await.unwrap();
    let one = filter().global_client_id(7).include_expired();
    clients
        .token_summaries(one)
        .page_size(2)
        .all(0)
        .await
        .unwrap();
    clients.token_summaries_by_offset(one).page().await.unwrap();
    let sent: Vec<String> = server.requests().into_iter().map(|it| it.target).collect();
    let path = "/api/v2/oauth/global_clients";
    let one = "global_client_id=7&include_expired=true";
    assert_eq!(
        sent,
        [
            format!("{path}?page%5Bbefore%5D=b&page%5Bsize%5D=100&sort=name"),
            format!("{path}?page=1&per_page=100"),
            format!("{path}/token_summary?page%5Bsize%5D=100"),
            format!("{path}/token_summary?{one}&page%5Bsize%5D=2"),
            format!("{path}/token_summary?{one}&page=1&per_page=100"),
        ]
    );
}

#[tokio::test]
async fn global_clients_are_listed_shown_and_their_tokens_counted() {
    let account = Account::new().await;
    let clients = account.zendesk.global_oauth_clients();
    let listed = clients.list().page_size(1).all(100).await.unwrap();
    let first = &listed[0];
    let shown = clients.show(first.id).await.unwrap();
    assert_eq!((shown.id, &shown.name), (first.id, &first.name));
    assert!(clients.show(1).await.unwrap_err().is_not_found());
    let filter = TokenSummaryFilter::new();
    let summaries = clients
        .token_summaries(filter)
        .page_size(1)
        .all(100)
        .await
        .unwrap();
    let counted: Vec<i64> = summaries.iter().map(|it| it.id).collect();
    assert_eq!(counted, listed.iter().map(|it| it.id).collect::<Vec<_>>());
    let filter = filter.global_client_id(first.id);
    assert_eq!(
        clients.token_summaries(filter).all(1).await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn without_support_s_credentials_nothing_is_sent() {
    let server = Silence::start().await;
    let zendesk = Zendesk::at(&server.url()).build().unwrap();
    let clients = zendesk.global_oauth_clients();
    assert!(clients.list().all(0).await.unwrap_err().is_auth());
    assert!(clients.show(1).await.unwrap_err().is_auth());
    server.assert_untouched().await;
}
