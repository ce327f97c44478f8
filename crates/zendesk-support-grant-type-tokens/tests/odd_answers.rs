//! Answers of another form than Zendesk documents: a pair that is lost is a login that is lost.

use zendesk_oauth_document_suite::{blocking, json};
use zendesk_oauth_tests::{Loopback, answer};
use zendesk_support_grant_type_tokens::{Client, Credentials, RetryPolicy, Transport, types};

#[test]
fn a_token_whose_expiry_is_missing_or_null_is_a_token() {
    let answers = [
        json!({"access_token": "CANARY-access"}),
        json!({"access_token": "CANARY-access", "expires_in": null, "refresh_token": null,
               "refresh_token_expires_in": null, "scope": null, "token_type": null}),
        json!({"access_token": "CANARY-access", "refresh_token_expires_in": 2_592_000, "new": 1}),
    ];
    for answer in answers {
        let token: types::TokenForGrantType = serde_json::from_value(answer).expect("a token");
        assert_eq!(token.access_token.expose(), "CANARY-access");
        assert_eq!(token.expires_in, None);
    }
}

#[test]
fn a_pair_is_not_lost_to_another_2xx() {
    blocking(async {
        for status in [200, 201, 202] {
            let body = br#"{"access_token": "CANARY-access", "refresh_token": "CANARY-refresh"}"#;
            let headers = [("content-type", "application/json")];
            let server = Loopback::answering(answer(status, &headers, body)).await;
            let transport = Transport::builder(&server.url())
                .credentials(Credentials::none())
                .retry_policy(RetryPolicy::never());
            let client = Client::from_transport(transport.build().expect("a base URL"));
            let wanted = types::CreateTokenForGrantTypeRequest::builder()
                .grant_type(types::SupportGrantType::RefreshToken)
                .client_id("test_client")
                .refresh_token(zendesk_support_grant_type_tokens::Secret::from(
                    "CANARY-old",
                ));
            let call = client.create_token_for_grant_type().body(wanted);
            let pair = call.send().await.expect("a success");
            let refresh_token = pair.refresh_token.as_ref().expect("a refresh token");
            assert_eq!(refresh_token.expose(), "CANARY-refresh", "{status}");
        }
    });
}
