//! `cargo xtask ci-full`: the checks that take longer than CI may.

pub mod cargo_tools;
pub mod fuzz;
mod fuzz_report;
pub mod mutants;
pub mod oldest_rust;
pub mod schemathesis;
pub mod unused;

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use crate::{outputs::Failure, verify::process::interrupt};

/// What `cargo xtask ci-full` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only this step. May be given again
    #[arg(long, value_name = "STEP")]
    pub only: Vec<String>,
    /// Say which steps there are, what each is for and how long it takes
    #[arg(long, conflicts_with = "only")]
    pub list: bool,
    /// Only this document (`chat-oauth-tokens`), in the step schemathesis. May be given again
    #[arg(long, value_name = "NAME")]
    pub document: Vec<String>,
    /// Only this fuzz target (`error_body`), in the step fuzz. May be given again
    #[arg(long, value_name = "NAME")]
    pub fuzz_target: Vec<String>,
    /// How long each fuzz target runs
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub fuzz_seconds: u64,
    /// Only this file (`crates/zendesk-oauth-core/src/secret.rs`), in the step mutants. May be given again
    #[arg(long, value_name = "FILE")]
    pub mutants_in: Vec<String>,
    /// Other requests than usual are made from another number, in the step schemathesis
    #[arg(long, value_name = "NUMBER")]
    pub schemathesis_seed: Option<u64>,
}

/// What all steps share.
#[derive(Debug)]
pub struct Context<'a> {
    /// Top of the repository.
    pub top: &'a Path,
    /// Where cargo's tools are installed, by version.
    pub tools: PathBuf,
    /// What was told.
    pub arguments: &'a Arguments,
}

/// A check that is run as a whole.
pub trait Step {
    /// Name, for `--only`.
    fn name(&self) -> &'static str;

    /// What it is for and how long it takes, in a line.
    fn purpose(&self) -> &'static str;

    /// Runs it, and gives what is to be said of it in a line.
    ///
    /// # Errors
    /// [`Failure::Verdict`] with what it found; another when it cannot be run.
    fn run(&self, context: &Context<'_>) -> Result<String, Failure>;
}

/// All steps, in their order: the quick ones first.
pub fn all() -> Vec<Box<dyn Step>> {
    vec![
        Box::new(unused::Unused),
        Box::new(oldest_rust::OldestRust),
        Box::new(schemathesis::Schemathesis),
        Box::new(fuzz::Fuzz),
        Box::new(mutants::Mutants),
    ]
}

/// Runs the steps, all of them even if one fails.
///
/// # Errors
/// When a step is not known, or at the end when one failed.
pub fn run(top: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let steps = all();
    if arguments.list {
        for step in &steps {
            println!("{:<13} {}", step.name(), step.purpose());
        }
        return Ok(());
    }
    let known: Vec<&str> = steps.iter().map(|step| step.name()).collect();
    if let Some(unknown) = arguments
        .only
        .iter()
        .find(|name| !known.contains(&name.as_str()))
    {
        return Err(Failure::refused(
            format!("there is no step \"{unknown}\""),
            format!("take one of {}", known.join(", ")),
        ));
    }
    let context = Context {
        top,
        tools: cargo_tools::folder(),
        arguments,
    };
    interrupt::ends(|| {
        let mut failed = Vec::new();
        for step in &steps {
            if !arguments.only.is_empty() && !arguments.only.iter().any(|name| name == step.name())
            {
                continue;
            }
            println!("== {}: {}", step.name(), step.purpose());
            let start = Instant::now();
            let said = step.run(&context);
            interrupt::check()?;
            let seconds = start.elapsed().as_secs();
            match said {
                Ok(said) => println!("{}: passed in {seconds} s: {said}", step.name()),
                Err(failure) => {
                    println!("{}: FAILED after {seconds} s\n{failure}", step.name());
                    failed.push(step.name());
                }
            }
        }
        match failed.is_empty() {
            true => Ok(()),
            false => Err(Failure::Verdict(format!("failed: {}", failed.join(", ")))),
        }
    })
}
