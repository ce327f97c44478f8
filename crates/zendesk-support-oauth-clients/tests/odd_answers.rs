//! Answers of another form than the document has, which must not be lost.

use zendesk_oauth_document_suite::{blocking, json, there_and_back};
use zendesk_oauth_tests::{Loopback, answer};
use zendesk_support_oauth_clients::{Client, Credentials, RetryPolicy, Transport, types};

#[test]
fn an_odd_client_parses() {
    let odd = json!({
        "id": 1, "identifier": "i", "name": "n", "kind": "on_premise", "created_at": "2018-10-17T02:32:45",
        "updated_at": "yesterday", "company": null, "redirect_uri": null, "secret": null,
    });
    there_and_back::<types::OAuthClient>("an odd client", &odd);
    let client: types::OAuthClient = serde_json::from_value(odd).expect("it parses");
    let kind = types::OAuthClientKind::Unknown("on_premise".to_owned());
    assert_eq!(client.kind, Some(kind));
    let updated_at = client.updated_at.expect("it is there");
    assert_eq!(updated_at.as_str(), "yesterday");
}

#[test]
fn a_created_secret_is_not_lost_to_another_2xx() {
    blocking(async {
        for status in [200, 201, 202] {
            let body =
                br#"{"client": {"id": 1, "identifier": "i", "name": "n", "secret": "CANARY-once"}}"#;
            let headers = [("content-type", "application/json")];
            let server = Loopback::answering(answer(status, &headers, body)).await;
            let transport = Transport::builder(&server.url())
                .credentials(Credentials::bearer("CANARY-bearer"))
                .retry_policy(RetryPolicy::never());
            let client = Client::from_transport(transport.build().expect("a base URL"));
            let wanted = types::CreateOAuthClient::builder()
                .name("n")
                .identifier("i");
            let wanted = types::CreateOAuthClientRequest::builder().client(wanted);
            let created = client.create_oauth_client().body(wanted).send().await;
            let created = created.expect("a success");
            let secret = created.client.secret.as_ref().expect("a secret");
            assert_eq!(secret.expose(), "CANARY-once");
        }
    });
}
