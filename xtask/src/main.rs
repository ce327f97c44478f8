//! `cargo xtask`: what the repository does to itself.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    thread,
    time::{Duration, Instant},
};

use clap::{Args, Parser, Subcommand};
use xtask::{
    bench,
    document::Document,
    full,
    generate::{Output, generate, package_name},
    lint, new,
    outputs::{self, Change, Failure},
    problem::Problems,
    soak, spec,
    verify::process::interrupt,
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
    /// Generate the client crates from openapi/*.yaml, and the crate that carries the documents
    Gen(Gen),
    /// Check the documents and generate nothing
    Lint {
        /// List the rules and what each is for
        #[arg(long)]
        rules: bool,
    },
    /// Build what is published of the documents, check it, or try it in other people's tools
    Spec(spec::Arguments),
    /// Make the skeleton of a new document: the document, its crate, its registration, its snapshots
    New(new::Arguments),
    /// Measure the whole beside what one would otherwise use, and write docs/performance.md
    Bench(bench::Arguments),
    /// One document of the part `generation`, in a process of its own
    #[command(hide = true)]
    BenchGeneration {
        /// How many operations the document has
        operations: usize,
    },
    /// Keep facade, tokens and sandbox busy under faults, and see that nothing grows, leaks or is lost
    Soak(soak::Arguments),
    /// The checks that take longer than CI may: fuzzing, schemathesis, mutants, the oldest Rust
    CiFull(full::Arguments),
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
    let mut cli = Cli::parse();
    // Messages name files below it. One that is not there is named as it was given, by whoever reads it.
    if let Ok(root) = cli.root.canonicalize() {
        cli.root = root;
    }
    let result = match &cli.command {
        Command::Gen(arguments) => run_gen(&cli, arguments),
        Command::Lint { rules: true } => {
            print_rules();
            Ok(())
        }
        Command::Lint { rules: false } => run_lint(&cli),
        Command::Spec(arguments) => spec::run(&cli.root, arguments),
        Command::New(arguments) => new::run(&cli.root, arguments),
        Command::Bench(arguments) => bench::run(&cli.root, arguments),
        Command::BenchGeneration { operations } => {
            bench::parts::generation::run(&cli.root, *operations)
        }
        Command::Soak(arguments) => soak::run(&cli.root, arguments),
        Command::CiFull(arguments) => full::run(&cli.root, arguments),
    };
    let Err(failure) = result else {
        return ExitCode::SUCCESS;
    };
    eprintln!("{failure}");
    if interrupt::came() {
        return ExitCode::from(interrupt::EXIT_CODE);
    }
    match &cli.command {
        Command::Spec(_)
        | Command::New(_)
        | Command::Bench(_)
        | Command::Soak(_)
        | Command::CiFull(_)
            if !failure.is_verdict() =>
        {
            ExitCode::from(2)
        }
        _ => ExitCode::FAILURE,
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
    let mut out = io::stdout().lock();
    for rule in lint::rules() {
        let (id, purpose, way_out) = (rule.id, rule.purpose, rule.way_out);
        if writeln!(out, "{id}\n  for: {purpose}\n  do:  {way_out}").is_err() {
            // Whoever reads has read enough, as `head` does.
            return;
        }
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
    if arguments.only.is_none() {
        for output in spec::rust_crate::outputs(&cli.root, &documents)? {
            let change = outputs::change(&cli.root, &output)?;
            if change != Change::None {
                println!("{:<32} {} {change}", output.package, output.path);
            }
            generated.push(output);
        }
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
