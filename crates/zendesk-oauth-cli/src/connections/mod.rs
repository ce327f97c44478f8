//! `zendesk-oauth connections`: the OAuth connections of a ZIS integration.

mod arguments;
mod connect;
mod operations;
mod token;

use std::process::ExitCode;

pub(crate) use arguments::Arguments;
use arguments::Command;

use crate::failure::Failure;
use crate::output::Shape;

/// Of a connection.
const SHAPE: Shape = Shape(&[
    "name",
    "uuid",
    "integration",
    "permission_scope",
    "token_type",
    "token_expiry",
    "created_by",
]);

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::Start(it) => operations::start(it).await,
        Command::Redirect(it) => operations::redirect(it).await,
        Command::Token(it) => token::create(it).await,
        Command::Exchange(it) => operations::exchange(it).await,
        Command::Refresh(it) => operations::refresh(it).await,
        Command::Show(it) => operations::show(it).await,
        Command::Connect(it) => connect::run(it).await,
    }?;
    Ok(ExitCode::SUCCESS)
}
