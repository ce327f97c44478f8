//! `zendesk-oauth clients generate-secret`.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;
use zendesk_oauth::{Error, Secret};

use super::ClientRef;
use super::client_ref::called;
use super::profiles::Logins;
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, Sink, SinkFlags, confirm, show_request};
use crate::failure::Failure;
use crate::new_secret::{NewSecret, check_columns, failed, made};
use crate::output::{OutputFlags, Shape, talk};

#[derive(Args)]
pub(super) struct GenerateSecret {
    /// Number or identifier of the client
    client: ClientRef,
    #[command(flatten)]
    change: ChangeFlags,
    #[command(flatten)]
    sink: SinkFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

/// What is printed.
#[derive(Serialize)]
struct Generated {
    id: i64,
    secret: Secret,
}

impl GenerateSecret {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        Account::visit(&self.account, async |account| self.generate(account).await).await
    }

    async fn generate(&self, account: &Account) -> Result<ExitCode, Failure> {
        if self.change.dry_run {
            let id = self.client.id(account).await?;
            show_request(account, &self.output, async |zendesk| {
                zendesk
                    .oauth_clients()
                    .generate_oauth_client_secret(id)
                    .await
            })
            .await?;
            return Ok(ExitCode::SUCCESS);
        }
        check_columns(&self.sink, &self.output, &["secret"])?;
        let sink = self.sink.prepare(&self.output)?;
        let (id, logins) = self.consent(account).await?;
        made(&unanswered(id), async {
            let handed = self.hand_over(account, id, &sink).await;
            if handed.is_ok() {
                logins.with_new_secret().iter().for_each(talk);
            }
            handed
        })
        .await?;
        Ok(ExitCode::SUCCESS)
    }

    async fn hand_over(&self, account: &Account, id: i64, sink: &Sink) -> Result<(), Failure> {
        let generated = account.zendesk().oauth_clients().generate_secret(id).await;
        let secret = generated.map_err(|error| failure(error, id))?;
        let if_lost = format!(
            "the OAuth client {id} has a new secret and the old one is dead; if nobody has the new one, run \
             `zendesk-oauth clients generate-secret {id}` again"
        );
        let new_secret = NewSecret {
            name: "client_secret",
            secret: &secret,
            if_lost: &if_lost,
        };
        let record = Generated {
            id,
            secret: secret.clone(),
        };
        new_secret
            .hand_over(sink, &record, Shape(&["id", "secret"]), &self.output)
            .await
    }

    async fn consent(&self, account: &Account) -> Result<(i64, Logins), Failure> {
        let logins = Logins::at(account)?;
        if self.change.yes && logins.is_empty() {
            return Ok((self.client.id(account).await?, logins));
        }
        let client = self.client.record(account).await?;
        let logins = logins.of(&client);
        let what = format!(
            "Give {} a new secret; its old one dies at once{}",
            called(&client),
            logins.in_question()
        );
        confirm(self.change, &what, &client.identifier)?;
        Ok((client.id, logins))
    }
}

fn unanswered(id: i64) -> String {
    format!("the old secret may be dead: run `zendesk-oauth clients generate-secret {id}` again")
}

fn failure(error: Error, id: i64) -> Failure {
    if error.oauth_client().is_some() {
        return Failure::from(error).during(format_args!(
            "the old secret is dead, and the new one did not come back whole: run `zendesk-oauth clients \
             generate-secret {id}` again"
        ));
    }
    failed(error, &unanswered(id))
}
