//! Makes a connection by the grant `client_credentials`: nobody is asked, no browser opens.
//!
//! The variables are those of the example `connect`; run it with
//! `cargo run -p zendesk-oauth --example client_credentials_connection`.

use std::env;
use std::error::Error;

use zendesk_oauth::zis::{
    ExchangedOAuthConnection, OAuthClientRef, StartOAuthFlow, Zis, ZisGrantType,
};
use zendesk_oauth::{Credentials, Zendesk};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let integration = env::var("ZENDESK_INTEGRATION")?;
    let zendesk = Zendesk::at(&env::var("ZENDESK_URL")?)
        .zis(
            &integration,
            Credentials::bearer(env::var("ZENDESK_ZIS_TOKEN")?),
        )
        .build()?;
    let client = env::var("ZENDESK_ZIS_OAUTH_CLIENT")?;
    let connection = run(&zendesk.zis(&integration), &client).await?;
    println!("Connected: {}", connection.uuid.unwrap_or_default());
    Ok(())
}

/// Zendesk answers to the start with the address of the exchange, so two requests are all.
pub(crate) async fn run(
    zis: &Zis,
    client: &str,
) -> Result<ExchangedOAuthConnection, zendesk_oauth::Error> {
    let request = StartOAuthFlow::new("server_to_server", OAuthClientRef::name(client))?
        .grant_type(ZisGrantType::ClientCredentials)
        .permission_scopes(["read"]);
    // This grant asks nobody, so that there is nothing to open.
    zis.connect(request, |_| {}).await
}
