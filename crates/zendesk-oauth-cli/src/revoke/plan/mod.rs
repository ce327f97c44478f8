//! `zendesk-oauth revoke plan`: which tokens a condition picks, in a file for a person to review.

mod draft;
mod entry;
mod header;
mod read;
mod summary;

pub(super) use entry::Entry;
pub(super) use header::Header;
pub(crate) use read::Plan;
pub(super) use read::Planned;
pub(super) use summary::tokens;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::support::OAuthTokenFilter;

use super::clients::Clients;
use super::condition::{Condition, Facts, Resolved, Term};
use super::directory::{AccountDirectory, check_clients};
use super::paced::paced;
use super::run_token::RunToken;
use crate::account::Account;
use crate::account::AccountFlags;
use crate::account::time::account_time;
use crate::failure::Failure;
use crate::output::{Format, OutputFlags, Progress, talk};
use draft::Draft;
use summary::Summary;

pub(super) const LONG_ABOUT: &str = "\
Write down which tokens a condition picks, and revoke none

Looks at every token of the account, expired ones included, and writes a plan: one JSON object per line, first a header, \
then a token per line with the reason why it was picked. Review it: delete the lines of tokens that are to live, or put a \
# in front of them. Then give the file to `zendesk-oauth revoke apply`, which looks at each token again.

The plan holds no secret. The tokens that this command runs with, that of ZIS among them, are never in it.

A condition is made of these terms, with `and`, `or`, `not` and parentheses:

  idle>90d              last used longer ago than that; created, if it was never used
  never-used            not used since it was created
  age>365d              created longer ago than that
  no-expiry             it never expires
  expired               its access token has expired; its refresh token may live
  refresh-expires<14d   its refresh token expires within that time, or has expired
  scope=write           this very scope is among its scopes
  client=5              of an OAuth client of the account: number, or identifier
  global-client=5       of a global OAuth client, by its number
  user=7                of a user: number, or e-mail address
  id=1,2,3              one of these tokens

Comparisons are > >= < <=; units are h, d and w. A text with blanks stands in double quotes. Ages are by the account's \
clock. What a record does not tell counts neither as yes nor as no: such a token is not picked.";

/// Arguments of `zendesk-oauth revoke plan`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Which tokens, such as 'idle>90d and not client=my_app'
    #[arg(long = "where", value_name = "CONDITION")]
    condition: String,
    /// Look at your own tokens only. Zendesk leaves out expired ones then
    #[arg(long)]
    mine: bool,
    /// Write the plan to this file, which nobody else can read; otherwise to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    overwrite: bool,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let condition: Condition = arguments
        .condition
        .parse()
        .map_err(|mistake| Failure::usage(format!("--where is not understood: {mistake}")))?;
    let mut draft = Draft::begin(arguments.out.as_deref(), arguments.overwrite)?;
    let account = Account::open(&arguments.account).await?;
    let (header, summary) = look(&account, condition, &arguments, &mut draft).await?;
    draft.finish(&header, arguments.overwrite)?;
    if arguments.out.is_some() && arguments.output.format != Format::Table {
        arguments.output.item(&header, header::SHAPE)?;
    }
    talk(summary.text(&header, arguments.out.as_deref()));
    account.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Goes through all tokens; the entries are in the draft then.
async fn look(
    account: &Account,
    condition: Condition,
    arguments: &Arguments,
    draft: &mut Draft,
) -> Result<(Header, Summary), Failure> {
    let zendesk = paced(account)?;
    let run_token = RunToken::find(account, &zendesk).await?;
    let asks_clients = condition
        .terms()
        .iter()
        .any(|term| matches!(term, Term::Client(_) | Term::GlobalClient(_)));
    let clients = Clients::read(&zendesk, asks_clients).await?;
    let mut directory = AccountDirectory {
        account,
        clients: &clients,
    };
    let resolved: Resolved = condition.resolved(&mut directory).await?;
    for id in check_clients(&resolved, &clients)? {
        talk(format_args!(
            "No list of clients has {id}; tokens that name it are looked for all the same."
        ));
    }
    let own = run_token.id(&zendesk).await?;
    let own_zis = account.own_zis_token();

    let filter = if arguments.mine {
        OAuthTokenFilter::mine()
    } else {
        OAuthTokenFilter::of_everyone().include_expired()
    };
    let mut pages = zendesk.oauth_tokens().list(filter).pages();
    let progress = Progress::new(None, "tokens");
    let mut summary = Summary::default();
    let mut now = None;
    while let Some(page) = pages.next().await {
        let page = page?;
        let now = *now.get_or_insert_with(|| account_time(page.headers()).into());
        progress.advance(u64::try_from(page.items().len()).unwrap_or(u64::MAX));
        for token in page.items() {
            summary.looked_at += 1;
            let facts = Facts {
                token,
                of_client: clients.kind(token.client_id),
                now,
            };
            if !resolved.condition().holds(&facts) {
                continue;
            }
            if Some(token.id) == own || own_zis.is_support(token) {
                summary.has_own = true;
                continue;
            }
            let entry = Entry::of(&facts, clients.name(token.client_id), resolved.condition());
            summary.add(&entry);
            draft.add(&entry)?;
        }
    }
    progress.finish();
    let header = Header::new(
        account.url(),
        now.unwrap_or_else(std::time::SystemTime::now),
        &arguments.condition,
        &resolved,
        summary.looked_at,
        summary.picked,
    );
    Ok((header, summary))
}

/// Where the outcomes of a plan are kept: beside it.
pub(super) fn journal_path(plan: &Path) -> PathBuf {
    let mut name = plan.as_os_str().to_owned();
    name.push(".journal");
    PathBuf::from(name)
}
