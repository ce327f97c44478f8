//! What a transport refuses to send.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod common;

use common::generated::{OPERATIONS, Thing};
use common::{client, with};
use zendesk_oauth_core::client::{CallError, Error, OperationInfo};
use zendesk_oauth_core::{
    AuthorizationFuture, CredentialError, CredentialSource, Credentials, Extra, Refusal, Transport,
};
use zendesk_oauth_tests::{Silence, printed};

/// A host that is not loopback by name, and leads to this listener if anybody asks.
fn elsewhere(silence: &Silence) -> (String, reqwest::ClientBuilder) {
    let address = silence.address();
    let builder = reqwest::Client::builder()
        .no_proxy()
        .resolve("acme.example.test", address);
    (
        format!("http://acme.example.test:{}", address.port()),
        builder,
    )
}

#[tokio::test]
async fn a_path_parameter_that_changes_the_path_is_refused_and_nothing_is_sent() {
    let silence = Silence::start().await;
    let client = client(&silence.url());
    for id in ["", ".", ".."] {
        let error = client.show_thing(id, None).await.unwrap_err();
        assert!(
            matches!(error, Error::Refused(Refusal::PathMismatch { .. })),
            "{id}: {error}"
        );
        assert!(error.is_refusal() && !error.is_transient());
    }
    silence.assert_untouched().await;
}

#[tokio::test]
async fn credentials_do_not_travel_unencrypted() {
    let silence = Silence::start().await;
    let (base_url, http) = elsewhere(&silence);
    let client = with(&base_url, |builder| builder.http_client_builder(http));
    let error = client.show_thing("1", None).await.unwrap_err();
    assert!(
        matches!(&error, Error::Refused(Refusal::InsecureTransport { host, .. }) if host == "acme.example.test")
    );
    silence.assert_untouched().await;
}

#[tokio::test]
async fn bodies_with_secrets_do_not_travel_unencrypted_even_without_credentials() {
    let silence = Silence::start().await;
    let (base_url, http) = elsewhere(&silence);
    let client = with(&base_url, |builder| {
        builder
            .http_client_builder(http)
            .credentials(Credentials::none())
    });
    let thing = Thing {
        id: 1,
        secret: None,
        created_at: None,
        extra: Extra::default(),
    };
    let error = client.create_thing(&thing).await.unwrap_err();
    assert!(
        matches!(error, Error::Refused(Refusal::InsecureTransport { .. })),
        "{error}"
    );
    silence.assert_untouched().await;
}

#[tokio::test]
async fn an_operation_that_is_not_in_the_table_is_refused() {
    let transport = Transport::builder("http://127.0.0.1:1").build().unwrap();
    let request = transport
        .http_client()
        .get("http://127.0.0.1:1/things")
        .build()
        .unwrap();
    let info = OperationInfo {
        operation_id: "no_such",
    };
    let error = transport
        .execute(OPERATIONS, request, &info)
        .await
        .unwrap_err();
    assert!(matches!(
        error,
        CallError::Refused(Refusal::UnknownOperation { id: "no_such", .. })
    ));
}

#[tokio::test]
async fn a_credential_source_that_fails_ends_the_call_with_its_own_error_below() {
    struct Broken;
    impl CredentialSource for Broken {
        fn authorization(&self) -> AuthorizationFuture<'_> {
            Box::pin(async { Err(CredentialError::unavailable("the token store is locked")) })
        }
    }
    let silence = Silence::start().await;
    let client = with(&silence.url(), |builder| {
        builder.credentials(Credentials::source(Broken))
    });
    let error = client.show_thing("1", None).await.unwrap_err();
    assert!(matches!(error, Error::Refused(Refusal::Credentials { .. })));
    assert!(printed(&error).contains("the token store is locked"));
    silence.assert_untouched().await;
}
