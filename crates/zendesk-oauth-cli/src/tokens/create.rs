//! `zendesk-oauth tokens create`.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use zendesk_oauth::support::NewOAuthToken;

use super::SHAPE;
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, Sink, SinkFlags, show_request};
use crate::clients::ClientRef;
use crate::failure::Failure;
use crate::lifetime;
use crate::new_secret::{NewSecret, check_columns, failed, made};
use crate::output::{OutputFlags, talk};

#[derive(Args)]
pub(super) struct Create {
    /// OAuth client that the token is of, by its number or identifier
    #[arg(long, value_name = "CLIENT")]
    client_id: ClientRef,
    /// What it may do, such as read or tickets:write; several times, or with commas between, for several
    #[arg(
        long,
        visible_alias = "scopes",
        value_name = "SCOPE",
        value_delimiter = ',',
        required = true
    )]
    scope: Vec<String>,
    /// How long it is to last, from 5m to 48h. Zendesk may make it shorter: see the answer
    #[arg(long, value_name = "TIME", value_parser = lifetime::parse)]
    expires_in: Option<Duration>,
    /// How long a refresh token is to last if there is one, from 7d to 90d
    #[arg(long, value_name = "TIME", value_parser = lifetime::parse)]
    refresh_token_expires_in: Option<Duration>,
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
        let client_id = self.client_id.id(account).await?;
        let new = self.new_token(client_id);
        if self.change.dry_run {
            show_request(account, &self.output, async |zendesk| {
                zendesk.oauth_tokens().create(new).await
            })
            .await?;
            return Ok(ExitCode::SUCCESS);
        }
        check_columns(&self.sink, &self.output, &["full_token"])?;
        let sink = self.sink.prepare(&self.output)?;
        let look = format!(
            "the token may have been created all the same: look for it with `zendesk-oauth tokens list --client-id \
             {client_id} --sort=-created_at` before you create another"
        );
        made(&look, self.hand_over(account, new, &sink, &look)).await?;
        Ok(ExitCode::SUCCESS)
    }

    async fn hand_over(
        &self,
        account: &Account,
        new: NewOAuthToken,
        sink: &Sink,
        look: &str,
    ) -> Result<(), Failure> {
        let issued = account.zendesk().oauth_tokens().issue(new).await;
        let (mut record, token) = issued.map_err(|error| failed(error, look))?.into_parts();
        record.full_token = Some(token.clone());
        let id = record.id;
        let if_lost = format!(
            "the token {id} was created; if nobody has it, run `zendesk-oauth tokens revoke {id}` before you create \
             another"
        );
        let new_secret = NewSecret {
            name: "access_token",
            secret: &token,
            if_lost: &if_lost,
        };
        new_secret
            .hand_over(sink, &record, SHAPE, &self.output)
            .await?;
        if record.refresh_token.is_some() && !self.output.reveal {
            talk(
                "a refresh token came with it, which was not kept; Zendesk cuts it here, as far as is known",
            );
        }
        Ok(())
    }

    fn new_token(&self, client_id: i64) -> NewOAuthToken {
        let mut new = NewOAuthToken::new(client_id, &self.scope);
        if let Some(lifetime) = self.expires_in {
            new = new.expires_in(lifetime);
        }
        if let Some(lifetime) = self.refresh_token_expires_in {
            new = new.refresh_token_expires_in(lifetime);
        }
        new
    }
}
