//! `zendesk-oauth tokens revoke`.

use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::support::SupportOAuthToken;

use super::{OneByOne, distinct, listed};
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, confirm, show_request};
use crate::failure::Failure;
use crate::output::{OutputFlags, complain};
use crate::text::printable;

#[derive(Args)]
pub(super) struct Revoke {
    /// Numbers of the tokens
    #[arg(required = true, value_name = "ID")]
    ids: Vec<i64>,
    #[command(flatten)]
    change: ChangeFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl Revoke {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| self.revoke(account).await).await
    }

    async fn revoke(&self, account: &Account) -> Result<ExitCode, Failure> {
        let mut ids = distinct(&self.ids);
        if self.change.dry_run {
            show_request(account, &self.output, async |zendesk| {
                let mut last = Ok(());
                for id in ids {
                    last = zendesk.oauth_tokens().revoke(id).await;
                }
                last
            })
            .await?;
            return Ok(ExitCode::SUCCESS);
        }
        let own = own_token(account).await;
        if self.change.yes {
            warn(account, &ids, own).await;
        } else {
            let what = question(account, &ids, own).await?;
            confirm(self.change, &what, &listed(&ids))?;
        }
        // After it nothing could be revoked any more.
        ids.sort_by_key(|id| Some(*id) == own);
        let tokens = account.zendesk().oauth_tokens();
        OneByOne::new(&self.output, "token", &ids)
            .revoke(|id| tokens.revoke(id))
            .await
    }
}

/// The number of the token that this command runs on, if it runs on one.
async fn own_token(account: &Account) -> Option<i64> {
    let current = account.zendesk().oauth_tokens().show_current();
    current.await.ok().map(|token| token.id)
}

/// Says which of them the command runs on, for those who do not want to be asked.
async fn warn(account: &Account, ids: &[i64], own: Option<i64>) {
    let zis = account.own_zis_token();
    for id in ids {
        if Some(*id) == own {
            complain(format_args!(
                "warning: this command runs on the token {id}; after it is revoked, its access to Support is over"
            ));
        }
        if !zis.is_there() {
            continue;
        }
        let shown = account.zendesk().oauth_tokens().show(*id).await;
        if shown.is_ok_and(|token| zis.is_support(&token)) {
            complain(format_args!(
                "warning: the token {id} is the ZIS token of this command; after it is revoked, its access to ZIS is over"
            ));
        }
    }
}

async fn question(account: &Account, ids: &[i64], own: Option<i64>) -> Result<String, Failure> {
    let tokens = account.zendesk().oauth_tokens();
    let zis = account.own_zis_token();
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        let mut is_zis = false;
        let mut text = match tokens.show(*id).await {
            Ok(token) => {
                is_zis = zis.is_support(&token);
                called(&token)
            }
            // The others may be there; that one is reported when its turn comes.
            Err(error) if error.is_not_found() && ids.len() > 1 => {
                format!("the token {id}, which is not there")
            }
            Err(error) => return Err(error.into()),
        };
        if Some(*id) == own {
            text.push_str(", WHICH THIS COMMAND RUNS ON");
        }
        if is_zis {
            text.push_str(", WHICH IS THE ZIS TOKEN OF THIS COMMAND");
        }
        all.push(text);
    }
    Ok(format!("Revoke {}", all.join("; ")))
}

/// What a token is called in questions.
pub(super) fn called(token: &SupportOAuthToken) -> String {
    let number = |id: Option<i64>| id.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
    let scopes = token.scopes.as_deref().unwrap_or_default().join(" ");
    format!(
        "the token {} (of client {}, of user {}, scopes {})",
        token.id,
        number(token.client_id),
        number(token.user_id),
        printable(&scopes)
    )
}
