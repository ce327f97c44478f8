//! Lists Chat's OAuth tokens, or revokes one.
//!
//! Against the sandbox: `cargo run -- sandbox` prints the variables' values.
//!
//! ```sh
//! export ZENDESK_URL=https://acme.zendesk.com ZENDESK_CHAT_TOKEN=…     # a Chat administrator's
//! cargo run -p zendesk-oauth --example chat_tokens              # lists
//! cargo run -p zendesk-oauth --example chat_tokens -- 38        # revokes the token 38
//! ```

use std::error::Error;
use std::io::{self, Write};

use zendesk_oauth::{Credentials, Zendesk};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = std::env::var("ZENDESK_CHAT_TOKEN")?;
    let zendesk = Zendesk::at(&std::env::var("ZENDESK_URL")?)
        .chat(Credentials::bearer(token))
        .build()?;
    let revoked = std::env::args().nth(1).map(|id| id.parse()).transpose()?;
    run(&zendesk, revoked, &mut io::stdout()).await
}

/// Zendesk answers with whole tokens: print ids and scopes, never a token.
pub(crate) async fn run(
    zendesk: &Zendesk,
    revoked: Option<i64>,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let chat = zendesk.chat();
    if let Some(id) = revoked {
        chat.revoke(id).await?;
        writeln!(out, "{id} is revoked")?;
        return Ok(());
    }
    for token in chat.list().await? {
        let client = token.client_identifier.as_deref().unwrap_or("(unknown)");
        let scopes = token.scopes.as_deref().unwrap_or("(unknown)");
        let ends = token.expire_date.as_deref().unwrap_or("never");
        writeln!(out, "{} of {client}: {scopes}; expires: {ends}", token.id)?;
    }
    Ok(())
}
