//! The scenario, over the Rust client of openapi-generator. The arguments are the areas to drive.

#[cfg(feature = "chat")]
mod chat;
mod scenario;
#[cfg(feature = "support")]
mod support;
#[cfg(feature = "zis")]
mod zis;

use std::{env, process::ExitCode};

use scenario::Report;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut report = Report::default();
    for area in env::args().skip(1) {
        match area.as_str() {
            #[cfg(feature = "support")]
            "support" => support::run(&mut report).await,
            #[cfg(feature = "zis")]
            "zis" => zis::run(&mut report).await,
            #[cfg(feature = "chat")]
            "chat" => chat::run(&mut report).await,
            _ => {
                eprintln!("the program was built without the area `{area}`");
                return ExitCode::FAILURE;
            }
        }
    }
    report.exit_code()
}
