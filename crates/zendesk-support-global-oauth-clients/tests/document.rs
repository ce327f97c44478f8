//! How the document is driven. The tests over it are those of every document (`tests/suite`).

use zendesk_oauth_document_suite::{Described, Exchange, ID, call};
use zendesk_support_global_oauth_clients::{Client, OPERATIONS, SERVERS, types};

/// One call of each operation, the request that it sends, and the types of the document's examples.
fn document() -> Described<Client> {
    let name = "support-global-oauth-clients";
    Described::new(name, Client::from_transport, OPERATIONS, SERVERS)
        .operation(
            "list_global_oauth_clients",
            call!(|client| {
                let call = client.list_global_oauth_clients().sort("name");
                call.page_size(5).page_after("eyJvIjoiaWQifQ==")
            }),
            Exchange::get(
                "/api/v2/oauth/global_clients?page%5Bafter%5D=eyJvIjoiaWQifQ%3D%3D&page%5Bsize%5D=5&sort=name",
            )
            .answer::<types::GlobalOAuthClientsPage>(),
        )
        .operation(
            "list_global_oauth_client_token_summaries",
            call!(|client| {
                let call = client.list_global_oauth_client_token_summaries();
                call.global_client_id(ID).include_expired(true).page(2).per_page(50)
            }),
            Exchange::get(
                "/api/v2/oauth/global_clients/token_summary?global_client_id=9007199254740993&include_expired=true&page=2&per_page=50",
            )
            .answer::<types::GlobalOAuthClientTokenSummariesPage>(),
        )
        .operation(
            "show_global_oauth_client",
            call!(|client| client.show_global_oauth_client().global_client_id(ID)),
            Exchange::get("/api/v2/oauth/global_clients/9007199254740993")
                .answer::<types::GlobalOAuthClientResponse>(),
        )
        .schema::<types::CursorLinks>("CursorLinks")
        .schema::<types::CursorMeta>("CursorMeta")
        .schema::<types::GlobalOAuthClient>("GlobalOAuthClient")
        .schema::<types::GlobalOAuthClientResponse>("GlobalOAuthClientResponse")
        .schema::<types::GlobalOAuthClientTokenSummariesPage>("GlobalOAuthClientTokenSummariesPage")
        .schema::<types::GlobalOAuthClientTokenSummary>("GlobalOAuthClientTokenSummary")
        .schema::<types::GlobalOAuthClientsPage>("GlobalOAuthClientsPage")
        .schema::<types::OAuthClientKind>("OAuthClientKind")
}

zendesk_oauth_document_suite::tests!(document());
