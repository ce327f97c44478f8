//! `zendesk-oauth tour`: every operation called, every answer checked.

mod browser;
mod colour;
mod drive;
mod report;
mod step;
mod steps_chat;
mod steps_global_clients;
mod steps_grant_types;
mod steps_support;
mod steps_tokens;
mod steps_zis;
mod table;

use std::process::ExitCode;

use clap::Args;
use zendesk_oauth_sandbox::{Sandbox, Switches};

use crate::failure::Failure;
use crate::{live, output};
use colour::Colours;
use drive::Tour;
use report::Report;

/// Arguments of `zendesk-oauth tour`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Only what reads, against the account of ZENDESK_URL: prints what differs from the documents,
    /// never a value
    #[arg(long)]
    live: bool,
}

pub(crate) async fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.live {
        return live::run().await;
    }
    let mut switches = Switches::default();
    switches
        .apply("unattended")
        .expect("there is a profile in which nobody has to click");
    let started = Sandbox::builder().switches(switches).start().await;
    let sandbox =
        started.map_err(|error| Failure::usage_because("the sandbox did not start", error))?;
    let report = driven(&sandbox).await?;
    let stopped = sandbox.stop().await;
    stopped.map_err(|error| Failure::usage_because("the sandbox did not stop", error))?;
    output::print(&report.text(Colours::wanted()));
    Ok(if report.is_complete() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The whole tour, against a sandbox where nobody has to click.
async fn driven(sandbox: &Sandbox) -> Result<Report, Failure> {
    let mut tour = Tour::of(sandbox)?;
    let client = steps_support::keep_a_client(&mut tour).await;
    if let Some(client) = &client {
        steps_tokens::keep_a_token(&mut tour, client).await;
    }
    if let Some(token) = steps_grant_types::token_for_a_secret(&mut tour).await {
        steps_tokens::end_the_current_token(&mut tour, &token).await;
    }
    if let Some(client) = &client {
        steps_grant_types::pair_for_a_code(&mut tour, client).await;
    }
    steps_global_clients::look_at_one(&mut tour).await;
    steps_zis::connect_and_refresh(&mut tour).await;
    if let Some(client) = &client {
        steps_zis::get_a_token(&mut tour, client).await;
    }
    steps_chat::revoke_a_token(&mut tour).await;
    if let Some(client) = &client {
        steps_support::delete_the_client(&mut tour, client).await;
    }
    Ok(Report::of(tour.steps.0))
}

#[cfg(test)]
mod tests;
