//! Tests code against a Zendesk of its own: the sandbox, in ten lines.
//!
//! ```sh
//! cargo run -p zendesk-oauth --example mock
//! ```

use std::error::Error;

use zendesk_oauth::support::NewOAuthClient;
use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_sandbox::{Fault, FaultRule, Sandbox};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    run().await
}

/// The code under test: it gives a service its OAuth client.
async fn provision(zendesk: &Zendesk, service: &str) -> Result<i64, zendesk_oauth::Error> {
    let new = NewOAuthClient::confidential(service, service);
    let registered = zendesk.oauth_clients().register(new).await?;
    Ok(registered.client().id)
}

/// What would be a `#[tokio::test]` of yours.
pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder().start().await?;
    let token = sandbox.credentials().admin_token;
    let zendesk = Zendesk::at(sandbox.url())
        .support(Credentials::bearer(token))
        .build()?;

    let id = provision(&zendesk, "nightly").await?;
    assert_eq!(
        zendesk.oauth_clients().show(id).await?.identifier,
        "nightly"
    );

    // What goes wrong at Zendesk can be made to go wrong here.
    let fault = FaultRule::on("create_oauth_client", Fault::status(403));
    sandbox.faults().add(fault)?;
    let refused = provision(&zendesk, "weekly").await;
    assert!(refused.is_err_and(|error| error.is_forbidden()));
    assert_eq!(sandbox.journal().len(), 3);
    Ok(())
}
