//! An audit of many tokens: how long it takes beside a client that only reads the same pages, and how much memory.

use std::time::Instant;

use tokio::runtime::Runtime;
use zendesk_oauth::support::OAuthTokenFilter;
use zendesk_oauth::{Credentials, Zendesk};

use crate::account::Account;
use crate::mebibytes;
use crate::runs::{Runs, is_quick, peak_memory};

/// Measures and prints.
pub(crate) fn measure(runtime: &Runtime) {
    let tokens = if is_quick() { 1_000 } else { 100_000 };
    let account = Account::generated(&format!("{{ clients: 100, tokens: {tokens} }}"));
    let began = Instant::now();
    let read = runtime.block_on(read(&account));
    println!(
        "only reading {read} tokens    {:>8.2} s",
        began.elapsed().as_secs_f64()
    );
    let began = Instant::now();
    Runs::of(|| account.command()).once(&["audit", "-o", "json"]);
    println!(
        "audit of {tokens} tokens        {:>8.2} s",
        began.elapsed().as_secs_f64()
    );
    println!(
        "  memory at most         {:>8.2} MiB",
        mebibytes(peak_memory())
    );
}

/// Reads every token, and does nothing with it.
async fn read(account: &Account) -> usize {
    let admin = Credentials::bearer(account.token.clone());
    let zendesk = Zendesk::at(&account.url)
        .support(admin)
        .build()
        .expect("a client");
    let mut tokens = zendesk
        .oauth_tokens()
        .list(OAuthTokenFilter::of_everyone())
        .page_size(100)
        .items();
    let mut count = 0;
    while let Some(token) = tokens.next().await {
        token.expect("a token");
        count += 1;
    }
    count
}
