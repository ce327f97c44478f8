//! A process that uses a login, and tells what it sees.
//!
//! It reads commands, one per line: `token` gets a usable access token and prints a digest of it, `call`
//! makes a call with it, `refresh` refreshes it now, `quit` ends. At a step it can kill or stop itself. All that it traces goes to
//! stderr.

mod arguments;
mod steps;

use sha2::{Digest, Sha256};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use zendesk_oauth::Zendesk;
use zendesk_oauth::token::{
    FileStore, OAuthClientCredentials, RedisStore, StoreKey, TokenEndpoint, TokenSource, redis,
};

use arguments::{Arguments, Place};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The key of what is stored in Redis, the same in all processes.
const KEY: [u8; 32] = *b"CANARY-key-of-the-process-tests!";

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::read()?;
    steps::install(&arguments);
    let source = source(&arguments)?;
    let zendesk = Zendesk::at(&arguments.base_url)
        .support(source.credentials())
        .build()?;
    println!("ready");
    let mut commands = BufReader::new(tokio::io::stdin()).lines();
    while let Some(command) = commands.next_line().await? {
        match command.as_str() {
            "token" => match source.access_token().await {
                Ok(token) => println!("token {}", digest(token.expose())),
                Err(error) => println!("error {error}"),
            },
            "call" => match zendesk.oauth_tokens().show_current().await {
                Ok(_) => println!("called"),
                Err(error) => println!("error {error} / {}", chain(&error)),
            },
            "refresh" => match source.refresh().await {
                Ok(()) => println!("refreshed"),
                Err(error) => println!("error {error}"),
            },
            _ => break,
        }
    }
    Ok(())
}

fn source(arguments: &Arguments) -> Result<TokenSource, Failure> {
    let open = Zendesk::at(&arguments.base_url).build()?;
    let client = OAuthClientCredentials::public(&arguments.client_id);
    let endpoint = TokenEndpoint::new(&open, client);
    let builder = match &arguments.place {
        Place::File(path) => TokenSource::builder(endpoint, FileStore::new(path)),
        Place::Redis { url, name } => {
            let client = redis::Client::open(url.as_str())?;
            let store = RedisStore::new(client, name, StoreKey::from_bytes(KEY))?;
            TokenSource::builder(endpoint, store)
        }
    };
    Ok(builder.lease(arguments.lease).build())
}

/// Enough to tell two tokens apart, and nothing of either.
fn digest(token: &str) -> String {
    let digest = Sha256::digest(token);
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = error.source();
    while let Some(error) = next {
        text.push_str(&error.to_string());
        text.push_str(" / ");
        next = error.source();
    }
    text
}
