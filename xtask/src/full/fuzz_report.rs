//! What a fuzz target said: how much it tried, and what it found.

use std::fmt;

use crate::verify::process::Ended;

/// How many of the last lines of a crash are shown.
const SHOWN: usize = 30;

/// What one target did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    /// Its name.
    pub(super) target: String,
    /// How many inputs it tried.
    pub(super) executions: u64,
    /// How many a second.
    pub(super) a_second: u64,
    /// How many edges of the code were taken by some input.
    pub(super) coverage: u64,
    /// What it found.
    pub(super) crash: Option<Crash>,
}

/// A promise that was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Crash {
    /// The input, if the fuzzer came to write it down.
    file: Option<String>,
    /// What was said of it.
    words: String,
}

impl Report {
    /// Of what it said.
    pub(super) fn of(target: &str, ended: &Ended) -> Self {
        let said = &ended.stderr;
        let crash = (!ended.is_success()).then(|| Crash {
            file: after(said, "Test unit written to ").map(str::to_owned),
            words: words(said, &ended.ending()),
        });
        Self {
            target: target.to_owned(),
            executions: number(said, "stat::number_of_executed_units:"),
            a_second: number(said, "stat::average_exec_per_sec:"),
            coverage: number(said, " cov: "),
            crash,
        }
    }
}

/// What follows the last such word, to the end of its line.
fn after<'a>(said: &'a str, word: &str) -> Option<&'a str> {
    let (_, rest) = said.rsplit_once(word)?;
    rest.lines().next().map(str::trim)
}

fn number(said: &str, word: &str) -> u64 {
    let found = after(said, word).and_then(|it| it.split(' ').next());
    found.and_then(|it| it.parse().ok()).unwrap_or_default()
}

/// From the panic on; without one, the last lines, which say what the fuzzer saw.
fn words(said: &str, ending: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    let panic = lines.iter().rposition(|line| line.contains("panicked at"));
    let from = panic.unwrap_or(lines.len().saturating_sub(SHOWN));
    let shown: Vec<&str> = lines[from..].iter().copied().take(SHOWN).collect();
    format!("it {ending}\n{}", shown.join("\n"))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            target,
            executions,
            a_second,
            coverage,
            crash,
        } = self;
        write!(
            f,
            "{target}: {executions} executions ({a_second} a second), {coverage} edges"
        )?;
        let Some(crash) = crash else {
            return Ok(());
        };
        write!(f, ", CRASHED: {}", crash.words)?;
        match &crash.file {
            Some(file) => write!(
                f,
                "\n{file} shows it. Copy it to tests/hostile/corpus/{target}/ under a name that says what it shows; then \
                 `cargo test -p zendesk-oauth-hostile --test replay {target}` shows it too. Mend what is broken, with a test in \
                 its place"
            ),
            None => f.write_str("\nNo input was kept: run the target again by itself"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(stderr: &str, is_success: bool) -> Ended {
        use std::os::unix::process::ExitStatusExt as _;
        let code = if is_success { 0 } else { 77 << 8 };
        Ended {
            status: Some(std::process::ExitStatus::from_raw(code)),
            stdout: String::new(),
            stderr: stderr.to_owned(),
        }
    }

    #[test]
    fn a_run_that_found_nothing_tells_how_much_it_tried() {
        let said = "#2 INITED cov: 12 ft: 3\n#900 DONE   cov: 345 ft: 9 corp: 7/8b\nDone 900 runs\n\
                    stat::number_of_executed_units: 900\nstat::average_exec_per_sec:     30\n";
        let report = Report::of("seed", &ended(said, true));
        assert_eq!(
            report.to_string(),
            "seed: 900 executions (30 a second), 345 edges"
        );
    }

    #[test]
    fn a_crash_tells_its_words_its_file_and_what_to_do() {
        let said = "#2 NEW cov: 12\nthread '<unnamed>' panicked at src/x.rs:1:\nit is not so\n==7== ERROR: libFuzzer: deadly \
                    signal\nartifact_prefix='/t/'; Test unit written to /t/crash-1\nBase64: eA==\n";
        let report = Report::of("seed", &ended(said, false));
        let text = report.to_string();
        for part in [
            "12 edges, CRASHED: it ended with 77\nthread",
            "it is not so",
            "\n/t/crash-1 shows it. Copy it to tests/hostile/corpus/seed/",
            "--test replay seed",
        ] {
            assert!(text.contains(part), "{part:?} is not in {text}");
        }
    }

    #[test]
    fn a_target_that_does_not_end_is_a_crash_too() {
        let mut ended = ended("", true);
        ended.status = None;
        let report = Report::of("seed", &ended);
        assert!(
            report.to_string().contains("did not end in time"),
            "{report}"
        );
    }
}
