//! `zendesk-oauth clients update`.

use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::support::{OAuthClientChanges, OAuthClientKind};

use super::client_ref::called;
use super::kind::Kind;
use super::{ClientRef, SHAPE};
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, confirm, show_request};
use crate::failure::Failure;
use crate::new_secret::{failed, made};
use crate::output::{OutputFlags, talk};

#[derive(Args)]
pub(super) struct Update {
    /// Number or identifier of the client
    client: ClientRef,
    /// Another name
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Another identifier; whoever uses the old one is refused from then on
    #[arg(long, value_name = "TEXT")]
    identifier: Option<String>,
    /// Another kind; this makes a new secret, and the old one dies at once
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// The redirect URIs, in place of all that it has; several times for several
    #[arg(long, value_name = "URI")]
    redirect_uri: Option<Vec<String>>,
    /// Another company; an empty text takes it away
    #[arg(long, value_name = "TEXT")]
    company: Option<String>,
    /// Another description; an empty text takes it away
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Number of the admin who is to own it. Whether Zendesk heeds it is unknown
    #[arg(long, value_name = "ID")]
    user_id: Option<i64>,
    #[command(flatten)]
    change: ChangeFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl Update {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        if self.changes().is_empty() {
            return Err(Failure::usage(
                "there is nothing to change: name at least one member, such as --name TEXT",
            ));
        }
        Account::visit(&self.account, async |account| self.update(account).await).await
    }

    async fn update(&self, account: &Account) -> Result<ExitCode, Failure> {
        if self.change.dry_run {
            let id = self.client.id(account).await?;
            show_request(account, &self.output, async |zendesk| {
                zendesk.oauth_clients().update(id, self.changes()).await
            })
            .await?;
            return Ok(ExitCode::SUCCESS);
        }
        let id = self.consent(account).await?;
        let update = account.zendesk().oauth_clients().update(id, self.changes());
        let Some(_) = self.kind else {
            self.output.item(&update.await?, SHAPE)?;
            return Ok(ExitCode::SUCCESS);
        };
        let consequence = format!(
            "if the client was of another kind, its old secret is dead, and `zendesk-oauth clients generate-secret {id}` \
             makes one that you get"
        );
        // The secret that this makes does not come back whole, but the old one is dead.
        made(&consequence, async {
            let client = update.await.map_err(|error| failed(error, &consequence))?;
            talk(&consequence);
            self.output.item(&client, SHAPE)
        })
        .await?;
        Ok(ExitCode::SUCCESS)
    }

    /// The client's number, once the person agrees to what dies or goes by the change.
    async fn consent(&self, account: &Account) -> Result<i64, Failure> {
        if self.change.yes || (self.kind.is_none() && self.redirect_uri.is_none()) {
            return self.client.id(account).await;
        }
        let client = self.client.record(account).await?;
        let mut losses = Vec::new();
        if let Some(kind) = self.kind
            && client.kind != Some(OAuthClientKind::from(kind))
        {
            losses.push(format!(
                "Change the kind of {}; it gets a new secret, and its old one dies at once",
                called(&client)
            ));
        }
        let before = client.redirect_uri.as_deref().unwrap_or_default();
        let after = self.redirect_uri.as_deref().unwrap_or(before);
        if before.iter().any(|uri| !after.contains(uri)) {
            losses.push(format!(
                "Replace the redirect URIs of {}: before {}; after {}. Nobody is sent back any more to one that goes",
                called(&client),
                before.join(", "),
                after.join(", ")
            ));
        }
        if !losses.is_empty() {
            confirm(self.change, &losses.join("; "), &client.identifier)?;
        }
        Ok(client.id)
    }

    fn changes(&self) -> OAuthClientChanges {
        let mut changes = OAuthClientChanges::new();
        if let Some(name) = &self.name {
            changes = changes.name(name);
        }
        if let Some(identifier) = &self.identifier {
            changes = changes.identifier(identifier);
        }
        if let Some(kind) = self.kind {
            changes = changes.kind(kind.into());
        }
        if let Some(uris) = &self.redirect_uri {
            changes = changes.redirect_uris(uris);
        }
        if let Some(company) = &self.company {
            changes = changes.company(company);
        }
        if let Some(description) = &self.description {
            changes = changes.description(description);
        }
        if let Some(user_id) = self.user_id {
            changes = changes.user_id(user_id);
        }
        changes
    }
}
