//! `cargo xtask`: what the repository does to itself.

use std::{
    path::PathBuf,
    process::ExitCode,
    thread,
    time::{Duration, Instant},
};

use clap::{Args, Parser, Subcommand};
use xtask::{
    document::Document,
    generate::{Output, generate, package_name},
    lint,
    outputs::{self, Failure},
    problem::Problems,
};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "What the repository does to itself")]
struct Cli {
    /// Top of the repository.
    #[arg(long, global = true, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/.."), hide_default_value = true)]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate the client crates from openapi/*.yaml
    Gen(Gen),
    /// Check the documents and generate nothing
    Lint {
        /// List the rules and what each is for
        #[arg(long)]
        rules: bool,
    },
}

#[derive(Args)]
struct Gen {
    /// Write nothing: print a unified diff and exit with 1 when generated code is out of date
    #[arg(long)]
    check: bool,
    /// Only this document (`chat-oauth-tokens`) or crate
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::Gen(arguments) => run_gen(&cli, arguments),
        Command::Lint { rules: true } => {
            print_rules();
            Ok(())
        }
        Command::Lint { rules: false } => run_lint(&cli),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run_lint(cli: &Cli) -> Result<(), Failure> {
    let documents = outputs::read_documents(&cli.root)?;
    lint::check_all(&documents).map_err(Failure::Documents)?;
    println!(
        "{} documents, {} rules, no problem",
        documents.len(),
        lint::rules().len()
    );
    Ok(())
}

fn print_rules() {
    for rule in lint::rules() {
        println!(
            "{}\n  for: {}\n  do:  {}",
            rule.id, rule.purpose, rule.way_out
        );
    }
}

fn run_gen(cli: &Cli, arguments: &Gen) -> Result<(), Failure> {
    let documents = outputs::read_documents(&cli.root)?;
    lint::check_all(&documents).map_err(Failure::Documents)?;
    let is_asked = |name: &str| {
        arguments
            .only
            .as_deref()
            .is_none_or(|only| only == name || only == package_name(name))
    };
    let asked: Vec<&Document> = documents
        .iter()
        .filter(|document| is_asked(&document.name))
        .collect();
    let mut generated: Vec<Output> = Vec::new();
    let mut times = Vec::new();
    for (result, time) in generate_side_by_side(&asked) {
        let outputs = result.map_err(Failure::Documents)?;
        times.extend([time; 2]);
        generated.extend(outputs);
    }
    if let (Some(name), true) = (&arguments.only, generated.is_empty()) {
        let known = documents
            .iter()
            .map(|document| document.name.clone())
            .collect();
        return Err(Failure::NoSuchDocument {
            name: name.clone(),
            known,
        });
    }
    if arguments.only.is_none() {
        outputs::check_strays(&cli.root, &generated)?;
    }
    for (output, time) in generated.iter().zip(times) {
        let change = outputs::change(&cli.root, output)?;
        let file = output.path.rsplit('/').next().unwrap_or_default();
        let time = time.as_millis();
        println!("{:<32} {file:<13} {change} ({time} ms)", output.package);
    }
    if arguments.check {
        outputs::check(&cli.root, &generated)
    } else {
        outputs::write(&cli.root, &generated)
    }
}

/// Generates each document on a thread of its own, and says how long each took.
fn generate_side_by_side(
    documents: &[&Document],
) -> Vec<(Result<[Output; 2], Problems>, Duration)> {
    thread::scope(|scope| {
        let running: Vec<_> = documents
            .iter()
            .map(|document| {
                scope.spawn(move || {
                    let start = Instant::now();
                    (generate(document), start.elapsed())
                })
            })
            .collect();
        running
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .expect("progenitor's panics are caught, ours are defects")
            })
            .collect()
    })
}
