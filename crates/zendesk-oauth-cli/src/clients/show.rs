//! `zendesk-oauth clients show`.

use std::process::ExitCode;

use clap::Args;

use super::{ClientRef, SHAPE};
use crate::account::{Account, AccountFlags};
use crate::failure::Failure;
use crate::output::OutputFlags;

#[derive(Args)]
pub(super) struct Show {
    /// Number or identifier of the client
    client: ClientRef,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl Show {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| {
            let client = self.client.record(account).await?;
            self.output.item(&client, SHAPE)?;
            Ok(ExitCode::SUCCESS)
        })
        .await
    }
}
