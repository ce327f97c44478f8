//! How long commands take from start to end, and how much memory they take at most, against a sandbox in a process of
//! its own: what a child begins with counts as its memory, too. The binary that is measured is to be the one that people get:
//!
//! ```sh
//! cargo bench --profile release -p zendesk-oauth-cli
//! ```
//!
//! Zendesk's own command line is measured beside it if it is on the PATH (`npm install -g @zendesk/zcli`).

mod account;
mod audit;
mod runs;

use std::process::Command;

use tokio::runtime::Runtime;

use account::Account;
use runs::{Runs, is_quick, peak_memory};

const BINARY: &str = env!("CARGO_BIN_EXE_zendesk-oauth");

fn main() {
    let runtime = Runtime::new().expect("threads");
    let size = std::fs::metadata(BINARY).expect("a binary").len();
    println!("size of the binary       {:>8.2} MiB", mebibytes(size));
    let started = Runs::of(|| Command::new(BINARY)).with(&["--version"]);
    started.print("--version");

    let account = Account::generated("{ clients: 98, tokens: 0 }");
    let list = Runs::of(|| account.command()).with(&["clients", "list", "-o", "json"]);
    list.print("clients list, 100 clients");
    println!(
        "  memory at most         {:>8.2} MiB",
        mebibytes(peak_memory())
    );
    drop(account);

    audit::measure(&runtime);

    match Command::new("zcli").arg("--version").output() {
        Ok(_) => Runs::of(|| Command::new("zcli"))
            .with(&["--version"])
            .print("zcli --version"),
        Err(error) => println!("zcli --version           not measured: {error}"),
    }
    if is_quick() {
        println!("(each once: run it with `cargo bench` for figures)");
    }
}

fn mebibytes(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "two digits are printed")]
    let bytes = bytes as f64;
    bytes / 1024.0 / 1024.0
}
