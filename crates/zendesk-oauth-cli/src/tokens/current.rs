//! `zendesk-oauth tokens current` and `revoke-current`.

use std::process::ExitCode;

use clap::Args;

use super::SHAPE;
use super::revoke::called;
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, confirm, show_request};
use crate::failure::Failure;
use crate::output::{OutputFlags, talk};

#[derive(Args)]
pub(super) struct Current {
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl Current {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| {
            let token = account.zendesk().oauth_tokens().show_current().await?;
            self.output.item(&token, SHAPE)?;
            Ok(ExitCode::SUCCESS)
        })
        .await
    }
}

#[derive(Args)]
pub(super) struct RevokeCurrent {
    #[command(flatten)]
    change: ChangeFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl RevokeCurrent {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| self.revoke(account).await).await
    }

    async fn revoke(&self, account: &Account) -> Result<ExitCode, Failure> {
        if self.change.dry_run {
            show_request(account, &self.output, async |zendesk| {
                zendesk.oauth_tokens().revoke_current().await
            })
            .await?;
            return Ok(ExitCode::SUCCESS);
        }
        let tokens = account.zendesk().oauth_tokens();
        if !self.change.yes {
            let token = tokens.show_current().await?;
            let what = format!(
                "Revoke {}, which this command runs on; every call with it is refused from then on",
                called(&token)
            );
            confirm(self.change, &what, &token.id.to_string())?;
        }
        tokens.revoke_current().await?;
        talk("the token that this command ran on is revoked");
        Ok(ExitCode::SUCCESS)
    }
}
