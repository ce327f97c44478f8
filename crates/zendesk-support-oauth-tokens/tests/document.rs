//! How the document is driven. The tests over it are those of every document (`tests/suite`).

use zendesk_oauth_document_suite::{Described, Exchange, ID, call, json};
use zendesk_support_oauth_tokens::{Client, OPERATIONS, SERVERS, types};

/// One call of each operation, the request that it sends, and the types of the document's examples.
fn document() -> Described<Client> {
    let name = "support-oauth-tokens";
    Described::new(name, Client::from_transport, OPERATIONS, SERVERS)
        .operation(
            "list_support_oauth_tokens",
            call!(|client| {
                let call = client.list_support_oauth_tokens().all(true).client_id(ID);
                let call = call.include_expired(false).global_client_id(ID);
                call.page_size(5).page_after("eyJvIjoiaWQifQ==")
            }),
            Exchange::get(
                "/api/v2/oauth/tokens?all=true&client_id=9007199254740993&global_client_id=9007199254740993&include_expired=false&page%5Bafter%5D=eyJvIjoiaWQifQ%3D%3D&page%5Bsize%5D=5",
            )
            .answer::<types::SupportOAuthTokensPage>(),
        )
        .operation(
            "create_support_oauth_token",
            call!(|client| client.create_support_oauth_token().body(new_token())),
            Exchange::post("/api/v2/oauth/tokens")
                .json::<types::CreateSupportOAuthTokenRequest>(json!({"token": {
                    "client_id": ID, "scopes": ["tickets:read"],
                    "expires_in": 1_800, "refresh_token_expires_in": 2_592_000,
                }}))
                .answer::<types::SupportOAuthTokenResponse>(),
        )
        .operation(
            "show_current_support_oauth_token",
            call!(|client| client.show_current_support_oauth_token()),
            Exchange::get("/api/v2/oauth/tokens/current")
                .answer::<types::SupportOAuthTokenResponse>(),
        )
        .operation(
            "revoke_current_support_oauth_token",
            call!(|client| client.revoke_current_support_oauth_token()),
            Exchange::delete("/api/v2/oauth/tokens/current"),
        )
        .operation(
            "show_support_oauth_token",
            call!(|client| client.show_support_oauth_token().oauth_token_id(ID)),
            Exchange::get("/api/v2/oauth/tokens/9007199254740993")
                .answer::<types::SupportOAuthTokenResponse>(),
        )
        .operation(
            "revoke_support_oauth_token",
            call!(|client| client.revoke_support_oauth_token().oauth_token_id(ID)),
            Exchange::delete("/api/v2/oauth/tokens/9007199254740993"),
        )
        .schema::<types::CreateSupportOAuthToken>("CreateSupportOAuthToken")
        .schema::<types::CreateSupportOAuthTokenRequest>("CreateSupportOAuthTokenRequest")
        .schema::<types::CursorLinks>("CursorLinks")
        .schema::<types::CursorMeta>("CursorMeta")
        .schema::<types::SupportOAuthToken>("SupportOAuthToken")
        .schema::<types::SupportOAuthTokenResponse>("SupportOAuthTokenResponse")
        .schema::<types::SupportOAuthTokensPage>("SupportOAuthTokensPage")
}

zendesk_oauth_document_suite::tests!(document());

fn new_token() -> types::builder::CreateSupportOAuthTokenRequest {
    let token = types::CreateSupportOAuthToken::builder()
        .client_id(ID)
        .scopes(vec!["tickets:read".to_owned()])
        .expires_in(1_800)
        .refresh_token_expires_in(2_592_000);
    types::CreateSupportOAuthTokenRequest::builder().token(token)
}
