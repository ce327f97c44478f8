//! `zendesk-oauth clients delete`.

use std::process::ExitCode;

use clap::Args;

use super::ClientRef;
use super::client_ref::called;
use super::profiles::Logins;
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, confirm, show_request};
use crate::failure::Failure;
use crate::output::{OutputFlags, talk};

#[derive(Args)]
pub(super) struct Delete {
    /// Number or identifier of the client
    client: ClientRef,
    #[command(flatten)]
    change: ChangeFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl Delete {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| self.delete(account).await).await
    }

    async fn delete(&self, account: &Account) -> Result<ExitCode, Failure> {
        if self.change.dry_run {
            let id = self.client.id(account).await?;
            show_request(account, &self.output, async |zendesk| {
                zendesk.oauth_clients().delete(id).await
            })
            .await?;
            return Ok(ExitCode::SUCCESS);
        }
        let (id, logins) = self.consent(account).await?;
        account.zendesk().oauth_clients().delete(id).await?;
        talk(format_args!(
            "the OAuth client {id} is deleted, and its tokens no longer work"
        ));
        logins.without_client().iter().for_each(talk);
        Ok(ExitCode::SUCCESS)
    }

    async fn consent(&self, account: &Account) -> Result<(i64, Logins), Failure> {
        let logins = Logins::at(account)?;
        if self.change.yes && logins.is_empty() {
            return Ok((self.client.id(account).await?, logins));
        }
        let client = self.client.record(account).await?;
        let logins = logins.of(&client);
        let what = format!(
            "Delete {}; its tokens stop to work at once{}",
            called(&client),
            logins.in_question()
        );
        confirm(self.change, &what, &client.identifier)?;
        Ok((client.id, logins))
    }
}
