//! `zendesk-oauth chat-tokens list`.

use std::process::ExitCode;

use clap::Args;

use crate::account::{Account, AccountFlags};
use crate::failure::Failure;
use crate::output::{OutputFlags, Shape};

#[derive(Args)]
pub(super) struct List {
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

/// What a table shows of a Chat token.
const SHAPE: Shape = Shape(&[
    "id",
    "client_identifier",
    "agent_id",
    "scopes",
    "create_date",
    "expire_date",
]);

impl List {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| {
            let mut rows = self.output.rows(SHAPE);
            for token in account.zendesk().chat().list().await? {
                rows.push(&token)?;
            }
            rows.finish()?;
            Ok(ExitCode::SUCCESS)
        })
        .await
    }
}
