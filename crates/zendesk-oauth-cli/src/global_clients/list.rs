//! `zendesk-oauth global-clients list`.

use std::process::ExitCode;

use clap::Args;

use super::SHAPE;
use crate::account::{Account, AccountFlags};
use crate::failure::Failure;
use crate::listing::{ListFlags, Listing};
use crate::output::OutputFlags;

#[derive(Args)]
pub(super) struct List {
    #[command(flatten)]
    list: ListFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl List {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| {
            let clients = account.zendesk().global_oauth_clients();
            let list = Listing {
                by_cursor: clients.list(),
                by_offset: clients.list_by_offset(),
            };
            self.list.print(list, &self.output, SHAPE).await?;
            Ok(ExitCode::SUCCESS)
        })
        .await
    }
}
