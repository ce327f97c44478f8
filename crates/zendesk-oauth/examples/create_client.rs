//! Creates an OAuth client and receives its secret, which Zendesk shows once: into a file that only
//! its owner can read.
//!
//! Against the sandbox: `cargo run -- sandbox` prints the variables' values.
//!
//! ```sh
//! export ZENDESK_URL=https://acme.zendesk.com ZENDESK_TOKEN=…     # an administrator's
//! cargo run -p zendesk-oauth --example create_client -- "Acme nightly" acme_nightly secret.txt
//! ```

use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use zendesk_oauth::support::NewOAuthClient;
use zendesk_oauth::{Credentials, Zendesk};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, identifier, file] = arguments.as_slice() else {
        return Err("give the client's name, its identifier and a file for the secret".into());
    };
    let token = std::env::var("ZENDESK_TOKEN")?;
    let zendesk = Zendesk::at(&std::env::var("ZENDESK_URL")?)
        .support(Credentials::bearer(token))
        .build()?;
    run(
        &zendesk,
        name,
        identifier,
        Path::new(file),
        &mut io::stdout(),
    )
    .await
}

/// The file comes first: where it cannot be written, no client is made whose secret would be lost.
pub(crate) async fn run(
    zendesk: &Zendesk,
    name: &str,
    identifier: &str,
    file: &Path,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let mut secret_file = new_private_file(file)?;
    let new = NewOAuthClient::confidential(name, identifier);
    let registered = match zendesk.oauth_clients().register(new).await {
        Ok(registered) => registered,
        Err(error) => {
            std::fs::remove_file(file)?;
            return Err(error.into());
        }
    };
    let (client, secret) = registered.into_parts();
    secret_file.write_all(secret.expose().as_bytes())?;
    secret_file.sync_all()?;
    writeln!(out, "created {} with id {}", client.identifier, client.id)?;
    writeln!(out, "its secret is in {}", file.display())?;
    Ok(())
}

/// A file that was not there before, and that nobody else can read from the first moment on.
fn new_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
