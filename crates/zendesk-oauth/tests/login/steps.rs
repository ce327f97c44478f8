//! A login in steps, for a program with a callback of its own.

use crate::account::Account;
use crate::browser;

async fn account(consent: &str) -> Account {
    let uri = "https://app.example.com/callback?kept=1".to_owned();
    Account::at(consent, uri, 0, zendesk_oauth::SystemClock).await
}

#[tokio::test]
async fn what_the_browser_came_back_with_finishes_it() {
    let account = account("approve").await;
    let login = account.login().begin().unwrap();
    let home = browser::until_home(login.url().expose()).await;
    assert_eq!(home.host_str(), Some("app.example.com"));

    let other = account.login().begin().unwrap();
    let error = other.finish(home.as_str()).await.unwrap_err();
    assert!(error.callback().is_some(), "{error}");
    let error = login.finish("/callback?kept=1").await.unwrap_err();
    assert!(error.callback().is_some(), "{error}");
    assert!(account.redeemed().is_empty());

    let issued = login.finish(home.as_str()).await.unwrap();
    assert!(account.takes(&issued).await);

    // A code is good once.
    assert!(login.finish(home.as_str()).await.is_err());
}

#[tokio::test]
async fn a_denial_is_told_from_other_errors() {
    let account = account("deny").await;
    let login = account.login().begin().unwrap();
    let home = browser::until_home(login.url().expose()).await;
    let error = login.finish(home.as_str()).await.unwrap_err();
    assert!(error.is_denied(), "{error}");
    assert!(account.redeemed().is_empty());
}

#[tokio::test]
async fn nothing_is_listened_on_and_the_redirect_uri_is_sent_without_port_0() {
    let account = account("approve").await;
    for (uri, sent) in [
        ("http://127.0.0.1:8085/cb", "http://127.0.0.1:8085/cb"),
        ("http://127.0.0.1:0/cb", "http://127.0.0.1/cb"),
        ("http://localhost/cb", "http://localhost/cb"),
    ] {
        let login = account.login().redirect_uri(uri).begin().unwrap();
        assert_eq!(login.request().redirect_uri(), sent);
    }
    let missing = zendesk_oauth::token::Login::new(&account.endpoint, ["read"]);
    assert!(missing.begin().unwrap_err().is_not_sent());
}
