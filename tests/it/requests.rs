//! What each operation sends, byte for byte over a real socket.

use serde_json::{Value, json};
use zendesk_oauth_core::Credentials;
use zendesk_oauth_tests::{Loopback, Request, answer};

use crate::support::{
    calls::{Clients, call},
    documents,
};

/// Operation, method, target, body, and whether credentials are sent.
fn expected() -> Vec<(
    &'static str,
    &'static str,
    &'static str,
    Option<Value>,
    bool,
)> {
    vec![
        (
            "list_oauth_clients",
            "GET",
            "/api/v2/oauth/clients?page%5Bafter%5D=eyJvIjoiaWQifQ%3D%3D&page%5Bsize%5D=5&sort=-created_at",
            None,
            true,
        ),
        (
            "list_my_oauth_clients",
            "GET",
            "/api/v2/users/me/oauth/clients?page=2&per_page=50",
            None,
            true,
        ),
        (
            "create_oauth_client",
            "POST",
            "/api/v2/oauth/clients",
            Some(
                json!({"client": {"name": "Test Client", "identifier": "unique_id", "kind": "confidential"}}),
            ),
            true,
        ),
        (
            "show_oauth_client",
            "GET",
            "/api/v2/oauth/clients/9007199254740993",
            None,
            true,
        ),
        (
            "update_oauth_client",
            "PUT",
            "/api/v2/oauth/clients/9007199254740993",
            Some(json!({"client": {"name": "My New OAuth2 Client", "redirect_uri": []}})),
            true,
        ),
        (
            "delete_oauth_client",
            "DELETE",
            "/api/v2/oauth/clients/9007199254740993",
            None,
            true,
        ),
        (
            "generate_oauth_client_secret",
            "PUT",
            "/api/v2/oauth/clients/9007199254740993/generate_secret",
            None,
            true,
        ),
        (
            "start_oauth_flow",
            "POST",
            "/api/services/zis/connections/oauth/start/my_integration",
            Some(json!({
                "allow_offline_access": true,
                "grant_type": "authorization_code",
                "name": "my_connection_name",
                "oauth_client_name": "my_oauth_client_name",
            })),
            true,
        ),
        (
            "start_oauth_redirect",
            "GET",
            "/api/services/zis/connections/oauth/start_redirect?flow_token=CANARY-flow%2Btoken%2F%3D",
            None,
            false,
        ),
        (
            "create_zis_oauth_token",
            "POST",
            "/api/services/zis/connections/oauth/tokens/my_integration",
            Some(json!({
                "client_id": "my_client_id",
                "client_secret": "CANARY-client-secret",
                "code": "CANARY-code",
                "grant_type": "authorization_code",
                "redirect_uri": "https://client.int/callback",
                "scope": "read write",
            })),
            false,
        ),
        (
            "exchange_verification_code",
            "GET",
            "/api/services/zis/connections/oauth/access_codes/my_integration?verification_code=CANARY-verification",
            None,
            true,
        ),
        (
            "refresh_oauth_token",
            "GET",
            "/api/services/zis/connections/refresh/my_integration?uuid=9c865cd6-858e-42c6-b14d-2cc43f3b4ac4",
            None,
            true,
        ),
        (
            "show_oauth_connection",
            "GET",
            "/api/services/zis/connections/a%2Fb%20%C3%BC%252F?name=my+connection%26co",
            None,
            true,
        ),
        (
            "list_chat_oauth_tokens",
            "GET",
            "/api/v2/chat/oauth/tokens",
            None,
            true,
        ),
        (
            "revoke_chat_oauth_token",
            "DELETE",
            "/api/v2/chat/oauth/tokens/9007199254740993",
            None,
            true,
        ),
    ]
}

async fn sent(operation: &str, stem: &str) -> Request {
    let server = Loopback::answering(answer(503, &[], b"")).await;
    let credentials = Credentials::bearer("CANARY-bearer");
    let clients = Clients::at(&format!("{}{stem}", server.url()), &credentials);
    call(&clients, operation)
        .await
        .expect_err("503 is an error");
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1, "{operation} sends one request");
    requests.remove(0)
}

#[tokio::test]
async fn each_operation_sends_what_its_document_says() {
    for (operation, method, target, body, secured) in expected() {
        let request = sent(operation, "").await;
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            (method, target),
            "{operation}"
        );
        match body {
            Some(body) => {
                let sent: Value = serde_json::from_slice(&request.body).expect("a JSON body");
                assert_eq!(sent, body, "{operation}");
                assert_eq!(
                    request.header("content-type"),
                    Some("application/json"),
                    "{operation}"
                );
            }
            None => {
                assert!(request.body.is_empty(), "{operation}");
                assert_eq!(request.header("content-type"), None, "{operation}");
            }
        }
        let credentials = secured.then_some("Bearer CANARY-bearer");
        assert_eq!(request.header("authorization"), credentials, "{operation}");
    }
}

#[tokio::test]
async fn headers_are_ours_and_no_others() {
    for (operation, ..) in expected() {
        let request = sent(operation, "").await;
        let agent = request.header("user-agent").expect("a user agent");
        assert!(agent.starts_with("zendesk-oauth/"), "{operation}: {agent}");
        assert_eq!(
            request.header("accept"),
            Some("application/json"),
            "{operation}"
        );
        let known = [
            "accept",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "user-agent",
        ];
        for (name, _) in &request.headers {
            assert!(known.contains(&name.as_str()), "{operation} sends {name}");
        }
    }
}

#[tokio::test]
async fn a_path_stem_stands_before_every_path() {
    for (operation, _, target, ..) in expected() {
        assert_eq!(
            sent(operation, "/stem/two").await.target,
            format!("/stem/two{target}"),
            "{operation}"
        );
    }
}

#[test]
fn the_expectations_agree_with_the_documents() {
    let documented = documents::operations();
    assert_eq!(documented.len(), 15);
    let expected = expected();
    for operation in &documented {
        let (_, method, _, body, secured) = expected
            .iter()
            .find(|(id, ..)| *id == operation.id)
            .unwrap_or_else(|| panic!("{} is not driven", operation.id));
        assert_eq!(*method, operation.method, "{}", operation.id);
        assert_eq!(
            body.is_some(),
            !operation.bodies.is_empty(),
            "{}",
            operation.id
        );
        assert_eq!(*secured, !operation.security.is_empty(), "{}", operation.id);
    }
}

#[tokio::test]
async fn api_tokens_and_passwords_are_sent_as_basic() {
    // `{email}/token:{api_token}` and `{email}:{password}`, in base64 by RFC 7617.
    let cases = [
        (
            Credentials::api_token("a@b.c", "CANARY"),
            "Basic YUBiLmMvdG9rZW46Q0FOQVJZ",
        ),
        (
            Credentials::basic("a@b.c", "CANARY"),
            "Basic YUBiLmM6Q0FOQVJZ",
        ),
    ];
    for (credentials, header) in cases {
        let server = Loopback::answering(answer(503, &[], b"")).await;
        let clients = Clients::at(&server.url(), &credentials);
        call(&clients, "show_oauth_client")
            .await
            .expect_err("503 is an error");
        assert_eq!(server.requests()[0].header("authorization"), Some(header));
    }
}

/// The futures of all calls are `Send`: this compiles only if they are.
#[tokio::test]
async fn every_call_can_be_spawned() {
    let server = Loopback::answering(answer(503, &[], b"")).await;
    let clients = Clients::at(&server.url(), &Credentials::none());
    for (operation, ..) in expected() {
        let clients = clients.clone();
        let task = tokio::spawn(async move { call(&clients, operation).await.map(|_| ()) });
        task.await
            .expect("the task ends")
            .expect_err("503 is an error");
    }
    assert_eq!(server.requests().len(), 15);
}
