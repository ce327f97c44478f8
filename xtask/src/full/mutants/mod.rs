//! Mutation testing: what may be broken on purpose without a test that fails.
//!
//! `tests/mutants/*.toml` are configurations of cargo-mutants: the files that are mutated, the tests that are to
//! notice (by default all of the package that the mutant is in), and the mutants that none can notice, each with its
//! reason. Copies of the repository are mutated, never the repository itself; what was found is below
//! `target/mutants/NAME/mutants.out`.
//!
//! A mutant under which the tests do not end counts as noticed: nobody would merge it.

mod chosen;
mod configuration;
mod outcome;

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use super::{Context, Step, cargo_tools::CargoTool};
use crate::{
    outputs::Failure,
    verify::{pins, process::show, requirements},
};
use chosen::Chosen;
use outcome::Outcome;

const CARGO_MUTANTS: CargoTool = CargoTool {
    name: "cargo-mutants",
    version: "27.1.0",
};

/// Two, as each has a copy with a target directory of its own, and compiling takes most of the time.
const JOBS: &str = "2";

/// All mutants of one configuration.
const TESTING: Duration = Duration::from_secs(6 * 3600);

/// Mutation testing of what decides, redacts and keeps.
#[derive(Debug)]
pub struct Mutants;

impl Step for Mutants {
    fn name(&self) -> &'static str {
        "mutants"
    }

    fn purpose(&self) -> &'static str {
        "each mutant of tests/mutants/*.toml makes a test fail (the longest)"
    }

    fn run(&self, context: &Context<'_>) -> Result<String, Failure> {
        let program = CARGO_MUTANTS.program(&context.tools)?;
        let configurations = configuration::all(&context.top.join("tests/mutants"))?;
        // All that can be wrong is told before hours are spent.
        let chosen = chosen::choose(&program, context, configurations)?;
        let needs: Vec<_> = chosen.iter().flat_map(|it| it.of.needs()).collect();
        requirements::demand_programs(&needs, &pins::read(context.top)?, "nothing was mutated")?;
        let mut said = Vec::new();
        let mut survived = Vec::new();
        for chosen in &chosen {
            let start = Instant::now();
            let outcome = test(&program, context.top, chosen)?;
            let minutes = start.elapsed().as_secs_f64() / 60.0;
            let counts = format!(
                "{}: {} ({minutes:.1} min)",
                chosen.of.name,
                outcome.counts()
            );
            println!("{counts}");
            said.push(counts);
            survived.extend(outcome.survivors);
        }
        if survived.is_empty() {
            return Ok(said.join("; "));
        }
        Err(Failure::Verdict(format!(
            "{}\nno test notices these; write one that says what should hold, remove code that is not needed, or \
             exclude a mutant that changes nothing, with the reason:\n{}",
            said.join("; "),
            survived.join("\n")
        )))
    }
}

/// Makes and tests all mutants that were chosen of a configuration.
fn test(program: &Path, top: &Path, chosen: &Chosen) -> Result<Outcome, Failure> {
    let of = &chosen.of;
    let folder = top.join("target/mutants").join(&of.name);
    let written = folder.join("mutants.out/outcomes.json");
    renew(&folder)?;
    let configuration = match chosen.files.is_empty() {
        true => of.path.clone(),
        false => restricted(chosen, &folder)?,
    };
    let mut command = mutants(program, top);
    command
        .args(["--jobs", JOBS, "--colors=never", "--config"])
        .arg(configuration)
        .arg("--output")
        .arg(&folder)
        // A test that has no Redis is skipped, and would notice nothing.
        .env("ZENDESK_OAUTH_REQUIRE_REDIS", "1");
    let ended = show(&mut command, TESTING).map_err(|error| Failure::Io {
        path: program.to_owned(),
        source: error,
        way_out: "see what the system says of this program",
    })?;
    match ended.map(|status| status.code()) {
        // All were noticed, some were not, or some tests did not end: its codes.
        Some(Some(0 | 2 | 3)) => complete(outcome::read(&written)?, chosen),
        None => Err(Failure::Verdict(format!(
            "{}: it did not end in time; what it found is in {}",
            of.name,
            written.display()
        ))),
        Some(_) => Err(Failure::Verdict(format!(
            "{}: the mutants were not tested; are the tests green without any?",
            of.name
        ))),
    }
}

/// The configuration of the chosen files, written into a folder.
fn restricted(chosen: &Chosen, folder: &Path) -> Result<PathBuf, Failure> {
    let path = folder.join("only.toml");
    let text = chosen.of.only(&chosen.files).map_err(|said| {
        Failure::refused(format!("{}: {said}", chosen.of.path.display()), "mend it")
    })?;
    fs::write(&path, text).map_err(|source| Failure::Io {
        path: path.clone(),
        source,
        way_out: "it must be possible to write there",
    })?;
    Ok(path)
}

/// What was found, if it is of all mutants that were to be tested.
fn complete(outcome: Outcome, chosen: &Chosen) -> Result<Outcome, Failure> {
    match outcome.tested() == chosen.mutants {
        true => Ok(outcome),
        false => Err(Failure::Verdict(format!(
            "{}: of {} mutants {} were tested",
            chosen.of.name,
            chosen.mutants,
            outcome.tested()
        ))),
    }
}

/// An empty folder: what an earlier run found is not taken for what this one does.
fn renew(folder: &Path) -> Result<(), Failure> {
    let removed = match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    };
    removed
        .and_then(|()| fs::create_dir_all(folder))
        .map_err(|source| Failure::Io {
            path: folder.to_owned(),
            source,
            way_out: "it must be possible to write there",
        })
}

/// `cargo mutants` of the whole workspace, of which a configuration takes its files.
fn mutants(program: &Path, top: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["mutants", "--workspace"])
        .current_dir(top)
        // Nobody debugs a mutant.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        // Two copies that share one would wait for each other.
        .env_remove("CARGO_TARGET_DIR");
    command
}
