//! `zendesk-oauth tokens list`.

use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::support::OAuthTokenFilter;

use super::SHAPE;
use crate::account::{Account, AccountFlags};
use crate::clients::ClientRef;
use crate::failure::Failure;
use crate::listing::{ListFlags, Listing};
use crate::output::OutputFlags;

#[derive(Args)]
pub(super) struct List {
    /// Tokens of all users of the account, and not only yours
    #[arg(long)]
    all: bool,
    /// Expired tokens, too
    #[arg(long, requires = "all")]
    include_expired: bool,
    /// Only tokens of this OAuth client, by its number or identifier
    #[arg(long, value_name = "CLIENT")]
    client_id: Option<ClientRef>,
    /// Only tokens of this global OAuth client, by its number
    #[arg(long, value_name = "ID")]
    global_client_id: Option<i64>,
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
            let filter = self.filter(account).await?;
            let tokens = account.zendesk().oauth_tokens();
            let list = Listing {
                by_cursor: tokens.list(filter),
                by_offset: tokens.list_by_offset(filter),
            };
            self.list.print(list, &self.output, SHAPE).await?;
            Ok(ExitCode::SUCCESS)
        })
        .await
    }

    async fn filter(&self, account: &Account) -> Result<OAuthTokenFilter, Failure> {
        let mut filter = if self.all {
            OAuthTokenFilter::of_everyone()
        } else {
            OAuthTokenFilter::mine()
        };
        if self.include_expired {
            filter = filter.include_expired();
        }
        if let Some(client) = &self.client_id {
            filter = filter.client_id(client.id(account).await?);
        }
        if let Some(id) = self.global_client_id {
            filter = filter.global_client_id(id);
        }
        Ok(filter)
    }
}
