//! Serves with a login that is kept fresh: the first run logs a person in, and every later one, of any
//! process of this machine, goes on with that login.
//!
//! ```sh
//! export ZENDESK_URL=https://acme.zendesk.com
//! export ZENDESK_CLIENT_SECRET=…             # of a confidential client; a public one has none
//! cargo run -p zendesk-oauth --example keep_fresh -- my_app http://127.0.0.1:8085/callback ~/.my_app/acme
//! ```

use std::error::Error;
use std::io::Write;

use zendesk_oauth::Zendesk;
use zendesk_oauth::token::{
    FileStore, Login, OAuthClientCredentials, TokenEndpoint, TokenError, TokenSource,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [client_id, redirect_uri, folder] = arguments.as_slice() else {
        return Err("give the client's identifier, a redirect URI of it, and a folder".into());
    };
    let app = match std::env::var("ZENDESK_CLIENT_SECRET") {
        Ok(secret) => OAuthClientCredentials::confidential(client_id, secret),
        Err(_) => OAuthClientCredentials::public(client_id),
    };
    let base_url = std::env::var("ZENDESK_URL")?;
    let endpoint = TokenEndpoint::new(&Zendesk::at(&base_url).build()?, app);
    let store = FileStore::new(folder);
    let show = |url: &str| eprintln!("Open this in your browser, and show it to nobody:\n{url}");
    let source = source(&endpoint, store, redirect_uri, show).await?;
    // Also while nobody calls, until it is dropped: a refresh token that is never used expires.
    let fresh = source.keep_fresh()?;
    let outcome = run(&base_url, &source, &mut std::io::stdout()).await;
    // A refresh may be under way, and its tokens not stored yet.
    drop(fresh);
    source.settled().await;
    outcome
}

/// A source of tokens, with a login in its store.
pub(crate) async fn source(
    endpoint: &TokenEndpoint,
    store: FileStore,
    redirect_uri: &str,
    show: impl FnOnce(&str) + Send + 'static,
) -> Result<TokenSource, Box<dyn Error>> {
    let source = TokenSource::builder(endpoint.clone(), store).build();
    match source.access_token().await {
        // Nobody has logged in yet, or the login is over: the text says why.
        Err(why @ (TokenError::NoLogin { .. } | TokenError::Ended(_))) => {
            eprintln!("{why}");
            // Before a person is sent to the browser, and not after.
            source.check_store().await?;
            let login = Login::new(endpoint, ["read"]).redirect_uri(redirect_uri);
            source.log_in(&login.open(show).await?).await?;
        }
        // Anything else passes, and the login is kept.
        token => drop(token?),
    }
    Ok(source)
}

/// Calls with the source's tokens. A service does so for days; each call has a token that is good.
pub(crate) async fn run(
    base_url: &str,
    source: &TokenSource,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let zendesk = Zendesk::at(base_url)
        .support(source.credentials())
        .build()?;
    let clients = zendesk.oauth_clients().list().all(1_000).await?;
    let state = source.state();
    writeln!(out, "{} OAuth clients", clients.len())?;
    writeln!(out, "{:?}, token {}", state.phase(), state.generation)?;
    Ok(())
}
