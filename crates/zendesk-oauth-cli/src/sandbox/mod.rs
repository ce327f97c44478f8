//! `zendesk-oauth sandbox`: a local Zendesk until Ctrl-C.

mod arguments;
mod banner;
mod files;
mod help;
mod shell;
mod token;

use std::net::SocketAddr;
use std::process::ExitCode;

use zendesk_oauth_sandbox::{Sandbox, SandboxBuilder, StartError};

pub(crate) use arguments::Arguments;
use arguments::Clock;

use crate::failure::Failure;
use crate::interrupt::{ending_itself, heeded};
use crate::output;

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let admin_token = token::chosen(
        arguments.token_file.as_deref(),
        std::env::var_os(token::VARIABLE),
    )?;
    let builder = files::with_files(configured(&arguments, admin_token), &arguments)?;
    let goes_on = arguments.state.as_ref().filter(|file| file.exists());
    if let (Some(file), Some(_)) = (goes_on, arguments.random) {
        let file = file.display();
        output::complain(format!(
            "--random has no effect before a reset: {file} is there, and ids, tokens and secrets go on from it; \
             name another file to begin anew"
        ));
    }
    // It is there to be stopped, so a signal is no failure of it.
    ending_itself(serve(builder, &arguments)).await
}

/// Until a signal comes. A second one does not wait for requests.
async fn serve(builder: SandboxBuilder, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let address = SocketAddr::new(arguments.bind, arguments.port);
    let sandbox = builder
        .start()
        .await
        .map_err(|error| not_started(address, error))?;
    files::set_clock(&sandbox, arguments);
    files::set_switches(&sandbox, arguments);
    output::print(&banner::text(&sandbox, arguments));
    if !arguments.bind.is_loopback() {
        let bind = arguments.bind;
        output::complain(format!(
            "it listens on {bind}: whoever can reach this address can do everything"
        ));
    }
    heeded().await;
    match sandbox.stop().await {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            output::complain(error);
            Ok(ExitCode::FAILURE)
        }
    }
}

fn configured(arguments: &Arguments, admin_token: Option<String>) -> SandboxBuilder {
    let mut builder = Sandbox::builder().port(arguments.port).bind(arguments.bind);
    builder = match arguments.clock {
        Some(Clock::Real) => builder.real_time(),
        Some(Clock::At(instant)) => builder.frozen_at(instant),
        // A seed has a clock of its own.
        None if arguments.seed.is_some() => builder,
        None => builder.real_time(),
    };
    if let Some(seed) = arguments.random {
        builder = builder.random(seed);
    }
    if let Some(bytes) = arguments.body_limit {
        builder = builder.body_limit(bytes);
    }
    if let Some(token) = admin_token {
        builder = builder.admin_token(token);
    }
    builder
}

fn not_started(address: SocketAddr, error: StartError) -> Failure {
    if error.is_address_in_use() {
        return Failure::usage(format!(
            "{address} is in use; give another with --port N, or --port 0 for one that is free"
        ));
    }
    Failure::usage(error.to_string())
}
