//! How the document is driven. The tests over it are those of every document (`tests/suite`).

use zendesk_oauth_document_suite::{Described, Exchange, ID, call, json};
use zendesk_support_oauth_clients::{Client, OPERATIONS, SERVERS, types};

/// One call of each operation, the request that it sends, and the types of the document's examples.
fn document() -> Described<Client> {
    let name = "support-oauth-clients";
    Described::new(name, Client::from_transport, OPERATIONS, SERVERS)
        .operation(
            "list_oauth_clients",
            call!(|client| {
                let call = client.list_oauth_clients().sort("-created_at");
                call.page_size(5).page_after("eyJvIjoiaWQifQ==")
            }),
            Exchange::get(
                "/api/v2/oauth/clients?page%5Bafter%5D=eyJvIjoiaWQifQ%3D%3D&page%5Bsize%5D=5&sort=-created_at",
            )
            .answer::<types::OAuthClientsPage>(),
        )
        .operation(
            "list_my_oauth_clients",
            call!(|client| client.list_my_oauth_clients().page(2).per_page(50)),
            Exchange::get("/api/v2/users/me/oauth/clients?page=2&per_page=50")
                .answer::<types::OAuthClientsPage>(),
        )
        .operation(
            "create_oauth_client",
            call!(|client| client.create_oauth_client().body(new_client())),
            Exchange::post("/api/v2/oauth/clients")
                .json::<types::CreateOAuthClientRequest>(
                    json!({"client": {"name": "Test Client", "identifier": "unique_id", "kind": "confidential"}}),
                )
                .answer::<types::OAuthClientResponse>(),
        )
        .operation(
            "show_oauth_client",
            call!(|client| client.show_oauth_client().oauth_client_id(ID)),
            Exchange::get("/api/v2/oauth/clients/9007199254740993")
                .answer::<types::OAuthClientResponse>(),
        )
        .operation(
            "update_oauth_client",
            call!(|client| {
                let call = client.update_oauth_client().oauth_client_id(ID);
                call.body(changed_client())
            }),
            Exchange::put("/api/v2/oauth/clients/9007199254740993")
                .json::<types::UpdateOAuthClientRequest>(
                    json!({"client": {"name": "My New OAuth2 Client", "redirect_uri": []}}),
                )
                .answer::<types::OAuthClientResponse>(),
        )
        .operation(
            "delete_oauth_client",
            call!(|client| client.delete_oauth_client().oauth_client_id(ID)),
            Exchange::delete("/api/v2/oauth/clients/9007199254740993"),
        )
        .operation(
            "generate_oauth_client_secret",
            call!(|client| client.generate_oauth_client_secret().oauth_client_id(ID)),
            Exchange::put("/api/v2/oauth/clients/9007199254740993/generate_secret")
                .answer::<types::OAuthClientResponse>(),
        )
        .schema::<types::CreateOAuthClient>("CreateOAuthClient")
        .schema::<types::CreateOAuthClientRequest>("CreateOAuthClientRequest")
        .schema::<types::CursorLinks>("CursorLinks")
        .schema::<types::CursorMeta>("CursorMeta")
        .schema::<types::OAuthClient>("OAuthClient")
        .schema::<types::OAuthClientKind>("OAuthClientKind")
        .schema::<types::OAuthClientResponse>("OAuthClientResponse")
        .schema::<types::OAuthClientsPage>("OAuthClientsPage")
        .schema::<types::UpdateOAuthClient>("UpdateOAuthClient")
        .schema::<types::UpdateOAuthClientRequest>("UpdateOAuthClientRequest")
}

zendesk_oauth_document_suite::tests!(document());

fn changed_client() -> types::builder::UpdateOAuthClientRequest {
    let changes = types::UpdateOAuthClient::builder()
        .name("My New OAuth2 Client".to_owned())
        .redirect_uri(Vec::new());
    types::UpdateOAuthClientRequest::builder().client(changes)
}

fn new_client() -> types::builder::CreateOAuthClientRequest {
    let client = types::CreateOAuthClient::builder()
        .name("Test Client")
        .identifier("unique_id")
        .kind(types::OAuthClientKind::Confidential);
    types::CreateOAuthClientRequest::builder().client(client)
}
