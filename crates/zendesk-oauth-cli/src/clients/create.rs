//! `zendesk-oauth clients create`.

use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::Error;
use zendesk_oauth::support::NewOAuthClient;

use super::SHAPE;
use super::client_ref::called;
use super::kind::Kind;
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, Sink, SinkFlags, show_request};
use crate::failure::Failure;
use crate::new_secret::{NewSecret, check_columns, failed, has_place, made};
use crate::output::OutputFlags;
use crate::text::printable;

#[derive(Args)]
pub(super) struct Create {
    /// Name, as people see it
    #[arg(long, value_name = "TEXT")]
    name: String,
    /// Identifier: the client_id of OAuth, which no other client of the account may have
    #[arg(long, value_name = "TEXT")]
    identifier: String,
    /// Whether it can keep a secret
    #[arg(long, value_enum)]
    kind: Kind,
    /// Where people may be sent back to with a code; several times for several. A public client needs one
    #[arg(long, value_name = "URI", required_if_eq("kind", "public"))]
    redirect_uri: Vec<String>,
    /// Company that people see when they are asked for access
    #[arg(long, value_name = "TEXT")]
    company: Option<String>,
    /// Text that people see when they are asked for access
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Number of the admin who is to own it. Best left out; whether Zendesk heeds it is unknown
    #[arg(long, value_name = "ID")]
    user_id: Option<i64>,
    #[command(flatten)]
    change: ChangeFlags,
    #[command(flatten)]
    sink: SinkFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl Create {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| self.create(account).await).await
    }

    async fn create(&self, account: &Account) -> Result<ExitCode, Failure> {
        let new = self.new_client();
        if self.change.dry_run {
            show_request(account, &self.output, async |zendesk| {
                zendesk.oauth_clients().create(new).await
            })
            .await?;
            return Ok(ExitCode::SUCCESS);
        }
        match self.kind {
            Kind::Confidential => self.confidential(account, new).await,
            Kind::Public => self.public(account, new).await,
        }
    }

    fn new_client(&self) -> NewOAuthClient {
        let (name, identifier) = (&self.name, &self.identifier);
        let mut new = match (self.kind, self.redirect_uri.first()) {
            (Kind::Public, Some(uri)) => NewOAuthClient::public(name, identifier, uri),
            _ => NewOAuthClient::confidential(name, identifier),
        };
        if !self.redirect_uri.is_empty() {
            new = new.redirect_uris(&self.redirect_uri);
        }
        if let Some(company) = &self.company {
            new = new.company(company);
        }
        if let Some(description) = &self.description {
            new = new.description(description);
        }
        if let Some(user_id) = self.user_id {
            new = new.user_id(user_id);
        }
        new
    }

    async fn confidential(
        &self,
        account: &Account,
        new: NewOAuthClient,
    ) -> Result<ExitCode, Failure> {
        check_columns(&self.sink, &self.output, &["secret"])?;
        let sink = self.sink.prepare(&self.output)?;
        made(&self.look(), self.register(account, new, &sink)).await?;
        Ok(ExitCode::SUCCESS)
    }

    async fn register(
        &self,
        account: &Account,
        new: NewOAuthClient,
        sink: &Sink,
    ) -> Result<(), Failure> {
        let registered = account.zendesk().oauth_clients().register(new).await;
        let (mut client, secret) = registered.map_err(|error| self.failed(error))?.into_parts();
        client.secret = Some(secret.clone());
        let id = client.id;
        let if_lost = format!(
            "{} was created; if nobody has its secret, run `zendesk-oauth clients generate-secret {id}`, or \
             `zendesk-oauth clients delete {id}`",
            called(&client)
        );
        let new_secret = NewSecret {
            name: "client_secret",
            secret: &secret,
            if_lost: &if_lost,
        };
        new_secret
            .hand_over(sink, &client, SHAPE, &self.output)
            .await
    }

    async fn public(&self, account: &Account, new: NewOAuthClient) -> Result<ExitCode, Failure> {
        if has_place(&self.sink) {
            return Err(Failure::usage(
                "a public client keeps no secret: leave out the file, variable or command for it",
            ));
        }
        let created = account.zendesk().oauth_clients().create(new).await;
        let client = created.map_err(|error| self.failed(error))?;
        self.output.item(&client, SHAPE)?;
        Ok(ExitCode::SUCCESS)
    }

    fn failed(&self, error: Error) -> Failure {
        if let Some(client) = error.oauth_client() {
            let id = client.id;
            let text = format!(
                "{} was created, but no whole secret of it came back: run `zendesk-oauth clients generate-secret \
                 {id}`, or `zendesk-oauth clients delete {id}`",
                called(client)
            );
            return Failure::from(error).during(text);
        }
        failed(error, &self.look())
    }

    fn look(&self) -> String {
        format!(
            "the client may have been created all the same: look for it with `zendesk-oauth clients show {}` before \
             you create it again",
            printable(&self.identifier)
        )
    }
}
