//! `zendesk-oauth tokens show`.

use std::process::ExitCode;

use clap::Args;

use super::SHAPE;
use crate::account::{Account, AccountFlags};
use crate::failure::Failure;
use crate::output::OutputFlags;

#[derive(Args)]
pub(super) struct Show {
    /// Number of the token
    id: i64,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl Show {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| {
            let token = account.zendesk().oauth_tokens().show(self.id).await?;
            self.output.item(&token, SHAPE)?;
            Ok(ExitCode::SUCCESS)
        })
        .await
    }
}
