//! What grows: a list, the callers, the way to the server. A worker of `cargo xtask bench`, which says what a worker
//! is told and answers, and the server that costs next to nothing.
//!
//! `scaling facade current`, `scaling by-hand two`, `scaling lapse current`: the side, and the threads of its runtime.
//! `scaling serve 20`: the server, which waits so many milliseconds before each answer and prints `ready URL`.

#[path = "../../../../crates/zendesk-oauth/benches/common/by_hand.rs"]
#[allow(dead_code, reason = "others build requests alone")]
mod by_hand;
#[path = "../../../../crates/zendesk-oauth/benches/common/canned.rs"]
mod canned;
#[path = "../scaling/mod.rs"]
mod scaling;
#[path = "../../../../crates/zendesk-oauth/benches/common/server.rs"]
mod server;

use std::env;
use std::io::Write as _;
use std::thread;
use std::time::Duration;

use scaling::{Failed, orders, runtime, side::Side};

fn main() -> Result<(), Failed> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["serve", latency] => serve(Duration::from_millis(latency.parse()?)),
        [side, threads] => {
            let url = env::var("ZENDESK_URL")?;
            // A source has its token from the seed.
            let token = env::var("ZENDESK_TOKEN").unwrap_or_default();
            let side = Side::of(side, &url, &token)?;
            orders::obey(&side, &runtime::of(threads)?)
        }
        _ => Err("say `serve MILLISECONDS`, or a side and the threads of its runtime".into()),
    }
}

fn serve(latency: Duration) -> Result<(), Failed> {
    let url = server::start(latency)?;
    println!("ready {url}");
    std::io::stdout().flush()?;
    // Whoever started it ends it.
    loop {
        thread::park();
    }
}
