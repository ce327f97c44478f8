//! Refreshing only when it is time.

use std::time::Duration;

use zendesk_oauth::zis::{
    OAuthClientRef, OAuthConnection, REFRESH_MARGIN, Refreshed, StartOAuthFlow, ZisGrantType,
};
use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_sandbox::{Fault, FaultRule, Sandbox};
use zendesk_oauth_tests::{Loopback, answer};

use crate::account::Account;
use crate::clocks::Standing;

/// The sandbox's third party gives tokens for an hour.
async fn connected() -> Account {
    let account = Account::agreeing().await;
    let request = account
        .request()
        .grant_type(ZisGrantType::ClientCredentials);
    let connect = account
        .zis
        .connect(request, |_| unreachable!("nobody is asked"));
    connect.await.unwrap();
    account
}

fn token(connection: &OAuthConnection) -> &str {
    connection.access_token.as_ref().unwrap().expose()
}

#[tokio::test]
async fn a_token_is_refreshed_only_when_it_is_near_its_expiry() {
    let account = connected().await;
    let refreshed = async || {
        let refreshed = account
            .zis
            .refresh_if_near_expiry("my_connection", REFRESH_MARGIN);
        refreshed.await.unwrap()
    };
    let minutes = |count: u64| Duration::from_secs(60 * count);
    let first = refreshed().await;
    assert!(matches!(first, Refreshed::NotNeeded(_)));
    account.sandbox.clock().advance(minutes(54));
    assert!(matches!(refreshed().await, Refreshed::NotNeeded(_)));
    assert_eq!(account.count("refresh_oauth_token"), 0);

    account.sandbox.clock().advance(minutes(1));
    let second = refreshed().await;
    assert!(second.is_refreshed());
    assert_ne!(token(second.connection()), token(first.connection()));
    // The new one is good for another hour.
    let third = refreshed().await;
    assert!(matches!(third, Refreshed::NotNeeded(_)));
    assert_eq!(token(&third.into_connection()), token(second.connection()));

    account.sandbox.clock().advance(minutes(600));
    assert!(matches!(refreshed().await, Refreshed::Done(_)));
    assert_eq!(account.count("refresh_oauth_token"), 2);
}

/// The clock of a sandbox stands, and not at the time of this machine.
#[tokio::test]
async fn the_server_s_time_counts_and_not_the_client_s() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let credentials = sandbox.credentials();
    let integration = credentials.integration();
    let zendesk = Zendesk::at(sandbox.url())
        .zis(integration, Credentials::bearer(credentials.zis_token()))
        .build()
        .unwrap();
    let zis = zendesk.zis(integration);
    let client = OAuthClientRef::name(credentials.zis_oauth_client());
    let request = StartOAuthFlow::new("my_connection", client)
        .unwrap()
        .allow_offline_access(true)
        .grant_type(ZisGrantType::ClientCredentials);
    zis.connect(request, |_| unreachable!("nobody is asked"))
        .await
        .unwrap();
    let ready = zis
        .wait_until_ready("my_connection")
        .deadline(Duration::ZERO);
    assert!(ready.await.is_ok());
    let refreshed = async || {
        let refreshed = zis.refresh_if_near_expiry("my_connection", REFRESH_MARGIN);
        refreshed.await.unwrap()
    };
    assert!(matches!(refreshed().await, Refreshed::NotNeeded(_)));
    sandbox.clock().advance(Duration::from_secs(3_600));
    let ready = zis
        .wait_until_ready("my_connection")
        .deadline(Duration::ZERO);
    assert!(ready.await.unwrap_err().is_timeout());
    assert!(matches!(refreshed().await, Refreshed::Done(_)));
}

#[tokio::test]
async fn without_a_date_of_the_answer_the_client_s_clock_counts() {
    for (expiry, is_refreshed) in [
        ("2999-01-01T00:00:00Z", false),
        ("1999-01-01T00:00:00Z", true),
    ] {
        let body = format!(r#"{{"access_token":"CANARY","token_expiry":"{expiry}"}}"#);
        for date in [&[][..], &[("date", "soon")]] {
            let headers = [&[("content-type", "application/json")], date].concat();
            let server = Loopback::answering(answer(200, &headers, &body)).await;
            let zendesk = Zendesk::at(&server.url())
                .zis("mine", Credentials::bearer("token"))
                .clock(Standing::new())
                .build()
                .unwrap();
            let zis = zendesk.zis("mine");
            let refreshed = zis.refresh_if_near_expiry("my_connection", REFRESH_MARGIN);
            assert_eq!(refreshed.await.unwrap().is_refreshed(), is_refreshed);
        }
    }
}

#[tokio::test]
async fn it_can_be_done_on_another_thread() {
    let account = connected().await;
    let zis = account.zis.clone();
    let refreshed = tokio::spawn(async move {
        zis.refresh_if_near_expiry("my_connection", REFRESH_MARGIN)
            .await
    });
    assert!(!refreshed.await.unwrap().unwrap().is_refreshed());
}

#[tokio::test]
async fn a_refresh_that_failed_is_not_repeated() {
    let account = connected().await;
    account.sandbox.clock().advance(Duration::from_secs(3_600));
    let down = FaultRule::on("refresh_oauth_token", Fault::status(503));
    account.sandbox.faults().add(down).unwrap();
    let refreshed = account
        .zis
        .refresh_if_near_expiry("my_connection", REFRESH_MARGIN);
    let error = refreshed.await.unwrap_err();
    assert!(error.is_server_error(), "{error}");
    assert_eq!(account.count("refresh_oauth_token"), 1);
}

#[tokio::test]
async fn an_expiry_that_nobody_knows_is_said_and_nothing_is_spent() {
    for expiry in ["", r#","token_expiry":null"#, r#","token_expiry":"soon""#] {
        let body = format!(r#"{{"access_token":"CANARY"{expiry}}}"#);
        let json = [("content-type", "application/json")];
        let server = Loopback::answering(answer(200, &json, &body)).await;
        let zendesk = Zendesk::at(&server.url())
            .zis("mine", Credentials::bearer("token"))
            .build()
            .unwrap();
        let refreshed = zendesk
            .zis("mine")
            .refresh_if_near_expiry("my_connection", Duration::MAX)
            .await
            .unwrap();
        assert!(matches!(refreshed, Refreshed::ExpiryUnknown(_)), "{expiry}");
        assert_eq!(server.requests().len(), 1);
    }
}
