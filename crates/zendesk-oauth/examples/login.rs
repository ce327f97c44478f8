//! Logs a person in with the browser. Where the browser cannot get to this machine, as over SSH or in
//! a container, the person pastes the address that it was sent to.
//!
//! Against the sandbox: `cargo run -- sandbox --clock real`, then make a public OAuth client with that
//! redirect URI.
//!
//! ```sh
//! export ZENDESK_URL=https://acme.zendesk.com
//! export ZENDESK_CLIENT_SECRET=…             # of a confidential client; a public one has none
//! cargo run -p zendesk-oauth --example login -- my_app http://127.0.0.1:8085/callback
//! ```

use std::error::Error;
use std::io::{BufRead, BufReader, stdin};
use std::time::Duration;

use zendesk_oauth::Zendesk;
use zendesk_oauth::token::{IssuedToken, Login, OAuthClientCredentials, TokenEndpoint};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [client_id, redirect_uri] = arguments.as_slice() else {
        return Err("give the client's identifier and one of its redirect URIs".into());
    };
    let zendesk = Zendesk::at(&std::env::var("ZENDESK_URL")?).build()?;
    let app = match std::env::var("ZENDESK_CLIENT_SECRET") {
        Ok(secret) => OAuthClientCredentials::confidential(client_id, secret),
        Err(_) => OAuthClientCredentials::public(client_id),
    };
    let endpoint = TokenEndpoint::new(&zendesk, app);
    let show = |url: &str| {
        eprintln!("Open this in your browser, and show it to nobody:\n{url}");
        eprintln!("If it cannot get back here, paste the address at which it ends:");
    };
    let input = BufReader::new(stdin());
    match run(&endpoint, redirect_uri, input, show).await {
        Ok(issued) => println!("Logged in for {:?}", issued.lifetime.lasts()),
        Err(error) if error.is_denied() => println!("You said no, so nobody is logged in."),
        Err(error) if error.is_timeout() => println!("Nobody came back from the browser."),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// The whole login. `show` gets the URL for the browser, and `input` is what the person pastes.
pub(crate) async fn run(
    endpoint: &TokenEndpoint,
    redirect_uri: &str,
    input: impl BufRead + Send + 'static,
    show: impl FnOnce(&str) + Send + 'static,
) -> Result<IssuedToken, zendesk_oauth::Error> {
    Login::new(endpoint, ["read"])
        .redirect_uri(redirect_uri)
        .deadline(Duration::from_secs(120))
        .paste_lines(input, |wrong| eprintln!("{wrong}"))
        .open(show)
        .await
}
