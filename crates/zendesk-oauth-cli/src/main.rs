//! The command line `zendesk-oauth`.

use std::process::ExitCode;

fn main() -> ExitCode {
    zendesk_oauth_cli::run()
}
