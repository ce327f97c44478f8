//! The operation that an error of a flow belongs to.

use std::time::Duration;

use zendesk_oauth::zis::{OAuthClientRef, StartOAuthFlow, ZisGrantType};
use zendesk_oauth::{Area, Credentials, Error, Zendesk};
use zendesk_oauth_sandbox::{Fault, FaultRule};
use zendesk_oauth_tests::{Loopback, answer};

use crate::account::Account;
use crate::browser;
use crate::clocks::{SandboxTime, Standing};

const START: &str = "start_oauth_flow";
const SHOW: &str = "show_oauth_connection";

#[track_caller]
fn assert_on(operation: &str, error: &Error) {
    assert_eq!(
        error.operation().map(|it| it.id),
        Some(operation),
        "{error}"
    );
    assert_eq!(error.area(), Some(Area::Zis), "{error}");
    assert!(error.to_string().starts_with(operation), "{error}");
}

#[tokio::test]
async fn of_what_was_not_begun_it_is_the_first() {
    let account = Account::agreeing().await;
    let stranger = account.stranger();
    let connect = stranger.connect(account.request(), |_| unreachable!("nothing is started"));
    assert_on(START, &connect.await.unwrap_err());
    let wait = stranger.wait_until_ready("my_connection").await;
    assert_on(SHOW, &wait.unwrap_err());
    for (zis, key) in [(&stranger, "my_connection"), (&account.zis, "a b")] {
        let refresh = zis.refresh_if_near_expiry(key, Duration::ZERO).await;
        assert_on(SHOW, &refresh.unwrap_err());
    }
    assert_on(
        SHOW,
        &account.zis.wait_until_ready("a b").await.unwrap_err(),
    );
    assert_eq!(account.sandbox.journal().len(), 0);
}

#[tokio::test]
async fn of_a_denial_and_of_nobody_coming_back_it_is_the_start() {
    let clock = Standing::new();
    let account = Account::with_clock(clock.clone()).await;
    account
        .sandbox
        .set_switch("provider_consent", "deny")
        .unwrap();
    let connect = account.zis.connect(account.request(), |url| {
        let url = url.to_owned();
        tokio::spawn(async move { browser::open(&url).await });
    });
    let error = connect.await.unwrap_err();
    assert!(error.is_denied(), "{error}");
    assert_on(START, &error);

    let connect = account
        .zis
        .connect(account.request(), move |_| clock.end_all_waits());
    let error = connect.await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_on(START, &error);
}

#[tokio::test]
async fn of_an_answer_that_leads_nowhere_it_is_the_start() {
    let body = r#"{"redirect_url":"file:///etc/passwd"}"#;
    let json = [("content-type", "application/json")];
    let server = Loopback::answering(answer(200, &json, body)).await;
    let zendesk = Zendesk::at(&server.url())
        .zis("mine", Credentials::bearer("token"))
        .build()
        .unwrap();
    let client = OAuthClientRef::name("client");
    let request = StartOAuthFlow::new("my_connection", client).unwrap();
    for request in [
        request.clone(),
        request.grant_type(ZisGrantType::ClientCredentials),
    ] {
        let zis = zendesk.zis("mine");
        let connect = zis.connect(request, |_| unreachable!("nothing is opened"));
        assert_on(START, &connect.await.unwrap_err());
    }
}

#[tokio::test]
async fn of_a_deadline_it_is_what_was_asked() {
    let account = Account::with_clock_of(SandboxTime::of).await;
    let error = account.zis.wait_until_ready("my_connection").await;
    assert_on(SHOW, &error.unwrap_err());
}

#[tokio::test]
async fn of_a_later_call_it_is_that_call() {
    let account = Account::agreeing().await;
    let down = FaultRule::on("exchange_verification_code", Fault::status(503));
    account.sandbox.faults().add(down).unwrap();
    let request = || {
        account
            .request()
            .grant_type(ZisGrantType::ClientCredentials)
    };
    let connect = account
        .zis
        .connect(request(), |_| unreachable!("nobody is asked"));
    assert_on("exchange_verification_code", &connect.await.unwrap_err());
    account.sandbox.faults().clear();
    let connect = account
        .zis
        .connect(request(), |_| unreachable!("nobody is asked"));
    connect.await.unwrap();
    account.sandbox.clock().advance(Duration::from_secs(3_600));
    let down = FaultRule::on("refresh_oauth_token", Fault::status(503));
    account.sandbox.faults().add(down).unwrap();
    let refresh = account
        .zis
        .refresh_if_near_expiry("my_connection", Duration::ZERO);
    assert_on("refresh_oauth_token", &refresh.await.unwrap_err());
}
