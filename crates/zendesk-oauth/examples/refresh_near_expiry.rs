//! Waits for a connection that somebody else makes, and keeps its token fresh: refreshes it only
//! when it is about to expire.
//!
//! The variables are those of the example `connect`; run it with
//! `cargo run -p zendesk-oauth --example refresh_near_expiry my_connection`.

use std::env;
use std::error::Error;
use std::time::Duration;

use zendesk_oauth::zis::{REFRESH_MARGIN, Refreshed, Zis};
use zendesk_oauth::{Credentials, Zendesk};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let integration = env::var("ZENDESK_INTEGRATION")?;
    let zendesk = Zendesk::at(&env::var("ZENDESK_URL")?)
        .zis(
            &integration,
            Credentials::bearer(env::var("ZENDESK_ZIS_TOKEN")?),
        )
        .build()?;
    let connection = env::args().nth(1).ok_or("name a connection")?;
    let zis = zendesk.zis(&integration);
    zis.wait_until_ready(&connection)
        .deadline(Duration::from_secs(60))
        .await?;
    match run(&zis, &connection).await? {
        Refreshed::NotNeeded(_) => println!("The token is good for a while."),
        Refreshed::Done(_) => println!("The token is new."),
        _ => println!("Nobody knows when the token expires; refresh it when it is refused."),
    }
    Ok(())
}

/// What to do before the token is used.
pub(crate) async fn run(zis: &Zis, connection: &str) -> Result<Refreshed, zendesk_oauth::Error> {
    zis.refresh_if_near_expiry(connection, REFRESH_MARGIN).await
}
