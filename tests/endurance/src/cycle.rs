//! One cycle: faults, calls, judgement, clearing, and rest.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use fastrand::Rng;
use tokio::runtime::Handle;
use tokio::task::JoinSet;

use crate::Failure;
use crate::arguments::Leak;
use crate::faults::Faults;
use crate::judge::{Resting, unrested};
use crate::run::Run;
use crate::traffic::World;
use crate::{heap_in_use, measure, settle};

/// One of so many cycles has no faults: then every call is answered.
const QUIET: u64 = 4;

/// How long both processes may take to come to rest.
const REST: Duration = Duration::from_secs(30);

/// How soon it is looked again.
const LOOK: Duration = Duration::from_millis(20);

/// What both processes have at rest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    pub(crate) client: Resting,
    pub(crate) client_heap: i64,
    pub(crate) sandbox: Resting,
    pub(crate) sandbox_heap: i64,
    /// POSTs so far.
    pub(crate) posts: u64,
    /// What the folders of the logins hold.
    pub(crate) files: usize,
    pub(crate) file_bytes: u64,
}

impl Run {
    /// Goes through one cycle of so long, and returns what is left at rest.
    pub(crate) async fn cycle(&self, number: u64, time: Duration) -> Result<(), Failure> {
        let mut random = Rng::with_seed(self.seed.wrapping_mul(1_000_003).wrapping_add(number));
        let faults = match number % QUIET {
            0 => Faults::default(),
            _ => Faults::draw(&mut random),
        };
        let world = World::new(&self.child, &self.tally, &self.clock, &self.logins, number)?;
        let world = Arc::new(world);
        for login in self.logins.iter() {
            login.start(&world.open, &self.clock)?;
        }
        self.tally.expect(faults.clone());
        self.child.faults(faults.rules).await?;
        self.traffic(&world, &mut random, time).await?;
        self.leak(&world, number).await?;
        let tokens = settle::logins(&world).await?;
        if let Some(wrong) = self.account.clear(world.admin(), &tokens).await? {
            self.tally.find(wrong);
        }
        Ok(())
    }

    async fn traffic(
        &self,
        world: &Arc<World>,
        random: &mut Rng,
        time: Duration,
    ) -> Result<(), Failure> {
        let over = Arc::new(AtomicBool::new(false));
        let mut callers = JoinSet::new();
        for caller in 0..self.callers {
            let (world, over) = (Arc::clone(world), Arc::clone(&over));
            let mut random = random.fork();
            callers.spawn(async move {
                let mut number = 0_u64;
                while !over.load(Ordering::Relaxed) {
                    number += 1;
                    let name = format!("soak_{}_{caller}_{number}", world.cycle);
                    if let Err(failure) = world.act(&mut random, &name).await {
                        world
                            .tally
                            .find(format!("a caller cannot go on: {failure}"));
                        return;
                    }
                }
            });
        }
        let begun = Instant::now();
        while begun.elapsed() < time {
            tokio::time::sleep(Duration::from_millis(random.u64(100..700)).min(time)).await;
            // The sandbox first: for a moment its callers think that their tokens are good.
            let seconds = random.u64(5 * 60..settle::LAPSE);
            self.child.advance(seconds).await?;
            self.clock.advance(seconds);
        }
        over.store(true, Ordering::Relaxed);
        while let Some(ended) = callers.join_next().await {
            if let Err(error) = ended {
                self.tally.find(format!("a caller ended badly: {error}"));
            }
        }
        Ok(())
    }

    /// Leaks something, if that is asked for: to see that it is found.
    async fn leak(&self, world: &Arc<World>, number: u64) -> Result<(), Failure> {
        match self.leak {
            Some(Leak::Task) => drop(tokio::spawn(std::future::pending::<()>())),
            Some(Leak::Descriptor) => {
                let file = std::fs::File::create(self.folder.path().join("leaked"))?;
                std::mem::forget(file);
            }
            Some(Leak::Connection) => {
                let address = self.child.started.url.trim_start_matches("http://");
                std::mem::forget(std::net::TcpStream::connect(address)?);
            }
            Some(Leak::Memory) => std::mem::forget(vec![0_u8; 200_000]),
            Some(Leak::Login) if number == 1 => {
                self.child.faults(Vec::new()).await?;
                self.child.advance(settle::LAPSE).await?;
                self.clock.advance(settle::LAPSE);
                let first = self.logins.first().and_then(|login| login.first());
                let source = first.ok_or("each login has a source")?;
                let zendesk = world.zendesk_with(source.credentials())?;
                zendesk.oauth_tokens().revoke_current().await?;
            }
            Some(Leak::Panic) => {
                let panics = tokio::spawn(async { panic!("on purpose") });
                let _ = panics.await;
            }
            Some(Leak::Login) | None => {}
        }
        Ok(())
    }

    /// Waits until both processes are at rest, and measures them. What keeps them is a finding.
    pub(crate) async fn rest(&self, base: Option<&Sample>) -> Result<Sample, Failure> {
        let begun = Instant::now();
        loop {
            let sample = self.sample().await?;
            let Some(base) = base else {
                return Ok(sample);
            };
            let mut left = unrested("the client", &base.client, &sample.client);
            left.extend(unrested("the sandbox", &base.sandbox, &sample.sandbox));
            if left.is_empty() {
                return Ok(sample);
            }
            if begun.elapsed() > REST {
                for left in left {
                    self.tally
                        .find(format!("{left}, {REST:?} after everything was dropped"));
                }
                return Ok(sample);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn sample(&self) -> Result<Sample, Failure> {
        let figures = self.child.figures().await?;
        let (files, file_bytes) = self.files()?;
        let mut sample = Sample {
            client_heap: heap_in_use(),
            sandbox_heap: figures.heap,
            posts: figures.posts,
            files,
            file_bytes,
            ..Sample::default()
        };
        sample.client.tasks = Handle::current().metrics().num_alive_tasks();
        sample.sandbox.tasks = figures.tasks;
        sample.sandbox.in_flight = figures.in_flight;
        if measure::is_told() {
            let child = self.child.id().ok_or("the sandbox has ended")?;
            sample.client.held = measure::held(std::process::id())?;
            sample.sandbox.held = measure::held(child)?;
        }
        Ok(sample)
    }

    /// How many files the logins have, and their size.
    fn files(&self) -> Result<(usize, u64), Failure> {
        let (mut files, mut bytes) = (0, 0);
        for folder in self.logins.iter().filter_map(|login| login.folder()) {
            for file in std::fs::read_dir(folder)? {
                files += 1;
                bytes += file?.metadata()?.len();
            }
        }
        Ok((files, bytes))
    }
}
