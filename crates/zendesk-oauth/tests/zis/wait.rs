//! Waiting for a connection.

use std::time::Duration;

use zendesk_oauth::zis::ZisGrantType;
use zendesk_oauth::{Credentials, Error, RetryPolicy, Zendesk};
use zendesk_oauth_sandbox::{Fault, FaultRule};
use zendesk_oauth_tests::{Closed, Loopback, answer};

use crate::account::Account;
use crate::clocks::{SandboxTime, Standing};

#[tokio::test]
async fn a_connection_that_comes_later_is_waited_for() {
    let clock = Standing::new();
    let account = Account::with_clock(clock.clone()).await;
    account
        .sandbox
        .clock()
        .set("2200-01-01T00:00:00Z".parse().unwrap());
    let waiting = tokio::spawn(account.zis.wait_until_ready("my_connection").into_future());
    while account.count("show_oauth_connection") == 0 {
        tokio::task::yield_now().await;
    }
    let request = account
        .request()
        .grant_type(ZisGrantType::ClientCredentials);
    let started = account.zis.start(request).await.unwrap();
    let code = started.verification_code().unwrap();
    let made = account.zis.exchange(code).await.unwrap();
    clock.end_all_waits();
    let ready = waiting.await.unwrap().unwrap();
    assert_eq!(ready.uuid, made.uuid);
}

#[tokio::test]
async fn an_expired_token_is_waited_out_until_somebody_refreshes_it() {
    let account = Account::with_clock_of(SandboxTime::of).await;
    let request = account
        .request()
        .grant_type(ZisGrantType::ClientCredentials);
    let started = account.zis.start(request).await.unwrap();
    let code = started.verification_code().unwrap();
    account.zis.exchange(code).await.unwrap();
    let ready = account.zis.wait_until_ready("my_connection").await;
    assert!(ready.is_ok());

    account.sandbox.clock().advance(Duration::from_secs(3_600));
    let wait = || account.zis.wait_until_ready("my_connection");
    let error = wait().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    account.zis.refresh("my_connection").await.unwrap();
    assert!(wait().await.is_ok());
}

#[tokio::test]
async fn the_deadline_ends_it_after_ever_rarer_looks() {
    let account = Account::with_clock_of(SandboxTime::of).await;
    let before = account.sandbox.clock().now();
    let deadline = Duration::from_secs(60);
    let wait = account
        .zis
        .wait_until_ready("my_connection")
        .deadline(deadline);
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout() && !error.is_not_found(), "{error}");
    assert!(error.to_string().contains("within 60s"), "{error}");
    let waited = account.sandbox.clock().now().duration_since(before);
    assert_eq!(waited.as_secs(), 60);
    // Without jitter there are 10 looks in a minute, with all of it 16; and the last one.
    let looks = account.count("show_oauth_connection");
    assert!((11..=17).contains(&looks), "{looks}");
}

#[tokio::test]
async fn the_last_look_is_at_the_deadline_and_what_it_saw_is_the_source() {
    let account = Account::with_clock_of(SandboxTime::of).await;
    let wait = account.zis.wait_until_ready("my_connection");
    let error = wait.deadline(Duration::from_millis(1)).await.unwrap_err();
    assert_eq!(account.count("show_oauth_connection"), 2);
    let source = std::error::Error::source(&error).expect("the 404");
    assert!(source.to_string().contains("404"), "{source}");
}

#[tokio::test]
async fn no_time_at_all_is_one_look() {
    let account = Account::with_clock_of(SandboxTime::of).await;
    let wait = || {
        let wait = account.zis.wait_until_ready("my_connection");
        wait.deadline(Duration::ZERO)
    };
    let error = wait().await.unwrap_err();
    assert!(error.is_timeout() && !error.is_not_sent(), "{error}");
    assert_eq!(account.count("show_oauth_connection"), 1);
    let request = account
        .request()
        .grant_type(ZisGrantType::ClientCredentials);
    let code = account.zis.start(request).await.unwrap();
    let code = code.verification_code().unwrap();
    account.zis.exchange(code).await.unwrap();
    assert!(wait().await.is_ok());
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_not_waited_for() {
    let body = r#"{"error":"InvalidEndpoint","description":"Not found"}"#;
    let json = [("content-type", "application/json")];
    let server = Loopback::answering(answer(404, &json, body)).await;
    let zendesk = Zendesk::at(&server.url())
        .zis("mine", Credentials::bearer("token"))
        .clock(Standing::new())
        .build()
        .unwrap();
    let zis = zendesk.zis("mine");
    let wait = zis.wait_until_ready("my_connection").into_future();
    let waited = tokio::time::timeout(Duration::from_secs(5), wait).await;
    let error = waited.expect("it does not wait").unwrap_err();
    assert!(error.is_not_found() && !error.is_timeout(), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn what_passes_is_waited_out() {
    for fault in [Fault::status(503), Fault::reset(), Fault::lost_answer()] {
        let account = Account::with_clock_of(SandboxTime::of).await;
        let request = account
            .request()
            .grant_type(ZisGrantType::ClientCredentials);
        let connect = account.zis.connect(request, |_| unreachable!());
        connect.await.unwrap();
        // More than one call repeats by itself.
        let fault = FaultRule::on("show_oauth_connection", fault).times(9);
        account.sandbox.faults().add(fault).unwrap();
        let ready = account.zis.wait_until_ready("my_connection").await;
        assert!(ready.unwrap().access_token.is_some());
        assert_eq!(account.count("show_oauth_connection"), 10);
    }
}

#[tokio::test]
async fn what_does_not_pass_before_the_deadline_is_the_source() {
    let account = Account::with_clock_of(SandboxTime::of).await;
    let fault = FaultRule::on("show_oauth_connection", Fault::status(503));
    account.sandbox.faults().add(fault).unwrap();
    let wait = account.zis.wait_until_ready("my_connection");
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout() && !error.is_transient(), "{error}");
    assert!(error.to_string().contains("did not answer"), "{error}");
    let source = std::error::Error::source(&error).expect("the 503");
    assert!(source.to_string().contains("503"), "{source}");

    let closed = Closed::port();
    let zendesk = Zendesk::at(&closed.url())
        .zis("mine", Credentials::bearer("token"))
        .retry_policy(RetryPolicy::never())
        .build()
        .unwrap();
    let wait = zendesk.zis("mine").wait_until_ready("my_connection");
    let error = wait.deadline(Duration::ZERO).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_not_sent(), "{error}");
    let source = std::error::Error::source(&error).and_then(|it| it.downcast_ref::<Error>());
    assert!(source.expect("the call's error").is_connect());
}

#[tokio::test]
async fn a_retry_after_lengthens_the_pause() {
    let account = Account::with_clock_of(SandboxTime::of).await;
    let before = account.sandbox.clock().now();
    let busy = Fault::status(429).with_header("retry-after", "200");
    let fault = FaultRule::on("show_oauth_connection", busy).times(1);
    account.sandbox.faults().add(fault).unwrap();
    let wait = account.zis.wait_until_ready("my_connection");
    let error = wait.deadline(Duration::from_secs(200)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(account.count("show_oauth_connection"), 2);
    let waited = account.sandbox.clock().now().duration_since(before);
    assert_eq!(waited.as_secs(), 200);
}

#[tokio::test]
async fn every_other_error_ends_it() {
    for status in [401, 403, 500] {
        let account = Account::with_clock_of(SandboxTime::of).await;
        let fault = FaultRule::on("show_oauth_connection", Fault::status(status)).nth(3);
        account.sandbox.faults().add(fault).unwrap();
        let error = account
            .zis
            .wait_until_ready("my_connection")
            .await
            .unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
        assert_eq!(account.count("show_oauth_connection"), 3);
    }
}
