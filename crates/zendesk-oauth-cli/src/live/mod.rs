//! `zendesk-oauth tour --live`: the operations that change nothing, against a real account, compared with
//! the documents. No value that comes back is printed.

mod calls;
mod compare;
mod contract;
mod credentials;
mod headers;
mod outcome;
mod report;
mod schema;

use std::process::ExitCode;

use crate::failure::Failure;
use crate::output;
use credentials::Account;

pub(crate) async fn run() -> Result<ExitCode, Failure> {
    let account = Account::of_environment(|name| std::env::var_os(name))?;
    let outcomes = calls::all(&account).await;
    output::print(&report::text(&account.url, &outcomes));
    Ok(report::exit_code(&outcomes))
}
