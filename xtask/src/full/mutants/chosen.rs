//! Which mutants are tested, and whether each configuration is still of what is there.

use std::{path::Path, time::Duration};

use super::{Context, configuration::Configuration, mutants};
use crate::{outputs::Failure, verify::process::demand};

/// Only reads the sources.
const LISTING: Duration = Duration::from_secs(300);

/// What is tested of a configuration.
#[derive(Debug)]
pub(super) struct Chosen {
    /// The configuration.
    pub(super) of: Configuration,
    /// Only these of its files; all of them if there are none.
    pub(super) files: Vec<String>,
    /// How many mutants there are.
    pub(super) mutants: usize,
}

/// What was asked for, of each configuration that has it.
///
/// # Errors
/// When a configuration has no mutant, or an exclusion that excludes none, or no configuration has a file that was asked
/// for.
pub(super) fn choose(
    program: &Path,
    context: &Context<'_>,
    configurations: Vec<Configuration>,
) -> Result<Vec<Chosen>, Failure> {
    let asked = &context.arguments.mutants_in;
    let mut chosen = Vec::new();
    for of in configurations {
        refuse_stale(program, context.top, &of)?;
        let mut command = mutants(program, context.top);
        command.args(["--list", "--config"]).arg(&of.path);
        let listed = demand(&mut command, LISTING).map_err(Failure::Verdict)?;
        let names: Vec<&str> = listed.lines().filter(|line| is_mutant(line)).collect();
        if names.is_empty() {
            return Err(Failure::Verdict(format!(
                "{}: there is no mutant in its files; see `examine_globs`",
                of.path.display()
            )));
        }
        let files: Vec<String> = asked
            .iter()
            .filter(|file| names.iter().any(|name| is_in(name, file)))
            .cloned()
            .collect();
        let mutants = match asked.is_empty() {
            true => names.len(),
            false => count_in(&names, &files),
        };
        chosen.push(Chosen { of, files, mutants });
    }
    let is_chosen = |file: &&String| chosen.iter().any(|it| it.files.contains(file));
    if let Some(unknown) = asked.iter().find(|file| !is_chosen(file)) {
        return Err(Failure::refused(
            format!("no configuration in tests/mutants has a mutant in \"{unknown}\""),
            "give the path of a file from the top of the repository, as `examine_globs` has it",
        ));
    }
    chosen.retain(|it| it.mutants > 0);
    Ok(chosen)
}

/// Fails when an exclusion excludes nothing any more.
fn refuse_stale(program: &Path, top: &Path, of: &Configuration) -> Result<(), Failure> {
    let mut stale = Vec::new();
    for pattern in &of.exclusions {
        let mut command = mutants(program, top);
        command.args(["--list", "--no-config", "--re", pattern]);
        for glob in &of.globs {
            command.args(["--file", glob]);
        }
        let listed = demand(&mut command, LISTING).map_err(Failure::Verdict)?;
        // 27.1.0 lists deleted fields whatever the pattern is.
        let is_matched = |line: &str| is_mutant(line) && !line.contains(": delete field ");
        if !listed.lines().any(is_matched) {
            stale.push(pattern.as_str());
        }
    }
    match stale.is_empty() {
        true => Ok(()),
        false => Err(Failure::Verdict(format!(
            "{}: these patterns of `exclude_re` match no mutant; remove them:\n{}",
            of.path.display(),
            stale.join("\n")
        ))),
    }
}

/// Whether a line of a list is a mutant, `file:line:column: what is done`.
fn is_mutant(line: &str) -> bool {
    line.contains(".rs:")
}

fn is_in(mutant: &str, file: &str) -> bool {
    mutant
        .strip_prefix(file)
        .is_some_and(|rest| rest.starts_with(':'))
}

/// How many of these mutants are in these files.
fn count_in(mutants: &[&str], files: &[String]) -> usize {
    let is_asked = |mutant: &&&str| files.iter().any(|file| is_in(mutant, file));
    mutants.iter().filter(is_asked).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mutants_are_counted_by_the_whole_path_of_their_file() {
        let mutants = [
            "a/b.rs:1:2: x",
            "a/b.rs:2:2: x",
            "a/b.rs2:2: x",
            "c/a/b.rs:1:1: y",
        ];
        let count = |files: &[&str]| {
            let files: Vec<String> = files.iter().map(|&file| file.to_owned()).collect();
            count_in(&mutants, &files)
        };
        assert_eq!(count(&["a/b.rs"]), 2);
        assert_eq!(count(&["a/b.rs", "c/a/b.rs"]), 3);
        assert_eq!(count(&["b.rs", "a"]), 0);
        assert_eq!(count(&[]), 0);
    }

    #[test]
    fn what_is_no_mutant_is_not_taken_for_one() {
        assert!(is_mutant("a/b.rs:1:2: replace f with ()"));
        assert!(!is_mutant("Found 0 mutants to test"));
    }
}
