//! `zendesk-oauth global-clients summary`.

use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::support::TokenSummaryFilter;

use crate::account::{Account, AccountFlags};
use crate::failure::Failure;
use crate::listing::{ListFlags, Listing};
use crate::output::{OutputFlags, Shape};

#[derive(Args)]
pub(super) struct Summary {
    /// Only tokens of this global OAuth client, by its number
    #[arg(long, value_name = "ID")]
    global_client_id: Option<i64>,
    /// Count expired tokens, too
    #[arg(long)]
    include_expired: bool,
    #[command(flatten)]
    list: ListFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

/// What a table shows of a count.
const SHAPE: Shape = Shape(&["id", "tokens_count", "last_used_at"]);

impl Summary {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| {
            let clients = account.zendesk().global_oauth_clients();
            let list = Listing {
                by_cursor: clients.token_summaries(self.filter()),
                by_offset: clients.token_summaries_by_offset(self.filter()),
            };
            self.list.print(list, &self.output, SHAPE).await?;
            Ok(ExitCode::SUCCESS)
        })
        .await
    }

    fn filter(&self) -> TokenSummaryFilter {
        let mut filter = TokenSummaryFilter::new();
        if let Some(id) = self.global_client_id {
            filter = filter.global_client_id(id);
        }
        if self.include_expired {
            filter = filter.include_expired();
        }
        filter
    }
}
