//! The account at the sandbox: what there was, and that there is no more after each cycle.

use std::collections::BTreeSet;

use zendesk_oauth::Zendesk;
use zendesk_oauth::support::{NewOAuthClient, OAuthTokenFilter};

use crate::Failure;
use crate::login::REDIRECT_URI;

/// More than there ever are.
const MOST: usize = 1_000_000;

/// So many that lists have pages.
const CLIENTS: usize = 40;

/// The records that stay.
#[derive(Default)]
pub(crate) struct Account {
    clients: BTreeSet<i64>,
    tokens: BTreeSet<i64>,
}

impl Account {
    /// Makes what stays, and notes what there is.
    pub(crate) async fn furnish(zendesk: &Zendesk, logins: &[String]) -> Result<Self, Failure> {
        let clients = zendesk.oauth_clients();
        for number in 0..CLIENTS {
            let identifier = format!("stays_{number}");
            let new = NewOAuthClient::confidential("Stays", identifier);
            clients.create(new.redirect_uris([REDIRECT_URI])).await?;
        }
        for login in logins {
            let new = NewOAuthClient::public("Login", login.as_str(), REDIRECT_URI);
            clients.create(new).await?;
        }
        Ok(Self {
            clients: client_ids(zendesk).await?,
            tokens: token_ids(zendesk).await?,
        })
    }

    /// Deletes what came since, but the tokens of these logins. What is wrong afterwards is returned.
    pub(crate) async fn clear(
        &self,
        zendesk: &Zendesk,
        logins: &BTreeSet<i64>,
    ) -> Result<Option<String>, Failure> {
        for id in client_ids(zendesk).await?.difference(&self.clients) {
            zendesk.oauth_clients().delete(*id).await?;
        }
        let expected: BTreeSet<i64> = self.tokens.union(logins).copied().collect();
        for id in token_ids(zendesk).await?.difference(&expected) {
            zendesk.oauth_tokens().revoke(*id).await?;
        }
        let (clients, tokens) = (client_ids(zendesk).await?, token_ids(zendesk).await?);
        let is_as_before = clients == self.clients && tokens == expected;
        Ok((!is_as_before).then(|| {
            format!(
                "the account is not what it was: {} clients of {}, {} tokens of {}",
                clients.len(),
                self.clients.len(),
                tokens.len(),
                expected.len()
            )
        }))
    }
}

async fn client_ids(zendesk: &Zendesk) -> Result<BTreeSet<i64>, Failure> {
    let list = zendesk.oauth_clients().list().page_size(100);
    let clients = list.all(MOST).await?;
    Ok(clients.iter().map(|client| client.id).collect())
}

async fn token_ids(zendesk: &Zendesk) -> Result<BTreeSet<i64>, Failure> {
    let filter = OAuthTokenFilter::of_everyone().include_expired();
    let list = zendesk.oauth_tokens().list(filter).page_size(100);
    let tokens = list.all(MOST).await?;
    Ok(tokens.iter().map(|token| token.id).collect())
}
