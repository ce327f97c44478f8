//! `zendesk-oauth rotate`: a new secret for a client, put in its place before success is reported, and journalled so that what
//! was interrupted can be told and ended.

mod arguments;
mod client;
mod decide;
mod deliver;
mod fingerprint;
mod finish;
mod journal;
mod null_device;
mod profiles;
mod read_back;
mod replace;
mod report;
mod resume;
mod rotating;
mod start;
mod status;
mod talk;
mod verify;
mod words;

pub(crate) use arguments::Arguments;
pub(crate) use words::ABOUT;

use std::process::ExitCode;

use crate::failure::Failure;
use arguments::Command;

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Some(Command::Status(status)) => status::run(&status),
        None => start::run(&arguments.flags).await,
    }
}
