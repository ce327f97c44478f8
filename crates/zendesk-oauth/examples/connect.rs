//! Connects a third party in one call: shows a URL, waits for the browser, and has the connection.
//!
//! Against the sandbox: start `cargo run -- sandbox --clock real`, set the variables to what it
//! prints, and open the URL.
//!
//! ```sh
//! export ZENDESK_URL=http://127.0.0.1:49152          # or https://{subdomain}.zendesk.com
//! export ZENDESK_INTEGRATION=my_integration
//! export ZENDESK_ZIS_TOKEN=…                         # of the integration's own OAuth client
//! export ZENDESK_ZIS_OAUTH_CLIENT=my_oauth_client    # what the third party knows it as
//! cargo run -p zendesk-oauth --example connect
//! ```

use std::env;
use std::error::Error;
use std::time::Duration;

use zendesk_oauth::zis::{ExchangedOAuthConnection, OAuthClientRef, StartOAuthFlow, Zis};
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
    let show = |url: &str| println!("Open this in your browser, and show it to nobody:\n{url}");
    match run(&zendesk.zis(&integration), &client, show).await {
        Ok(connection) => println!("Connected: {}", connection.uuid.unwrap_or_default()),
        Err(error) if error.is_denied() => println!("You said no, so there is no connection."),
        Err(error) if error.is_timeout() => println!("Nobody came back from the browser."),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// The whole flow. `open` gets the URL for the browser.
pub(crate) async fn run(
    zis: &Zis,
    client: &str,
    open: impl FnOnce(&str) + Send + 'static,
) -> Result<ExchangedOAuthConnection, zendesk_oauth::Error> {
    let request = StartOAuthFlow::new("connected_by_example", OAuthClientRef::name(client))?
        .permission_scopes(["read", "write"])
        .allow_offline_access(true);
    zis.connect(request, open)
        .deadline(Duration::from_secs(120))
        .await
}
