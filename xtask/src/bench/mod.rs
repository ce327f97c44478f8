//! `cargo xtask bench`: how fast and how big the whole is, beside what one would otherwise use.
//!
//! Each of the [`parts`] measures one thing and gives [`results`], which are kept as JSON in
//! `docs/performance/raw/`; the [`report`] is made of nothing but them. What is compared runs by turns ([`rounds`]) and
//! comes to a ratio with its spread. Most of it is done by [`worker`]s: programs in any language that do a piece of
//! work when they are told, so that neither their start nor their warming up is measured.

pub mod account;
pub mod cargo;
pub mod context;
pub mod install;
pub mod machine;
pub mod memory;
pub mod parts;
pub mod processors;
pub mod report;
pub mod results;
pub mod rounds;
pub mod spread;
pub mod worker;

use std::{fs, path::Path};

use crate::{outputs::Failure, verify::process::interrupt, whole_file};
use context::Context;
use results::Results;

/// Where the raw results are, below the top of the repository.
pub const RAW: &str = "docs/performance/raw";

/// What `cargo xtask bench` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Measure only this part, and keep what is known of the others. May be given again
    #[arg(long, value_name = "PART")]
    pub only: Vec<String>,
    /// Say which parts there are and what each measures
    #[arg(long, conflicts_with_all = ["only", "report", "quick"])]
    pub list: bool,
    /// Measure nothing: make the report anew from docs/performance/raw
    #[arg(long, conflicts_with_all = ["only", "quick"])]
    pub report: bool,
    /// Do everything a few times, to see that it works: figures are shown, and nothing is written
    #[arg(long)]
    pub quick: bool,
}

/// Measures, keeps the raw results and writes the report.
///
/// # Errors
/// When a part is not known or cannot be measured, or a file cannot be written.
pub fn run(top: &Path, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.list {
        for part in parts::all() {
            println!("{:<14} {}", part.name(), part.purpose());
        }
        return Ok(());
    }
    if !arguments.report {
        interrupt::ends(|| measure(top, arguments))?;
        if arguments.quick {
            return Ok(());
        }
    }
    report::write(top)
}

fn measure(top: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let parts = parts::all();
    let known: Vec<&str> = parts.iter().map(|part| part.name()).collect();
    if let Some(unknown) = arguments
        .only
        .iter()
        .find(|name| !known.contains(&name.as_str()))
    {
        return Err(Failure::refused(
            format!("there is no part \"{unknown}\""),
            format!("take one of {}", known.join(", ")),
        ));
    }
    let context = Context::new(top, arguments.quick)?;
    for part in parts {
        if !arguments.only.is_empty() && !arguments.only.iter().any(|name| name == part.name()) {
            continue;
        }
        println!("== {}: {}", part.name(), part.purpose());
        let mut results = Results::new(part.name(), &context);
        part.measure(&context, &mut results).map_err(|said| {
            interrupt::check().err().unwrap_or_else(|| {
                Failure::refused(
                    format!("the part {} was not measured: {said}", part.name()),
                    format!("mend it, then `cargo xtask bench --only {}`", part.name()),
                )
            })
        })?;
        print!("{}", report::plain(&results));
        results.check().map_err(|said| {
            Failure::refused(
                format!("the part {} gave what cannot be kept: {said}", part.name()),
                format!(
                    "mend xtask/src/bench/parts/{}",
                    part.name().replace('-', "_")
                ),
            )
        })?;
        if !arguments.quick {
            keep(top, &results)?;
        }
    }
    Ok(())
}

/// Writes the results of a part, whole or not at all.
fn keep(top: &Path, results: &Results) -> Result<(), Failure> {
    let path = top.join(RAW).join(format!("{}.json", results.part));
    let unwritable = |source| Failure::Io {
        path: path.clone(),
        source,
        way_out: "make the folder writable",
    };
    fs::create_dir_all(top.join(RAW)).map_err(unwritable)?;
    whole_file::replace(&path, results.to_json().as_bytes()).map_err(unwritable)
}
