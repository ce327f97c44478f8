//! `zendesk-oauth chat-tokens revoke`.

use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::chat::ChatOAuthToken;

use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, confirm, show_request};
use crate::failure::Failure;
use crate::output::{OutputFlags, complain};
use crate::text::printable;
use crate::tokens::{OneByOne, distinct, listed};

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
                    last = zendesk.chat().revoke(id).await;
                }
                last
            })
            .await?;
            return Ok(ExitCode::SUCCESS);
        }
        let chat = account.zendesk().chat();
        let own = account.own_chat_token();
        let tokens = match chat.list().await {
            Ok(tokens) => tokens,
            // Whatever keeps the list away is told by what comes next.
            Err(_) if self.change.yes => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let own = tokens.iter().find(|token| own.is_chat(token));
        let own = own.map(|token| token.id);
        if !self.change.yes {
            confirm(self.change, &question(&tokens, &ids, own), &listed(&ids))?;
        } else if let Some(own) = own.filter(|own| ids.contains(own)) {
            complain(format_args!(
                "warning: this command runs on the Chat token {own}; after it is revoked, its access to Chat is over"
            ));
        }
        // After it nothing could be revoked any more.
        ids.sort_by_key(|id| Some(*id) == own);
        OneByOne::new(&self.output, "Chat token", &ids)
            .revoke(|id| chat.revoke(id))
            .await
    }
}

fn question(tokens: &[ChatOAuthToken], ids: &[i64], own: Option<i64>) -> String {
    let called = ids.iter().map(|id| {
        let found = tokens.iter().find(|token| token.id == *id);
        let mut text = found.map_or_else(
            || format!("the Chat token {id}, which is in no list of yours"),
            called,
        );
        if Some(*id) == own {
            text.push_str(", WHICH THIS COMMAND RUNS ON");
        }
        text
    });
    let all: Vec<String> = called.collect();
    format!("Revoke {}", all.join("; "))
}

fn called(token: &ChatOAuthToken) -> String {
    let text = |text: &Option<String>| printable(text.as_deref().unwrap_or("unknown"));
    format!(
        "the Chat token {} (of client {}, scopes {})",
        token.id,
        text(&token.client_identifier),
        text(&token.scopes)
    )
}
