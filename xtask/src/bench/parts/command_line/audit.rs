//! An audit of many tokens, beside a client that only reads the same pages.

use std::process::Command;

use super::runs::Runs;
use crate::bench::{
    account::{Account, TOKEN},
    context::Context,
    results::{Comparison, Figure, Results},
    rounds::by_turns,
    worker::{NotDone, Order, Worker},
};

/// Measures both by turns.
pub(super) fn measure(
    context: &Context,
    results: &mut Results,
    runs: &Runs,
    program: &str,
) -> Result<(), String> {
    let tokens = context.times(100_000, 1_000);
    let account = Account {
        clients: 100,
        tokens,
    };
    let (_sandbox, url) = context.sandbox(&account.seed(context)?)?;
    let mut reader = Command::new(context.build("zendesk-oauth-performance", "facade", "bench")?);
    reader.env("ZENDESK_URL", &url).env("ZENDESK_TOKEN", TOKEN);
    let mut reader = Worker::start(&mut reader)?;
    let mut memory = Vec::new();
    let work = format!("audit of {tokens} tokens");
    let rounds = by_turns(
        context.times(8, 1),
        &mut || {
            let taken = runs.once(&[program, "audit", "-o", "json"], Some(&url))?;
            memory.push(taken.memory);
            Ok(taken.seconds)
        },
        &mut || {
            let done = reader.order(&Order::new("tokens", 1)).map_err(|why| {
                let (NotDone::Unable(why) | NotDone::Failed(why)) = why;
                format!("reading tokens: {why}")
            })?;
            if done.items < tokens as u64 {
                return Err(format!("{} of {tokens} tokens were read", done.items));
            }
            Ok(done.seconds)
        },
    )?;
    results.comparisons.push(Comparison {
        work: work.clone(),
        ours: "zendesk-oauth audit".to_owned(),
        other: "a client that only reads them".to_owned(),
        unit: "s".to_owned(),
        rounds,
        goal: None,
        limit: None,
    });
    results.figures.push(Figure {
        what: format!("zendesk-oauth {work}: memory at most"),
        values: memory,
        unit: "bytes".to_owned(),
    });
    Ok(())
}
