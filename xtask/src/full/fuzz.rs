//! Fuzzing of everything that reads what others wrote.
//!
//! The targets are functions of `tests/hostile`; `tests/hostile/fuzz` has a program for each, built with cargo-fuzz. They
//! run from the committed corpus, and what they find goes below `target/fuzz`: nothing is written to the repository.

use std::{
    collections::VecDeque,
    env, fs, iter,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use super::{
    Context, Step,
    cargo_tools::{CargoTool, shown},
    fuzz_report::Report,
};
use crate::{
    outputs::Failure,
    verify::process::{demand, interrupt, run},
};

/// What is fuzzed, below the top of the repository.
const HOSTILE: &str = "tests/hostile";

/// The newest that installs.
const CARGO_FUZZ: CargoTool = CargoTool {
    name: "cargo-fuzz",
    version: "0.13.2",
};

/// Everything is built anew, with the fuzzer's instructions in it.
const BUILD: Duration = Duration::from_secs(3600);

/// What a target may take after its time is up: an input that is being tried, and its last words.
const END: Duration = Duration::from_secs(120);

/// What one input may take, in seconds. Hundreds a second are tried.
const TIMEOUT: u32 = 20;

/// What one target may take, in MiB.
const MEMORY: u32 = 2048;

/// How long inputs are, where the usual is not enough: a whole document, a whole state.
const LONGEST: &[(&str, u32)] = &[("document", 32_768), ("seed", 16_384), ("state", 16_384)];
const USUAL_LONGEST: u32 = 4096;

/// Fuzzing of everything that reads what others wrote.
#[derive(Debug)]
pub struct Fuzz;

impl Step for Fuzz {
    fn name(&self) -> &'static str {
        "fuzz"
    }

    fn purpose(&self) -> &'static str {
        "each fuzz target for five minutes, from the committed corpus, one on each processor"
    }

    fn run(&self, context: &Context<'_>) -> Result<String, Failure> {
        demand(Command::new("g++").arg("--version"), END).map_err(|said| {
            Failure::refused(
                format!("libFuzzer is C++, and there is no compiler for it ({said})"),
                "apt-get install g++",
            )
        })?;
        let names = chosen(targets(context.top)?, &context.arguments.fuzz_target)?;
        let programs = Programs::build(context)?;
        let reports = all_of(&programs, &names, context.arguments.fuzz_seconds)?;
        for report in &reports {
            println!("{report}");
        }
        let crashed: Vec<&str> = reports
            .iter()
            .filter(|report| report.crash.is_some())
            .map(|report| report.target.as_str())
            .collect();
        if !crashed.is_empty() {
            return Err(Failure::Verdict(format!(
                "a promise was broken in {}; see above",
                crashed.join(", ")
            )));
        }
        let executions: u64 = reports.iter().map(|report| report.executions).sum();
        Ok(format!(
            "{} targets, {executions} executions, no crash",
            reports.len()
        ))
    }
}

/// The targets, by their files.
fn targets(top: &Path) -> Result<Vec<String>, Failure> {
    let folder = top.join(HOSTILE).join("fuzz/fuzz_targets");
    let entries = fs::read_dir(&folder).map_err(|error| unmade(&folder, &error))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".rs")?.to_owned()))
        .collect();
    names.sort_unstable();
    Ok(names)
}

/// Those that were asked for; all of them when none was.
fn chosen(all: Vec<String>, asked: &[String]) -> Result<Vec<String>, Failure> {
    if let Some(unknown) = asked.iter().find(|name| !all.contains(name)) {
        return Err(Failure::refused(
            format!("there is no fuzz target \"{unknown}\""),
            format!("take one of {}", all.join(", ")),
        ));
    }
    let is_chosen = |name: &String| asked.is_empty() || asked.contains(name);
    Ok(all.into_iter().filter(is_chosen).collect())
}

/// The programs and their folders.
struct Programs {
    /// `tests/hostile`.
    hostile: PathBuf,
    /// `target/fuzz`.
    target: PathBuf,
    /// Where cargo puts the programs.
    built: PathBuf,
}

impl Programs {
    fn build(context: &Context<'_>) -> Result<Self, Failure> {
        let cargo_fuzz = CARGO_FUZZ.program(&context.tools)?;
        let hostile = context.top.join(HOSTILE);
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| context.top.join("target"), PathBuf::from)
            .join("fuzz");
        let mut build = Command::new(cargo_fuzz);
        // Its flags are those of a nightly compiler, which the stable one has too, behind this variable. No sanitizer:
        // unsafe code is forbidden here, and AddressSanitizer would take time from what is tried.
        build
            .args(["fuzz", "build", "--sanitizer", "none", "--fuzz-dir", "."])
            .current_dir(hostile.join("fuzz"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", &target)
            .env_remove("CARGO_PROFILE_DEV_DEBUG");
        shown(&mut build, BUILD, "the fuzz targets do not build")?;
        let host = demand(Command::new("rustc").arg("-vV"), END)
            .map_err(|said| Failure::refused(said, "install Rust"))?;
        let host = host.lines().find_map(|line| line.strip_prefix("host: "));
        let host = host.ok_or_else(|| Failure::refused("rustc has no host", "install Rust"))?;
        Ok(Self {
            built: target.join(host).join("release"),
            hostile,
            target,
        })
    }

    /// Runs one for so many seconds, or until it crashes.
    fn try_out(&self, name: &str, seconds: u64) -> Result<Report, Failure> {
        let found = self.target.join("found").join(name);
        let crashes = self.target.join("crashes").join(name);
        for folder in [&found, &crashes] {
            fs::create_dir_all(folder).map_err(|error| unmade(folder, &error))?;
        }
        let longest = LONGEST.iter().find(|(known, _)| *known == name);
        let longest = longest.map_or(USUAL_LONGEST, |(_, longest)| *longest);
        let mut program = Command::new(self.built.join(name));
        program
            .arg(&found)
            .arg(self.hostile.join("corpus").join(name))
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-max_len={longest}"))
            .arg(format!("-timeout={TIMEOUT}"))
            .arg(format!("-rss_limit_mb={MEMORY}"))
            .arg(format!("-artifact_prefix={}/", crashes.display()))
            .args(["-print_final_stats=1", "-use_value_profile=0"]);
        let dictionary = format!("fuzz/dictionaries/{name}.dict");
        let dictionary = self.hostile.join(dictionary);
        if dictionary.is_file() {
            program.arg(format!("-dict={}", dictionary.display()));
        }
        let deadline = Duration::from_secs(seconds) + END;
        let ended = run(&mut program, deadline).map_err(|said| {
            let way_out = "see whether the fuzz targets were built";
            Failure::refused(format!("the fuzz target {name}: {said}"), way_out)
        })?;
        Ok(Report::of(name, &ended))
    }
}

/// All of them, one on each processor at once.
fn all_of(programs: &Programs, names: &[String], seconds: u64) -> Result<Vec<Report>, Failure> {
    let left: Mutex<VecDeque<&String>> = Mutex::new(names.iter().collect());
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let next = || {
        left.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
    };
    let work = || -> Vec<Result<Report, Failure>> {
        let names = iter::from_fn(next).take_while(|_| !interrupt::came());
        names
            .map(|name| {
                println!("{name}: {seconds} s");
                programs.try_out(name, seconds)
            })
            .collect()
    };
    let reports: Vec<Result<Report, Failure>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        let reports = workers.into_iter().map(thread::ScopedJoinHandle::join);
        reports.flat_map(|it| it.unwrap_or_default()).collect()
    });
    interrupt::check()?;
    let mut reports = reports.into_iter().collect::<Result<Vec<_>, _>>()?;
    reports.sort_by(|one, other| one.target.cmp(&other.target));
    if reports.len() == names.len() {
        Ok(reports)
    } else {
        Err(Failure::refused(
            "not every target was run",
            "see above what went wrong",
        ))
    }
}

fn unmade(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::refused(
        format!("{}: {error}", folder.display()),
        "see whether the folder is there and can be written to",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_targets_that_were_asked_for_are_chosen_and_no_others_are_taken() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let all = targets(&top).expect("they are there");
        assert!(all.contains(&"error_body".to_owned()), "{all:?}");
        assert_eq!(chosen(all.clone(), &[]).expect("all"), all);
        let asked = ["names".to_owned()];
        assert_eq!(chosen(all.clone(), &asked).expect("one"), asked);
        let failure = chosen(all, &["other".to_owned()]).expect_err("unknown");
        assert!(failure.to_string().contains("error_body, "), "{failure}");
    }
}
