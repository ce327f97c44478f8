//! Lists the OAuth tokens of a Support account, or revokes one.
//!
//! Against the sandbox: `cargo run -- sandbox` prints the variables' values.
//!
//! ```sh
//! export ZENDESK_URL=https://acme.zendesk.com ZENDESK_TOKEN=…            # an administrator's
//! cargo run -p zendesk-oauth --example oauth_tokens              # lists
//! cargo run -p zendesk-oauth --example oauth_tokens -- 223443    # revokes the token 223443
//! ```

use std::error::Error;
use std::io::{self, Write};

use zendesk_oauth::support::OAuthTokenFilter;
use zendesk_oauth::{Credentials, Zendesk};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = std::env::var("ZENDESK_TOKEN")?;
    let zendesk = Zendesk::at(&std::env::var("ZENDESK_URL")?)
        .support(Credentials::bearer(token))
        .build()?;
    let revoked = std::env::args().nth(1).map(|id| id.parse()).transpose()?;
    run(&zendesk, revoked, &mut io::stdout()).await
}

/// Marks the token that it runs with, so that nobody revokes it by mistake.
pub(crate) async fn run(
    zendesk: &Zendesk,
    revoked: Option<i64>,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let tokens = zendesk.oauth_tokens();
    if let Some(id) = revoked {
        tokens.revoke(id).await?;
        writeln!(out, "{id} is revoked")?;
        return Ok(());
    }
    let own = tokens.show_current().await?.id;
    let mut listed = tokens.list(OAuthTokenFilter::of_everyone()).items();
    while let Some(token) = listed.next().await {
        let token = token?;
        let scopes = token.scopes.unwrap_or_default().join(" ");
        let ends = token.expires_at.as_ref().map_or("never", |it| it.as_str());
        let mark = if token.id == own { " (this one)" } else { "" };
        writeln!(out, "{}: {scopes}; expires: {ends}{mark}", token.id)?;
    }
    Ok(())
}
