//! How the document is driven. The tests over it are those of every document (`tests/suite`).

use zendesk_oauth_document_suite::{Described, Exchange, call, json};
use zendesk_support_grant_type_tokens::{Client, OPERATIONS, SERVERS, Secret, types};

/// One call of each operation, the request that it sends, and the types of the document's examples.
fn document() -> Described<Client> {
    let name = "support-grant-type-tokens";
    Described::new(name, Client::from_transport, OPERATIONS, SERVERS)
        .operation(
            "create_token_for_grant_type",
            call!(|client| client.create_token_for_grant_type().body(token_request())),
            // The document has a form too; the client sends JSON, which Zendesk documents.
            Exchange::post("/oauth/tokens")
                .json::<types::CreateTokenForGrantTypeRequest>(json!({
                    "grant_type": "authorization_code",
                    "client_id": "test_client",
                    "client_secret": "CANARY-client-secret",
                    "code": "CANARY-code",
                    "redirect_uri": "https://example.com/callback",
                    "code_verifier": "CANARY-verifier",
                    "refresh_token": "CANARY-refresh-token",
                    "scope": "read write",
                    "expires_in": 1800,
                    "refresh_token_expires_in": 2_592_000,
                }))
                .answer::<types::TokenForGrantType>()
                .without_credentials(),
        )
        .schema::<types::CreateTokenForGrantTypeRequest>("CreateTokenForGrantTypeRequest")
        .schema::<types::SupportGrantType>("SupportGrantType")
        .schema::<types::TokenForGrantType>("TokenForGrantType")
}

zendesk_oauth_document_suite::tests!(document());

/// Every member at once, which no grant takes.
fn token_request() -> types::builder::CreateTokenForGrantTypeRequest {
    types::CreateTokenForGrantTypeRequest::builder()
        .grant_type(types::SupportGrantType::AuthorizationCode)
        .client_id("test_client")
        .client_secret(Secret::from("CANARY-client-secret"))
        .code(Secret::from("CANARY-code"))
        .redirect_uri("https://example.com/callback".to_owned())
        .code_verifier(Secret::from("CANARY-verifier"))
        .refresh_token(Secret::from("CANARY-refresh-token"))
        .scope("read write".to_owned())
        .expires_in(1800)
        .refresh_token_expires_in(2_592_000)
}
