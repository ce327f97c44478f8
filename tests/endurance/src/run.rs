//! A whole run: preparation, cycles, verdict.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use zendesk_oauth::token::MemoryStore;

use crate::account::Account;
use crate::arguments::{Arguments, Leak};
use crate::child::Child;
use crate::clock::MovedClock;
use crate::cycle::Sample;
use crate::judge::FEWEST;
use crate::login::{Login, Logins, Place};
use crate::tally::Tally;
use crate::traffic::World;
use crate::{Failure, logins, measure, table};

/// How often it is said how far it is.
const PROGRESS: Duration = Duration::from_secs(10);

/// The calls of a cycle take from, and up to, so long.
const SHORTEST: Duration = Duration::from_millis(600);
const LONGEST: Duration = Duration::from_secs(8);

/// As many cycles there are to be, if they are neither too short nor too long.
const CYCLES: u32 = 20;

/// A run of so long is judged in full, however few cycles it comes to in that time.
const JUDGED: Duration = Duration::from_secs(20);

/// What goes through the whole run.
pub(crate) struct Run {
    pub(crate) seed: u64,
    pub(crate) callers: u64,
    pub(crate) leak: Option<Leak>,
    pub(crate) child: Arc<Child>,
    pub(crate) tally: Arc<Tally>,
    pub(crate) clock: MovedClock,
    pub(crate) logins: Logins,
    pub(crate) account: Account,
    pub(crate) folder: TempDir,
}

/// Runs, and says whether nothing was found.
pub(crate) async fn run(arguments: &Arguments) -> Result<bool, Failure> {
    if !measure::is_told() && !arguments.unmeasured {
        return Err(
            "descriptors and connections cannot be measured here, as there is no /proc of Linux; \
             --unmeasured goes on without"
                .into(),
        );
    }
    println!("seed {}", arguments.seed);
    tokio::select! {
        ended = whole(arguments) => ended,
        _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
    }
}

async fn whole(arguments: &Arguments) -> Result<bool, Failure> {
    let tally = Arc::new(Tally::default());
    let panics = Arc::clone(&tally);
    let shown = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        panics.find(format!("a panic: {panic}"));
        shown(panic);
    }));
    let run = prepared(arguments, &tally).await?;
    // The first cycle makes what is made once: allocators, pools of threads, pages of a folder.
    run.cycle(0, SHORTEST).await?;
    let base = run.rest(None).await?;
    let base = run.rest(Some(&run.calm(base).await?)).await?;
    let mut samples = vec![base.clone()];
    let time = (arguments.time / CYCLES).clamp(SHORTEST, LONGEST);
    let begun = Instant::now();
    let mut progress = tokio::time::interval_at((begun + PROGRESS).into(), PROGRESS);
    let mut number = 0;
    // On a machine that is busy with others it takes longer, and is judged all the same.
    let is_short = |samples: &[Sample]| arguments.time >= JUDGED && samples.len() < FEWEST;
    while begun.elapsed() < arguments.time || is_short(&samples) {
        number += 1;
        let cycle = async {
            run.cycle(number, time).await?;
            run.rest(Some(&base)).await
        };
        tokio::pin!(cycle);
        let sample = loop {
            tokio::select! {
                sample = &mut cycle => break sample?,
                _ = progress.tick() => {
                    println!("{}", table::progress(&run, begun.elapsed(), &samples));
                }
            }
        };
        // What was counted by name is for the first and the last: kept of all, it would be what grows.
        if let Some([last]) = samples.get_mut(1..).and_then(<[Sample]>::last_chunk_mut) {
            last.client.held.descriptors.clear();
            last.sandbox.held.descriptors.clear();
        }
        samples.push(sample);
    }
    let figures = run.child.figures().await?;
    for login in run.logins.iter() {
        let refreshes = run.child.refreshes(&login.client_id).await?;
        tally
            .refreshes
            .fetch_add(refreshes.redeemed, Ordering::Relaxed);
    }
    table::judge(&tally, &samples);
    println!(
        "{}",
        table::end(
            &run,
            begun.elapsed(),
            &samples,
            &figures,
            measure::is_told()
        )
    );
    let is_right = !tally.has_found();
    if !is_right {
        let findings = tally.findings();
        println!("{} findings:", findings.len());
        findings.iter().for_each(|it| println!("- {it}"));
        println!(
            "To see it again: cargo xtask soak --minutes {:.2} --seed {}",
            arguments.time.as_secs_f64() / 60.0,
            arguments.seed
        );
    }
    let Run { child, .. } = run;
    if let Ok(child) = Arc::try_unwrap(child) {
        child.end().await?;
    }
    Ok(is_right)
}

/// The sandbox with its account, and everybody logged in.
async fn prepared(arguments: &Arguments, tally: &Arc<Tally>) -> Result<Run, Failure> {
    let child = Arc::new(Child::start().await?);
    let folder = tempfile::tempdir()?;
    let clock = MovedClock::default();
    let memory = || Place::Memory(MemoryStore::with_clock(clock.clone()));
    let file = |name: &str| Place::File(folder.path().join(name));
    // The two in the middle are each shared by two sources.
    let places = [
        ("login_memory", memory(), 1),
        ("login_memory_shared", memory(), 2),
        ("login_file_shared", file("shared"), 2),
        ("login_file", file("alone"), 1),
    ];
    let names: Vec<String> = places.iter().map(|it| it.0.to_owned()).collect();
    let places = places.into_iter();
    let logins = places.map(|(name, place, count)| Login::new(name.to_owned(), place, count));
    let logins: Logins = Arc::new(logins.collect());
    let world = World::new(&child, tally, &clock, &logins, 0)?;
    let account = Account::furnish(world.admin(), &names).await?;
    for login in logins.iter() {
        login.start(&world.open, &clock)?;
        let source = login.first().ok_or("each login has a source")?;
        if !logins::log_in(&world, login, &source).await? {
            return Err(format!("nobody could log in as {}", login.client_id).into());
        }
        login.rest().await;
    }
    drop(world);
    Ok(Run {
        seed: arguments.seed,
        callers: arguments.callers,
        leak: arguments.leak,
        child,
        tally: Arc::clone(tally),
        clock,
        logins,
        account,
        folder,
    })
}

impl Run {
    /// The base line: what is left when nothing gets less any more.
    async fn calm(&self, first: Sample) -> Result<Sample, Failure> {
        let mut least = first;
        // An idle thread goes after this, a closed connection sooner.
        let long = crate::IDLE_THREAD * 3;
        let mut since = Instant::now();
        while since.elapsed() < long {
            tokio::time::sleep(Duration::from_millis(20)).await;
            let now = self.rest(None).await?;
            let has = |it: &Sample| {
                let of = [&it.client, &it.sandbox];
                of.map(|it| it.tasks + it.in_flight + it.held.connections + it.held.descriptors())
                    .iter()
                    .sum::<usize>()
            };
            if has(&now) < has(&least) {
                (least, since) = (now, Instant::now());
            }
        }
        Ok(least)
    }
}
