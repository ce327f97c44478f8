//! `zendesk-oauth global-clients show`.

use std::process::ExitCode;

use clap::Args;

use super::SHAPE;
use crate::account::{Account, AccountFlags};
use crate::failure::Failure;
use crate::output::OutputFlags;

#[derive(Args)]
pub(super) struct Show {
    /// Number of the global client
    id: i64,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl Show {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| {
            let clients = account.zendesk().global_oauth_clients();
            let client = clients.show(self.id).await?;
            self.output.item(&client, SHAPE)?;
            Ok(ExitCode::SUCCESS)
        })
        .await
    }
}
