//! Lists the OAuth clients of an account, by name, however many there are.
//!
//! Against the sandbox: `cargo run -- sandbox` prints the variables' values.
//!
//! ```sh
//! export ZENDESK_URL=https://acme.zendesk.com ZENDESK_TOKEN=…     # an administrator's
//! cargo run -p zendesk-oauth --example list_clients
//! ```

use std::error::Error;
use std::io::{self, Write};

use zendesk_oauth::{Credentials, Zendesk};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = std::env::var("ZENDESK_TOKEN")?;
    let zendesk = Zendesk::at(&std::env::var("ZENDESK_URL")?)
        .support(Credentials::bearer(token))
        .build()?;
    run(&zendesk, &mut io::stdout()).await
}

/// Two pages are in memory at most: the next one is asked for while this one is printed.
pub(crate) async fn run(zendesk: &Zendesk, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let mut clients = zendesk.oauth_clients().list().sort("name").items();
    while let Some(client) = clients.next().await {
        let client = client?;
        let kind = client.kind.map(|kind| kind.to_string());
        let kind = kind.unwrap_or_else(|| "of unknown kind".to_owned());
        writeln!(out, "{} {} ({kind})", client.id, client.identifier)?;
    }
    Ok(())
}
