//! Asks a person for access with PKCE: prints the URL for the browser, and reads the URL with which the
//! browser comes back.
//!
//! Against the sandbox: `cargo run -- sandbox` prints the variables' values.
//!
//! ```sh
//! export ZENDESK_URL=https://acme.zendesk.com
//! cargo run -p zendesk-oauth --example authorization_url -- my_app http://localhost:8080/callback
//! ```

use std::error::Error;
use std::io::{self, BufRead, Write};

use zendesk_oauth::Zendesk;
use zendesk_oauth::authorization::{AuthorizationCode, AuthorizationRequest};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [client_id, redirect_uri] = arguments.as_slice() else {
        return Err("give the client's identifier and one of its redirect URIs".into());
    };
    let zendesk = Zendesk::at(&std::env::var("ZENDESK_URL")?).build()?;
    let request = AuthorizationRequest::new(client_id, redirect_uri, ["read"])?;
    run(
        &zendesk,
        &request,
        &mut io::stdin().lock(),
        &mut io::stdout(),
    )?;
    Ok(())
}

/// The code redeems a token at `POST /oauth/tokens`, together with `request.code_verifier()`.
pub(crate) fn run(
    zendesk: &Zendesk,
    request: &AuthorizationRequest,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> Result<AuthorizationCode, Box<dyn Error>> {
    writeln!(out, "open {}", request.url(zendesk).expose())?;
    writeln!(out, "and paste the address to which the browser was sent:")?;
    let mut callback = String::new();
    input.read_line(&mut callback)?;
    let code = request.code_from_callback(callback.trim())?;
    writeln!(out, "access was granted")?;
    Ok(code)
}
