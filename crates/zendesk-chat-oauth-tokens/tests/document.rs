//! How the document is driven. The tests over it are those of every document (`tests/suite`).

use zendesk_chat_oauth_tokens::{Client, OPERATIONS, SERVERS, types};
use zendesk_oauth_document_suite::{Described, Exchange, ID, call};

/// One call of each operation, the request that it sends, and the types of the document's examples.
fn document() -> Described<Client> {
    let name = "chat-oauth-tokens";
    Described::new(name, Client::from_transport, OPERATIONS, SERVERS)
        .operation(
            "list_chat_oauth_tokens",
            call!(|client| client.list_chat_oauth_tokens()),
            Exchange::get("/api/v2/chat/oauth/tokens").answer::<Vec<types::ChatOAuthToken>>(),
        )
        .operation(
            "revoke_chat_oauth_token",
            call!(|client| client.revoke_chat_oauth_token().oauth_token_id(ID)),
            Exchange::delete("/api/v2/chat/oauth/tokens/9007199254740993"),
        )
        .schema::<types::ChatOAuthToken>("ChatOAuthToken")
}

zendesk_oauth_document_suite::tests!(document());
