//! The same flow in steps, for a server that has a callback of its own: `begin` is what its page
//! "Connect" does, `finish` what its callback does. Here a person stands in for the browser's
//! request, and pastes the address at which the browser arrived.
//!
//! The callback has no `state` as in RFC 6749. So its path has a value that nobody can guess, which
//! stays in the user's session: a code that comes by another path is not this user's.
//!
//! The variables are those of the example `connect`; run it with
//! `cargo run -p zendesk-oauth --example own_callback`.

use std::env;
use std::error::Error;
use std::io::{self, Write as _};

use zendesk_oauth::reqwest::Url;
use zendesk_oauth::zis::{
    ExchangedOAuthConnection, OAuthClientRef, StartOAuthFlow, StartedFlow, VerificationCode, Zis,
};
use zendesk_oauth::{Credentials, Secret, Zendesk};

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
    let ask = async |url: String| {
        println!("Open this in your browser, and show it to nobody:\n{url}");
        print!("Then paste the address at which it arrived: ");
        io::stdout().flush()?;
        let mut address = String::new();
        io::stdin().read_line(&mut address)?;
        Ok(address.trim().to_owned())
    };
    let connection = run(&zendesk.zis(&integration), &client, ask).await?;
    println!("Connected: {}", connection.uuid.unwrap_or_default());
    Ok(())
}

/// What the server does, one after the other. `browser` is sent to a URL, and comes to the callback
/// with another.
pub(crate) async fn run(
    zis: &Zis,
    client: &str,
    browser: impl AsyncFnOnce(String) -> io::Result<String>,
) -> Result<ExchangedOAuthConnection, Box<dyn Error>> {
    let (session, started) = begin(zis, client).await?;
    let callback = browser(started.browser_url().expose().to_owned()).await?;
    finish(zis, &session, &callback).await
}

/// What the server keeps for this user until the callback: the path of the callback.
struct Session {
    path: Secret,
}

/// Starts the flow; redirect the user to its `browser_url`.
async fn begin(zis: &Zis, client: &str) -> Result<(Session, StartedFlow), Box<dyn Error>> {
    let (high, low) = (getrandom::u64()?, getrandom::u64()?);
    let path = format!("/callback/{high:016x}{low:016x}");
    let request = StartOAuthFlow::new("own_callback", OAuthClientRef::name(client))?
        .origin_oauth_redirect_url(format!("https://client.int{path}"));
    let started = zis.start(request).await?;
    if !started.is_for_browser() {
        return Err("Zendesk gave no URL for a browser: check the base URL".into());
    }
    let path = Secret::from(path);
    Ok((Session { path }, started))
}

/// Answers the callback: `request` is its URL. It comes from anywhere, so it is compared with the
/// session before anything in it is used.
async fn finish(
    zis: &Zis,
    session: &Session,
    request: &str,
) -> Result<ExchangedOAuthConnection, Box<dyn Error>> {
    let url = Url::parse("https://client.int")?.join(request)?;
    if url.path() != session.path.expose() {
        return Err("this callback is not of this session: start again".into());
    }
    let code = VerificationCode::from_callback(url.as_str())?;
    Ok(zis.exchange(code).await?)
}
