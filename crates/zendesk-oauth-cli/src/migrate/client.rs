//! The OAuth client of the new way: made, or one that is there.

use serde::Serialize;
use zendesk_oauth::support::{NewOAuthClient, OAuthClient, OAuthClientKind};
use zendesk_oauth::{Secret, Zendesk};

use crate::failure::{Failure, Kind};
use crate::text::printable;

/// By which people know the client in Admin Center.
pub(super) const DESCRIPTION: &str = "Made by zendesk-oauth migrate, in the place of an API token";

/// The client, without its secret.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ClientRecord {
    pub(super) id: i64,
    pub(super) identifier: String,
    pub(super) name: String,
    /// As whom its tokens act.
    pub(super) user_id: Option<i64>,
    /// Whether this run made it.
    pub(super) is_new: bool,
}

impl ClientRecord {
    fn of(client: &OAuthClient, is_new: bool) -> Self {
        Self {
            id: client.id,
            identifier: client.identifier.clone(),
            name: printable(&client.name),
            user_id: client.user_id,
            is_new,
        }
    }

    /// What is there when something goes wrong now, and the two ways from there.
    pub(super) fn what_is_left(&self) -> String {
        let Self { id, identifier, .. } = self;
        if self.is_new {
            format!(
                "no profile was written; the OAuth client {id} ({identifier}) was made and is there: undo it with \
                 `zendesk-oauth clients delete {id}`, or go on with `--client {id}`, for which its secret is needed; \
                 `zendesk-oauth clients generate-secret {id}` makes another"
            )
        } else {
            format!("no profile was written; the OAuth client {id} ({identifier}) is as it was")
        }
    }
}

/// What a client is called by.
#[derive(Clone, Copy)]
pub(super) enum Key<'a> {
    Id(i64),
    Identifier(&'a str),
}

impl<'a> Key<'a> {
    /// A number is an id.
    pub(super) fn of(text: &'a str) -> Self {
        text.parse().map_or(Self::Identifier(text), Self::Id)
    }
}

/// Looks for a client that can be used.
pub(super) async fn find(zendesk: &Zendesk, key: Key<'_>) -> Result<Option<ClientRecord>, Failure> {
    let found = match key {
        Key::Id(id) => match zendesk.oauth_clients().show(id).await {
            Ok(client) => Some(client),
            Err(error) if error.is_not_found() => None,
            Err(error) => return Err(no_admin(error)),
        },
        Key::Identifier(text) => of_identifier(zendesk, text).await?,
    };
    if let Some(client) = &found
        && client
            .kind
            .as_ref()
            .is_some_and(|it| *it != OAuthClientKind::Confidential)
    {
        return Err(Failure::usage(format!(
            "the OAuth client {} ({}) is not confidential, and only such a one gets tokens without a person: make another \
             with --identifier",
            client.id, client.identifier
        )));
    }
    Ok(found.map(|client| ClientRecord::of(&client, false)))
}

async fn of_identifier(
    zendesk: &Zendesk,
    identifier: &str,
) -> Result<Option<OAuthClient>, Failure> {
    let mut clients = zendesk.oauth_clients().list().items();
    while let Some(client) = clients.next().await {
        let client = client.map_err(no_admin)?;
        if client.identifier == identifier {
            return Ok(Some(client));
        }
    }
    Ok(None)
}

/// The refusal to make what is there already.
pub(super) fn is_there(client: &ClientRecord) -> Failure {
    let ClientRecord { id, identifier, .. } = client;
    Failure::failed(format!(
        "there is an OAuth client {identifier} already, maybe of an earlier run: go on with `--client {id} \
         --client-secret-file FILE` instead of --identifier; if nobody kept its secret, \
         `zendesk-oauth clients generate-secret {id} --secret-file FILE` makes another, and the old one stops at once"
    ))
}

/// Makes a confidential client.
pub(super) async fn create(
    zendesk: &Zendesk,
    identifier: &str,
    name: &str,
) -> Result<(ClientRecord, Secret), Failure> {
    let new = NewOAuthClient::confidential(name, identifier).description(DESCRIPTION);
    match zendesk.oauth_clients().register(new).await {
        Ok(registered) => {
            let (client, secret) = registered.into_parts();
            Ok((ClientRecord::of(&client, true), secret))
        }
        Err(error) => Err(not_created(zendesk, identifier, error).await),
    }
}

async fn not_created(zendesk: &Zendesk, identifier: &str, error: zendesk_oauth::Error) -> Failure {
    if let Some(client) = error.oauth_client() {
        let left = ClientRecord::of(client, true).what_is_left();
        return Failure::from(error).during(left);
    }
    // Somebody else may have taken the identifier since, or the answer was lost on its way.
    if (error.is_validation() || error.is_conflict() || error.is_transport())
        && let Ok(Some(client)) = of_identifier(zendesk, identifier).await
    {
        let there = is_there(&ClientRecord::of(&client, false));
        return Failure::from(error).during(there);
    }
    no_admin(error)
}

fn no_admin(error: zendesk_oauth::Error) -> Failure {
    if error.is_forbidden() {
        let text = "OAuth clients are for admins, and the API token's user is none: have an admin do this, or make the client \
                    and give you its id and secret";
        return Failure::new(Kind::Auth, text).because(error);
    }
    error.into()
}
