//! `zendesk-oauth grant`: Support's token endpoint.

mod authorization_code;
mod client_credentials;
mod issue;
mod refresh_sink;
mod refresh_token;
mod secrets;
mod wishes;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::failure::Failure;

/// Arguments of `zendesk-oauth grant`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Get a token for a client's secret
    ///
    /// For confidential clients. The token acts as the user who created the client, and comes without a
    /// refresh token. It goes to --secret-file or another of the places under "Secret".
    ClientCredentials(client_credentials::ClientCredentials),
    /// Get a token for the code that a browser brought back
    ///
    /// A code lasts 120 seconds and works once. The access token goes to --secret-file or another of the
    /// places under "Secret", the refresh token to --refresh-token-file. `zendesk-oauth login` does all of
    /// it, the browser included.
    AuthorizationCode(authorization_code::AuthorizationCode),
    /// Get a new token for a refresh token, which works once
    ///
    /// A refresh token works once, and the old access token ends with it: keep the new pair. The access token
    /// goes to --secret-file or another of the places under "Secret", the refresh token to --refresh-token-
    /// file, which may be the file that the old one is in.
    RefreshToken(refresh_token::RefreshToken),
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::ClientCredentials(it) => it.run().await,
        Command::AuthorizationCode(it) => it.run().await,
        Command::RefreshToken(it) => it.run().await,
    }
}
