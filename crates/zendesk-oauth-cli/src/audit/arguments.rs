//! Arguments of `zendesk-oauth audit`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::area::Area;
use super::rules::{self, Rule};
use super::severity::Severity;
use super::tokens::Thresholds;
use crate::account::AccountFlags;
use crate::output::Format;

/// Arguments of `zendesk-oauth audit`.
#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_long_help = "Nothing is changed. Each finding \
                  says what the matter is, what mends it, and a command to run next, which changes nothing that works \
                  without asking. Areas without credentials are skipped, \
                  and said to be. The exit code is 0 with findings too, unless --fail-on says otherwise; a call that \
                  fails makes the audit fail with the exit code of that failure. Ages are counted by the account's \
                  clock."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) audit: AuditArguments,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// List the rules
    Rules(RulesArguments),
}

#[derive(Args)]
pub(super) struct RulesArguments {
    #[command(flatten)]
    pub(super) output: FormFlags,
}

/// How findings are written. They have no columns to choose, and nothing secret to reveal.
#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(super) struct FormFlags {
    /// Form of the data
    #[arg(
        short = 'o',
        long = "output",
        value_enum,
        value_name = "FORM",
        default_value_t
    )]
    pub(super) format: Format,
    /// There are no colours; every command takes this
    #[arg(long, hide_short_help = true)]
    no_color: bool,
}

#[derive(Args)]
pub(super) struct AuditArguments {
    /// Look at these areas only, with commas between; credentials for them have to be there
    #[arg(long = "area", value_name = "AREAS", value_enum, value_delimiter = ',')]
    pub(super) areas: Vec<Area>,
    /// Only these rules, with commas between; `audit rules` lists them
    #[arg(long = "rule", value_name = "RULES", value_parser = rule, value_delimiter = ',')]
    pub(super) rules: Vec<&'static Rule>,
    /// Not these rules
    #[arg(long = "skip", value_name = "RULES", value_parser = rule, value_delimiter = ',')]
    pub(super) skipped: Vec<&'static Rule>,
    /// Idle is what was not used for longer, such as 90d or 12w; a plain number is one of days
    #[arg(long, value_name = "TIME", default_value = "90d", value_parser = crate::lifetime::days)]
    idle_days: u32,
    /// Say which refresh tokens lapse within this time, such as 14d; a plain number is one of days
    #[arg(long, value_name = "TIME", default_value = "14d", value_parser = crate::lifetime::days)]
    refresh_days: u32,
    /// Exit with 1 if a finding is at least that severe
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub(super) fail_on: Option<Severity>,
    /// With --fail-on: findings that the baseline has do not count
    #[arg(long, requires = "fail_on", requires = "baseline")]
    pub(super) only_new: bool,
    /// Compare with the account as it was when this file was written
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write what the account is like now, without secrets, to compare with later
    #[arg(long, value_name = "FILE")]
    pub(super) write_baseline: Option<PathBuf>,
    /// Replace the baseline if the file is there
    #[arg(long, requires = "write_baseline")]
    pub(super) overwrite: bool,
    /// Write the findings as SARIF 2.1.0 to this file as well; it is replaced if it is there
    #[arg(long, value_name = "FILE")]
    pub(super) sarif: Option<PathBuf>,
    #[command(flatten)]
    pub(super) account: AccountFlags,
    #[command(flatten)]
    pub(super) output: FormFlags,
}

impl AuditArguments {
    pub(super) fn thresholds(&self) -> Thresholds {
        Thresholds {
            idle_days: self.idle_days,
            refresh_days: self.refresh_days,
        }
    }

    /// Whether findings of that rule are wanted.
    pub(super) fn wants(&self, rule: &Rule) -> bool {
        let named = |rules: &[&'static Rule]| rules.iter().any(|it| it.id == rule.id);
        (self.rules.is_empty() || named(&self.rules)) && !named(&self.skipped)
    }
}

fn rule(id: &str) -> Result<&'static Rule, String> {
    rules::find(id)
        .ok_or_else(|| "there is no such rule: `zendesk-oauth audit rules` lists them".to_owned())
}
