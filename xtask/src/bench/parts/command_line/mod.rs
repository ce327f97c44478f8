//! The command line beside zcli, and beside what it aims at: how long commands take from start to end, how much memory they take
//! at most ([`runs`]), and an [`audit`] beside a client that only reads the same tokens.

mod audit;
mod runs;

use std::{process::Command, time::Duration};

use super::Part;
use crate::{
    bench::{
        account::Account,
        context::Context,
        install,
        results::{Absent, Comparison, Figure, Results},
        rounds::by_turns,
    },
    verify::process::{interrupt, run},
};
use runs::{Runs, Taken};

const ZCLI: &str = "zcli 1.0.1";
const DEADLINE: Duration = Duration::from_secs(120);

/// The command line beside zcli.
#[derive(Debug)]
pub struct CommandLine;

impl Part for CommandLine {
    fn name(&self) -> &'static str {
        "command-line"
    }

    fn purpose(&self) -> &'static str {
        "the command line beside zcli, and an audit beside a client that only reads"
    }

    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String> {
        let ours = context.command_line()?;
        let program = ours.to_string_lossy();
        let runs = Runs::new(context)?;
        results.figures.push(Figure {
            what: "zendesk-oauth: installed, one file (goal: 12 MiB)".to_owned(),
            values: vec![install::size(&ours)],
            unit: "bytes".to_owned(),
        });
        let times = context.times(31, 3);
        let version = runs.many(times, &[&program, "--version"], None)?;
        results
            .figures
            .extend(version.figures("--version", Some("5 ms"), None));

        let clients = 100;
        let seed = Account { clients, tokens: 0 }.seed(context)?;
        let (sandbox, url) = context.sandbox(&seed)?;
        let list = [&*program, "clients", "list", "-o", "json"];
        let list = runs.many(times, &list, Some(&url))?;
        let work = "clients list of 100 clients";
        results
            .figures
            .extend(list.figures(work, Some("20 ms"), Some("15 MiB")));
        drop(sandbox);

        audit::measure(context, results, &runs, &program)?;
        beside_zcli(context, results, &runs, &program)?;
        results.notes.push(NOTE.to_owned());
        Ok(())
    }
}

const NOTE: &str = "A run is from the start of the process to its end, with its output thrown away, started by a small program of \
                    ours that also asks the system for the most memory that it took. The sandbox is in another process, without its \
                    rate limit.";

fn beside_zcli(
    context: &Context,
    results: &mut Results,
    runs: &Runs,
    program: &str,
) -> Result<(), String> {
    let absent = |work: &str, why: String| Absent {
        who: ZCLI.to_owned(),
        work: work.to_owned(),
        why,
    };
    let folder = match install::node(context, "zcli") {
        Ok(folder) => folder,
        Err(why) if interrupt::came() => return Err(why),
        Err(why) => {
            results.absent.push(absent("all of it", why));
            return Ok(());
        }
    };
    let modules = folder.join("node_modules");
    let figure = |what: &str, value: f64, unit: &str| Figure {
        what: format!("{ZCLI}: {what}"),
        values: vec![value],
        unit: unit.to_owned(),
    };
    let packages = install::as_f64(install::packages(&folder) as u64);
    results
        .figures
        .push(figure("installed", install::size(&modules), "bytes"));
    results
        .figures
        .push(figure("installed packages", packages, "packages"));

    let zcli = modules.join(".bin/zcli");
    let zcli = zcli.to_string_lossy();
    let (mut memory_of_ours, mut memory_of_other) = (Vec::new(), Vec::new());
    let once = |program: &str, memory: &mut Vec<f64>| {
        let Taken {
            seconds,
            memory: most,
        } = runs.once(&[program, "--version"], None)?;
        memory.push(most);
        Ok(seconds)
    };
    let rounds = by_turns(
        context.times(10, 1),
        &mut || once(program, &mut memory_of_ours),
        &mut || once(&zcli, &mut memory_of_other),
    )?;
    let memory = memory_of_ours.into_iter().zip(memory_of_other);
    let comparison = |unit: &str, rounds| Comparison {
        work: "--version".to_owned(),
        ours: "zendesk-oauth".to_owned(),
        other: ZCLI.to_owned(),
        unit: unit.to_owned(),
        rounds,
        goal: Some(1.0),
        limit: None,
    };
    results.comparisons.push(comparison("s", rounds));
    let memory = memory.map(<[f64; 2]>::from).collect();
    results
        .comparisons
        .push(comparison("bytes of memory", memory));

    for (work, words) in [
        ("list OAuth clients", ["clients", "list"]),
        ("list OAuth tokens", ["tokens", "list"]),
        ("audit of tokens", ["audit", "--help"]),
    ] {
        let mut command = Command::new(&*zcli);
        let said = run(command.args(words).env("HOME", "/nonexistent"), DEADLINE)?;
        // For some it asks whether another was meant, and ends with 0.
        if !said.is_success() || said.words().contains("is not a zcli command") {
            let why = format!(
                "it has no such command, and {}: {}",
                said.ending(),
                said.words()
            );
            results.absent.push(absent(work, why));
        }
    }
    Ok(())
}
