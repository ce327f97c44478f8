//! All checks, in their order.

use std::process::ExitCode;
use std::time::Duration;

use jiff::Timestamp;

use super::Arguments;
use super::address::{self, Answered};
use super::deadlines::{self, Setup};
use super::finding::{Check, Finding, exit_code};
use super::probe::Patience;
use super::{chat, clock, retired, settings, support, zis};
use crate::account::Account;
use crate::config::Paths;
use crate::failure::{Failure, Kind};

use crate::output::Shape;

const SHAPE: Shape = Shape(&["status", "area", "check", "says", "advice"]);
const SETTINGS: Check = Check::new("settings", "account");

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let opened = Account::open(&arguments.account).await;
    let file = Paths::of_user().map(|it| it.settings_file());
    let mut findings = vec![settings::finding(file.as_deref())];
    let text = file
        .filter(|it| it.is_file())
        .and_then(|it| std::fs::read_to_string(it).ok());
    let variable = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
    let url = opened.as_ref().ok().map(Account::url);
    findings.extend(retired::findings(url, text.as_deref(), variable));
    match opened {
        Ok(account) => {
            let patience = Patience(Duration::from_secs(arguments.timeout));
            findings.extend(of_account(&account, patience).await);
            // What a check found is worth more than how the run ends.
            let _ = account.close().await;
        }
        Err(failure) => {
            let unusable = SETTINGS.problem(Kind::Usage, failure.to_string());
            findings.push(unusable.advise("mend that first: the rest needs an account"));
            findings.extend(deadlines::findings(Timestamp::now(), Setup::default()));
        }
    }
    let mut rows = arguments.output.rows(SHAPE);
    findings.iter().try_for_each(|it| rows.push(it))?;
    rows.finish()?;
    Ok(ExitCode::from(exit_code(&findings)))
}

async fn of_account(account: &Account, patience: Patience) -> Vec<Finding> {
    let answered = Answered::ask(account, patience).await;
    // Days are counted by the account's date; by this machine's if it does not say.
    let now = answered.server_time().unwrap_or(answered.at);
    let mut setup = Setup::default();
    let mut findings = address::findings(account.url(), &answered);
    findings.push(clock::finding(answered.at, answered.server_time()));
    let (of_support, of_zis, of_chat) = tokio::join!(
        support::findings(account, patience, now, &mut setup),
        zis::findings(account, patience, now),
        chat::finding(account, patience),
    );
    findings.extend(of_support);
    findings.extend(of_zis);
    findings.push(of_chat);
    findings.extend(deadlines::findings(now, setup));
    findings
}
