//! `zendesk-oauth revoke apply`: revokes the tokens of a plan, each after another look at it.

mod attempt;
mod decision;
mod journal;
mod outcome;
mod recorded;
mod report;
mod work;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::paced::paced;
use super::plan::{Plan, journal_path, tokens};
use super::run_token::RunToken;
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, confirm, show_request};
use crate::failure::Failure;
use crate::output::{OutputFlags, talk};
use attempt::Attempts;
use journal::Journal;
pub(crate) use recorded::Recorded;
use work::Work;

pub(super) const LONG_ABOUT: &str = "\
Revoke the tokens of a plan, each after another look at it

Each token is fetched again before it is revoked. It is left alone if its client or user is another than the plan says, \
or if the condition of the plan does not hold any more: it was used, say. The tokens that this command runs with, \
that of ZIS among them, are never revoked, whatever the plan says.

What becomes of each token is written to FILE.journal before the next one is begun. If the command ends early, by a \
failure, a signal or a power cut, the same command goes on where it stopped, and comes to the same end. What was skipped \
stays skipped; what failed is tried again. A second command on the same plan is refused while one runs.

Requests slow down before the rate limit is reached, and wait when Zendesk says so. A token that Zendesk refuses to \
revoke (403) is reported, and the rest go on, unless the first ten are all refused; any other failure ends the command.

--dry-run shows the request for each token that is not done yet, and leaves out the token of this run, which it asks \
Zendesk for. It does not look at the tokens again: some that it shows may be left alone when they are. With a login \
nothing is asked, as that might refresh it, so that its token is only left out without --dry-run.

Exit code 0: every token is revoked, gone already, or rightly skipped; 1: some failed. Otherwise it ended early.";

/// Arguments of `zendesk-oauth revoke apply`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The reviewed plan
    #[arg(value_name = "FILE")]
    plan: PathBuf,
    /// How many tokens are worked on at the same time
    #[arg(long, value_name = "NUMBER", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=4))]
    jobs: u8,
    #[command(flatten)]
    change: ChangeFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let plan = Plan::read(&arguments.plan)?;
    let account = Account::open(&arguments.account).await?;
    let applied = apply(&account, plan, &arguments).await;
    let closed = account.close().await;
    let exit_code = applied?;
    closed?;
    Ok(exit_code)
}

async fn apply(account: &Account, plan: Plan, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let shown = arguments.plan.display();
    if plan.header.account != account.url() {
        return Err(Failure::usage(format!(
            "{shown} is a plan for {}, and this is {}; choose the account with --url, --subdomain or --profile",
            crate::text::printable(&plan.header.account),
            account.url()
        )));
    }
    let path = journal_path(&arguments.plan);
    if arguments.change.dry_run {
        let recorded = Recorded::read(&path, &plan.header)?;
        return dry_run(account, &plan, &recorded, arguments).await;
    }
    let zendesk = paced(account)?;
    let count = plan.entries.len();
    if count > 0 {
        ask(account, &plan, arguments)?;
    }
    let (journal, recorded) = Journal::open(&path, &plan.header)?;
    let run_token = RunToken::find(account, &zendesk).await?;
    let attempts = Attempts::new(
        zendesk,
        plan.condition,
        run_token,
        account.own_zis_token(),
        journal,
    );
    let work = Work::new(plan.entries, recorded);
    let done = work
        .run(attempts, arguments.jobs.into(), &shown.to_string())
        .await?;
    report::write(&done, &arguments.output)
}

/// The person types how many tokens it is about.
fn ask(account: &Account, plan: &Plan, arguments: &Arguments) -> Result<(), Failure> {
    let count = plan.entries.len();
    let what = format!(
        "Revoke {} of {}",
        tokens(u64::try_from(count).unwrap_or(u64::MAX)),
        account.url()
    );
    if !arguments.change.yes {
        talk(format_args!("Tokens by client:{}", plan.summary.clients()));
    }
    confirm(arguments.change, &what, &count.to_string())
}

/// Shows what would be sent for each token that is not done yet. That they still are as the plan says is not looked at.
async fn dry_run(
    account: &Account,
    plan: &Plan,
    recorded: &Recorded,
    arguments: &Arguments,
) -> Result<ExitCode, Failure> {
    let ids = plan.entries.iter().map(|entry| entry.id);
    let mut left: Vec<i64> = ids.filter(|id| !recorded.is_done(*id)).collect();
    // A login might be refreshed to answer.
    if !left.is_empty() && account.settings().source.is_none() {
        let zendesk = paced(account)?;
        let run_token = RunToken::find(account, &zendesk).await?;
        let own = run_token.id(&zendesk).await?;
        left.retain(|id| Some(*id) != own);
    }
    if left.is_empty() {
        talk("No token of the plan is left to revoke.");
        return Ok(ExitCode::SUCCESS);
    }
    show_request(account, &arguments.output, async |zendesk| {
        for id in left {
            let _ = zendesk.oauth_tokens().revoke(id).send().await;
        }
    })
    .await?;
    Ok(ExitCode::SUCCESS)
}
