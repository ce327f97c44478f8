//! Logins whose tokens are kept fresh, and the end of what they began.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use zendesk_oauth::Zendesk;
use zendesk_oauth::token::{FileStore, OAuthClientCredentials, TokenEndpoint, TokenSource};

use crate::config::{LoginEntry, make_private};
use crate::failure::Failure;

/// How long the end of a command waits for a refresh.
const AT_THE_END: Duration = Duration::from_secs(15);

/// Every login that this process opened.
static OPENED: Mutex<Vec<TokenSource>> = Mutex::new(Vec::new());

/// The login whose tokens lie in this folder. Nothing is sent.
pub(crate) fn open(url: &str, login: &LoginEntry, folder: &Path) -> Result<TokenSource, Failure> {
    if let Some(parent) = folder.parent() {
        make_private(parent)?;
    }
    let endpoint = endpoint(url, login)?;
    let mut builder = TokenSource::builder(endpoint, FileStore::new(folder));
    if login.is_client_credentials {
        builder = builder.client_credentials(&login.scopes);
    }
    let source = builder.build();
    let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
    opened.push(source.clone());
    Ok(source)
}

/// The account's token endpoint, as this client.
pub(crate) fn endpoint(url: &str, login: &LoginEntry) -> Result<TokenEndpoint, Failure> {
    let client = match &login.client_secret {
        Some(secret) => OAuthClientCredentials::confidential(&login.client_id, secret.clone()),
        None => OAuthClientCredentials::public(&login.client_id),
    };
    let zendesk = Zendesk::at(url).user_agent(super::USER_AGENT).build()?;
    Ok(TokenEndpoint::new(&zendesk, client))
}

fn opened() -> Vec<TokenSource> {
    OPENED
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone()
}

/// Whether a refresh is under way, or tokens that came are not stored yet.
pub(crate) fn is_refreshing() -> bool {
    opened().iter().any(|source| {
        let state = source.state();
        state.is_refreshing || state.is_unsaved
    })
}

/// Waits for refreshes that are under way, so that no token that was issued is lost; within bounds.
pub(crate) async fn settle_all() {
    let opened = opened();
    let settled = async {
        for source in &opened {
            source.settled().await;
        }
    };
    if tokio::time::timeout(AT_THE_END, settled).await.is_err() {
        crate::output::complain(
            "a refresh of the login did not end in time; if the next command says that the login is over, log in again",
        );
    }
}
