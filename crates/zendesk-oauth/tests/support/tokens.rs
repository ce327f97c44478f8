//! OAuth tokens: what is sent, what is not, and tokens that are shown once.

use std::time::Duration;

use serde_json::{Value, json};
use zendesk_oauth::pages::PagingProblem;
use zendesk_oauth::support::{NewOAuthToken, OAuthTokenFilter};
use zendesk_oauth::{Area, Credentials, Zendesk};
use zendesk_oauth_sandbox::{Fault, FaultRule};
use zendesk_oauth_tests::{Loopback, Silence, answer, printed};

use super::Account;

const EMPTY: &str = r#"{"tokens":[],"meta":{"has_more":false}}"#;
const CREATE: &str = "create_support_oauth_token";

impl Account {
    /// The number of a client of the account.
    async fn client(&self) -> i64 {
        let clients = self.zendesk.oauth_clients();
        clients.list().all(100).await.unwrap()[0].id
    }

    /// The same account, by another token.
    fn with(&self, token: &str) -> Zendesk {
        let builder = Zendesk::at(self.sandbox.url()).support(Credentials::bearer(token));
        builder.build().unwrap()
    }
}

#[tokio::test]
async fn every_filter_is_sent_and_what_is_not_asked_for_is_not() {
    let json = [("content-type", "application/json")];
    let server = Loopback::answering(answer(200, &json, EMPTY)).await;
    let builder = Zendesk::at(&server.url()).support(Credentials::bearer("CANARY-token"));
    let tokens = builder.build().unwrap().oauth_tokens();
    let all = OAuthTokenFilter::of_everyone;
    for filter in [
        OAuthTokenFilter::mine(),
        OAuthTokenFilter::default().client_id(1),
        all().global_client_id(2).include_expired(),
    ] {
        tokens.list(filter).all(0).await.unwrap();
    }
    let list = tokens
        .list(all())
        .page_size(7)
        .sort("-created_at")
        .after("a=");
    list.all(0).await.unwrap();
    tokens
        .list_by_offset(all())
        .per_page(3)
        .from_page(4)
        .page()
        .await
        .unwrap();
    let sent: Vec<String> = server.requests().into_iter().map(|it| it.target).collect();
    let path = "/api/v2/oauth/tokens";
    assert_eq!(
        sent,
        [
            format!("{path}?page%5Bsize%5D=100"),
            format!("{path}?client_id=1&page%5Bsize%5D=100"),
            format!("{path}?all=true&global_client_id=2&include_expired=true&page%5Bsize%5D=100"),
            format!("{path}?all=true&page%5Bafter%5D=a%3D&page%5Bsize%5D=7&sort=-created_at"),
            format!("{path}?all=true&page=4&per_page=3"),
        ]
    );
}

#[tokio::test]
async fn what_breaks_a_rule_is_told_and_not_sent() {
    let server = Silence::start().await;
    let builder = Zendesk::at(&server.url()).support(Credentials::bearer("CANARY-token"));
    let tokens = builder.build().unwrap().oauth_tokens();
    let filter = OAuthTokenFilter::mine().include_expired();
    for error in [
        tokens.list(filter).all(0).await.unwrap_err(),
        tokens.list_by_offset(filter).page().await.unwrap_err(),
    ] {
        assert!(error.is_validation() && error.is_not_sent());
        assert_eq!(error.operation().unwrap().id, "list_support_oauth_tokens");
        assert!(error.to_string().contains("`of_everyone`"), "{error}");
    }
    let list = tokens.list(OAuthTokenFilter::mine()).page_size(0);
    let error = list.all(0).await.unwrap_err();
    let problem = error.paging().unwrap().problem();
    assert_eq!(problem, PagingProblem::PageSize(0));
    let new = NewOAuthToken::new(1, [""; 0]);
    let error = tokens.create(new.clone()).await.unwrap_err();
    assert!(error.is_validation() && error.is_not_sent(), "{error}");
    let error = tokens.issue(new).await.unwrap_err();
    assert_eq!(error.operation().unwrap().id, CREATE);
    server.assert_untouched().await;
}

#[tokio::test]
async fn without_support_s_credentials_nothing_is_sent() {
    let server = Silence::start().await;
    let tokens = Zendesk::at(&server.url()).build().unwrap().oauth_tokens();
    let listed = tokens.list(OAuthTokenFilter::mine()).items().next().await;
    for error in [
        listed.unwrap().unwrap_err(),
        tokens.show_current().await.unwrap_err(),
        tokens.revoke(1).await.unwrap_err(),
    ] {
        assert!(error.is_auth() && error.is_not_sent(), "{error}");
        assert_eq!(error.area(), Some(Area::Support));
    }
    server.assert_untouched().await;
}

#[tokio::test]
async fn a_token_is_issued_used_shown_and_revoked() {
    let account = Account::new().await;
    let client = account.client().await;
    let tokens = account.zendesk.oauth_tokens();
    let new = NewOAuthToken::new(client, ["read write", "tickets:read"])
        .expires_in(Duration::from_secs(600))
        .refresh_token_expires_in(Duration::from_secs(700_000));
    let issued = tokens.issue(new).await.unwrap();
    let sent = account.sandbox.journal().pop().unwrap().body.unwrap();
    let members = sent["token"].as_object().unwrap();
    assert_eq!(
        members.keys().collect::<Vec<_>>(),
        [
            "client_id",
            "expires_in",
            "refresh_token_expires_in",
            "scopes"
        ]
    );
    assert!(!format!("{issued:?}").contains(issued.token().expose()));
    let (record, token) = issued.into_parts();
    assert!(record.full_token.is_none());
    let scopes = ["read", "write", "tickets:read"].map(str::to_owned);
    assert_eq!(record.scopes.as_deref(), Some(&scopes[..]));

    let own = account.with(token.expose()).oauth_tokens();
    let shown = own.show_current().await.unwrap();
    assert_eq!((shown.id, shown.client_id), (record.id, Some(client)));
    // Only ten characters of it are shown.
    let cut = shown.token.as_ref().unwrap().expose();
    assert!(cut.len() == 10 && token.expose().starts_with(cut));
    assert_eq!(tokens.show(record.id).await.unwrap().id, record.id);
    let filter = OAuthTokenFilter::of_everyone().client_id(client);
    let listed = tokens.list(filter).page_size(1).all(100).await.unwrap();
    assert!(listed.iter().any(|it| it.id == record.id));

    own.revoke_current().await.unwrap();
    let again = own.revoke_current().await.unwrap_err();
    assert!(again.is_auth() && again.attempts() == 1, "{again}");
    assert!(tokens.revoke(record.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_token_whose_whole_does_not_come_back_is_named_with_the_way_out() {
    for full in [Value::Null, json!(""), json!("CANARY-cut...")] {
        let account = Account::new().await;
        let client = account.client().await;
        let mut fault = Fault::lost_answer();
        fault.status = Some(201);
        let body = json!({"token": {"id": 4711, "token": "CANARY-cut", "full_token": full}});
        let rule = FaultRule::on(CREATE, fault.with_body(body)).times(1);
        account.sandbox.faults().add(rule).unwrap();
        let new = NewOAuthToken::new(client, ["read"]);
        let error = account.zendesk.oauth_tokens().issue(new).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("token 4711 was created"), "{text}");
        assert!(
            text.contains("`revoke(4711)`") && !text.contains('\n'),
            "{text}"
        );
        assert!(!printed(&error).contains("CANARY"));
        assert!(!error.is_not_sent() && !error.is_transient());
        assert_eq!(error.operation().unwrap().id, CREATE);
        assert_eq!(error.area(), Some(Area::Support));
    }
}
