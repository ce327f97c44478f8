//! `zendesk-oauth clients list` and `list-mine`.

use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::support::OAuthClient;

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
    pub(super) async fn run_all(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| {
            let clients = account.zendesk().oauth_clients();
            let list = Listing {
                by_cursor: clients.list(),
                by_offset: clients.list_by_offset(),
            };
            self.print(list).await
        })
        .await
    }

    pub(super) async fn run_mine(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| {
            let clients = account.zendesk().oauth_clients();
            let list = Listing {
                by_cursor: clients.list_my(),
                by_offset: clients.list_my_by_offset(),
            };
            self.print(list).await
        })
        .await
    }

    async fn print(&self, list: Listing<OAuthClient>) -> Result<ExitCode, Failure> {
        self.list.print(list, &self.output, SHAPE).await?;
        Ok(ExitCode::SUCCESS)
    }
}
