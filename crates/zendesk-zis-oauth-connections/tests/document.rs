//! How the document is driven. The tests over it are those of every document (`tests/suite`).

use zendesk_oauth_document_suite::{Described, Exchange, call, json};
use zendesk_zis_oauth_connections::{Client, OPERATIONS, SERVERS, Secret, types};

const INTEGRATION: &str = "my_integration";

/// One call of each operation, the request that it sends, and the types of the document's examples.
fn document() -> Described<Client> {
    let name = "zis-oauth-connections";
    Described::new(name, Client::from_transport, OPERATIONS, SERVERS)
        .operation(
            "start_oauth_flow",
            call!(|client| {
                let call = client.start_oauth_flow().integration(INTEGRATION);
                call.body(new_flow())
            }),
            Exchange::post("/api/services/zis/connections/oauth/start/my_integration")
                .json::<types::StartOAuthFlowRequest>(json!({
                    "allow_offline_access": true,
                    "grant_type": "authorization_code",
                    "name": "my_connection_name",
                    "oauth_client_name": "my_oauth_client_name",
                }))
                .answer::<types::StartOAuthFlowResponse>(),
        )
        .operation(
            "start_oauth_redirect",
            call!(|client| client.start_oauth_redirect().flow_token("CANARY-flow+token/=")),
            Exchange::get(
                "/api/services/zis/connections/oauth/start_redirect?flow_token=CANARY-flow%2Btoken%2F%3D",
            )
            .without_credentials(),
        )
        .operation(
            "create_zis_oauth_token",
            call!(|client| {
                let call = client.create_zis_oauth_token().integration(INTEGRATION);
                call.body(token_request())
            }),
            Exchange::post("/api/services/zis/connections/oauth/tokens/my_integration")
                .json::<types::CreateZisOAuthTokenRequest>(json!({
                    "client_id": "my_client_id",
                    "client_secret": "CANARY-client-secret",
                    "code": "CANARY-code",
                    "grant_type": "authorization_code",
                    "redirect_uri": "https://client.int/callback",
                    "scope": "read write",
                }))
                .answer::<types::ZisOAuthToken>()
                .without_credentials(),
        )
        .operation(
            "exchange_verification_code",
            call!(|client| {
                let call = client.exchange_verification_code().integration(INTEGRATION);
                call.verification_code("CANARY-verification")
            }),
            Exchange::get(
                "/api/services/zis/connections/oauth/access_codes/my_integration?verification_code=CANARY-verification",
            )
            .answer::<types::ExchangedOAuthConnection>(),
        )
        .operation(
            "refresh_oauth_token",
            call!(|client| {
                let call = client.refresh_oauth_token().integration(INTEGRATION);
                call.uuid("9c865cd6-858e-42c6-b14d-2cc43f3b4ac4")
            }),
            Exchange::get(
                "/api/services/zis/connections/refresh/my_integration?uuid=9c865cd6-858e-42c6-b14d-2cc43f3b4ac4",
            )
            .answer::<types::OAuthConnection>(),
        )
        .operation(
            "show_oauth_connection",
            call!(|client| {
                let call = client.show_oauth_connection().integration("a/b ü%2F");
                call.name("my connection&co")
            }),
            Exchange::get(
                "/api/services/zis/connections/a%2Fb%20%C3%BC%252F?name=my+connection%26co",
            )
            .answer::<types::OAuthConnection>(),
        )
        .schema::<types::CreateZisOAuthTokenRequest>("CreateZisOAuthTokenRequest")
        .schema::<types::ExchangedOAuthConnection>("ExchangedOAuthConnection")
        .schema::<types::OAuthConnection>("OAuthConnection")
        .schema::<types::StartOAuthFlowRequest>("StartOAuthFlowRequest")
        .schema::<types::StartOAuthFlowResponse>("StartOAuthFlowResponse")
        .schema::<types::ZisGrantType>("ZisGrantType")
        .schema::<types::ZisOAuthToken>("ZisOAuthToken")
}

zendesk_oauth_document_suite::tests!(document());

fn new_flow() -> types::builder::StartOAuthFlowRequest {
    types::StartOAuthFlowRequest::builder()
        .name("my_connection_name")
        .oauth_client_name("my_oauth_client_name".to_owned())
        .allow_offline_access(true)
        .grant_type(types::ZisGrantType::from("authorization_code"))
}

fn token_request() -> types::builder::CreateZisOAuthTokenRequest {
    types::CreateZisOAuthTokenRequest::builder()
        .client_id("my_client_id")
        .client_secret("CANARY-client-secret")
        .code(Secret::from("CANARY-code"))
        .grant_type("authorization_code")
        .redirect_uri("https://client.int/callback".to_owned())
        .scope("read write".to_owned())
}
