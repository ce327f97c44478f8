//! Our client beside others at the same work: [`works`] against one released sandbox, by the [`sides`] that can be had, one
//! by one against ours ([`turns`]).

mod sides;
mod turns;
mod works;

use std::process::Command;

use super::Part;
use crate::bench::{
    account::{Account, TOKEN},
    context::Context,
    processors::Processors,
    results::{Absent, Results},
    worker::{NotDone, Worker},
};
use sides::SIDES;
use works::Work;

/// Our client beside others at the same work.
#[derive(Debug)]
pub struct Peers;

impl Part for Peers {
    fn name(&self) -> &'static str {
        "peers"
    }

    fn purpose(&self) -> &'static str {
        "our client beside reqwest by hand, openapi-generator's, node-zendesk and python-zendesk"
    }

    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String> {
        let clients = context.times(10_000, 300);
        let account = Account { clients, tokens: 0 };
        let (sandbox, url) = context.sandbox(&account.seed(context)?)?;
        let processors = Processors::of_this_machine();
        processors.serve(sandbox.pid())?;
        let start = |mut command: Command| {
            command.env("ZENDESK_URL", &url).env("ZENDESK_TOKEN", TOKEN);
            let worker = Worker::start(&mut command)?;
            processors.ask(worker.pid())?;
            Ok(worker)
        };
        let mut ours = start(sides::ours(context)?)?;
        let works = works::all(context, clients);
        for side in SIDES {
            let made = (side.command)(context).and_then(start);
            let mut other = match made {
                Ok(other) => other,
                Err(why) if crate::verify::process::interrupt::came() => return Err(why),
                Err(why) => {
                    results.absent.push(absent(side.name, "all of it", why));
                    continue;
                }
            };
            for work in &works {
                compare(context, results, work, &mut ours, &mut other, side)?;
            }
        }
        results.notes.extend(NOTES.map(str::to_owned));
        results.notes.push(processors.note());
        Ok(())
    }
}

const NOTES: [&str; 3] = [
    "All sides ask one released sandbox in a process of its own on the same machine, without its rate limit, each of them one \
     call after the other, and treat connections as their library does without being told. The sandbox's time is in the time on \
     the wall, so that its ratio is nearer to 1 than that of the CPU time, which is the client's alone.",
    "Every side counts what it got. Of a client that is shown and of all that are listed it adds up the ids, of one that is \
     made it looks at the identifier; a side that got something else than ours is not compared.",
    "The Rust sides are built with the workspace's profile `bench`, without TLS, and run on one thread. The token of \
     python-zendesk goes as a header of each call, as its own setting knows only API tokens.",
];

/// Both sides do it once, and if they can, by turns.
fn compare(
    context: &Context,
    results: &mut Results,
    work: &Work,
    ours: &mut Worker,
    other: &mut Worker,
    side: &sides::Side,
) -> Result<(), String> {
    let tried = match turns::try_once(work, ours, other) {
        Ok(tried) => tried,
        Err(turns::Untried::Ours(why)) => return Err(why),
        Err(turns::Untried::Other(NotDone::Unable(why) | NotDone::Failed(why))) => {
            results.absent.push(absent(&other.name, &work.title, why));
            return Ok(());
        }
    };
    let goal = (side.goal)(work.order.work.as_str());
    let taken = turns::take(context, work, tried, ours, other)?;
    results
        .comparisons
        .extend(taken.comparisons(work, other, goal));
    Ok(())
}

fn absent(who: &str, work: &str, why: String) -> Absent {
    Absent {
        who: who.to_owned(),
        work: work.to_owned(),
        why,
    }
}
