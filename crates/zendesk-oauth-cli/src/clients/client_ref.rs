//! An OAuth client, as a person names it: by its number or by its identifier.

use std::convert::Infallible;
use std::str::FromStr;

use zendesk_oauth::support::OAuthClient;

use crate::account::Account;
use crate::failure::{Failure, Kind};
use crate::text::printable;

/// The number of a client, or its identifier. What consists of digits is a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ClientRef {
    Id(i64),
    Identifier(String),
}

impl FromStr for ClientRef {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let is_number = text.bytes().all(|it| it.is_ascii_digit());
        Ok(match text.parse() {
            Ok(id) if is_number => Self::Id(id),
            _ => Self::Identifier(text.to_owned()),
        })
    }
}

impl ClientRef {
    /// Its number. An identifier is looked up in the list of clients.
    pub(crate) async fn id(&self, account: &Account) -> Result<i64, Failure> {
        match self {
            Self::Id(id) => Ok(*id),
            Self::Identifier(identifier) => Ok(find(account, identifier).await?.id),
        }
    }

    /// The client.
    pub(crate) async fn record(&self, account: &Account) -> Result<OAuthClient, Failure> {
        match self {
            Self::Id(id) => Ok(account.zendesk().oauth_clients().show(*id).await?),
            Self::Identifier(identifier) => find(account, identifier).await,
        }
    }
}

/// The one client with that identifier. All are looked at: of two that have it, neither can be meant.
async fn find(account: &Account, identifier: &str) -> Result<OAuthClient, Failure> {
    let shown = printable(identifier);
    let mut clients = account.zendesk().oauth_clients().list().items();
    let mut found: Option<OAuthClient> = None;
    while let Some(client) = clients.next().await {
        let client = client?;
        if client.identifier != identifier {
            continue;
        }
        if let Some(other) = found {
            let text = format!(
                "{shown}: the clients {} and {} have this identifier; name the one that is meant by its number",
                other.id, client.id
            );
            return Err(Failure::new(Kind::NotFound, text));
        }
        found = Some(client);
    }
    found.ok_or_else(|| {
        let text = format!(
            "{shown}: no OAuth client of the account has this identifier; `zendesk-oauth clients list` shows them"
        );
        Failure::new(Kind::NotFound, text)
    })
}

/// What a client is called in questions and messages.
pub(super) fn called(client: &OAuthClient) -> String {
    format!(
        "the OAuth client {} (identifier {}, {})",
        client.id,
        printable(&client.identifier),
        printable(&client.name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_a_number_and_all_else_is_an_identifier() {
        let read = |text: &str| text.parse::<ClientRef>().unwrap();
        assert_eq!(read("223443"), ClientRef::Id(223_443));
        for text in ["test_client", "+5", "-5", "12a", "99999999999999999999", ""] {
            assert_eq!(read(text), ClientRef::Identifier(text.to_owned()));
        }
    }
}
