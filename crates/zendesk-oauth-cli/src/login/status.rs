//! `zendesk-oauth status`.

use std::process::ExitCode;

use clap::Args;

use super::status_row::{Row, asked, of_file};
use crate::account::{Account, AccountFlags};
use crate::config::{Paths, SettingsFile};
use crate::failure::{Failure, Kind};
use crate::output::{Format, OutputFlags, Shape, talk};

const SHAPE: Shape = Shape(&[
    "profile",
    "url",
    "area",
    "kind",
    "from",
    "user",
    "scopes",
    "valid_until",
    "phase",
]);

/// Arguments of `zendesk-oauth status`.
///
/// Exits with 0 if the credentials in use work, with 4 if there are none or they do not. Other profiles are shown as
/// they are stored, and with --all asked for, too.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Ask for every profile, and not only for the one in use
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Arguments {
        account: flags,
        all,
        output,
    } = &arguments;
    let account = Account::open(flags).await?;
    let in_use = account.settings().profile.clone();
    let mut rows = output.rows(SHAPE);
    let mut verdict = Verdict::default();
    let mut told = Vec::new();
    let mut asked_rows = asked(&account).await;
    for row in &mut asked_rows {
        row.current = true;
        rows.push(row)?;
        told.extend(row.told());
        verdict.take(row);
    }
    account.close().await?;
    if !flags.sandbox
        && let Some(paths) = Paths::of_user()
    {
        let file = SettingsFile::read(&paths.settings_file())?;
        for (name, profile) in &file.profiles {
            if in_use.as_deref() == Some(name) {
                continue;
            }
            let mut found = of_file(&paths, name, profile).await;
            if *all {
                found = super::status_row::asked_by_file(&paths, name, profile).await?;
                found.iter().for_each(|row| verdict.take(row));
            }
            for row in &found {
                rows.push(row)?;
                told.extend(row.told());
            }
        }
    }
    rows.finish()?;
    // In JSON they are members.
    if output.format == Format::Table {
        told.iter().for_each(talk);
    }
    verdict.exit()
}

/// What the rows come to.
#[derive(Default)]
struct Verdict {
    rows: usize,
    unusable: usize,
    /// Why it is not known whether credentials work.
    unreachable: Option<Failure>,
}

impl Verdict {
    fn take(&mut self, row: &Row) {
        self.rows += 1;
        if row.is_unreachable() {
            let problem = row.problem.clone().unwrap_or_default();
            self.unreachable
                .get_or_insert_with(|| Failure::new(Kind::Network, problem));
        } else if !row.is_usable() {
            self.unusable += 1;
        }
    }

    fn exit(self) -> Result<ExitCode, Failure> {
        if self.rows == 0 {
            return Err(crate::account::no_credentials());
        }
        match self.unreachable {
            Some(failure) => Err(failure),
            None if self.unusable > 0 => Ok(ExitCode::from(Kind::Auth as u8)),
            None => Ok(ExitCode::SUCCESS),
        }
    }
}
