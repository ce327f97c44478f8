//! Tries each tool on each document, two at a time, and says how each step went.

use std::{collections::VecDeque, fs, path::Path, sync::Mutex, thread, time::Instant};

use crate::{
    outputs::Failure,
    verify::{
        job::{Job, Tools},
        pins,
        process::interrupt,
        requirements,
        subjects::{self, Subject},
        table,
        tool::{self, Tool},
    },
};

/// As many cores as most machines of this kind have; more would only make the slow steps slower.
const AT_A_TIME: usize = 2;

/// What is asked of a run.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Only these tools; all where it is empty.
    pub only: Vec<String>,
    /// Compare the table instead of writing it.
    pub check: bool,
}

/// How one step of one tool went on one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The tool.
    pub tool: &'static str,
    /// The document.
    pub document: String,
    /// The step.
    pub step: &'static str,
    /// What the table says beside `pass`, or why it failed.
    pub outcome: Result<String, String>,
}

/// Tries every tool, or those named, and writes or compares the table when all were tried.
///
/// # Errors
/// A tool that is missing or unknown, or the verdict with everything that failed.
pub fn run(top: &Path, ask: &Ask) -> Result<(), Failure> {
    interrupt::ends(|| try_and_tell(top, ask))
}

fn try_and_tell(top: &Path, ask: &Ask) -> Result<(), Failure> {
    let all = tool::all();
    let selected = select(&all, &ask.only)?;
    let locked = pins::read_locked(top)?;
    let tools = Tools::locate(top);
    requirements::demand(&selected, &tools, &locked)?;
    let folder = tempfile::tempdir().map_err(|error| {
        Failure::refused(
            format!("no temporary folder: {error}"),
            "set TMPDIR to a folder that is writable",
        )
    })?;
    let published = folder.path().join("published");
    make_folder(&published)?;
    let subjects = subjects::build(top, &published)?;
    let top = std::path::absolute(top).unwrap_or_else(|_| top.to_owned());
    let mut jobs = Vec::new();
    for tool in &selected {
        for subject in &subjects {
            let work = folder.path().join(tool.name()).join(&subject.name);
            make_folder(&work)?;
            jobs.push((*tool, job(subject, work, &tools, &top)));
        }
    }
    let cells = try_all(jobs);
    interrupt::check()?;
    judge(&cells)?;
    println!(
        "{} steps of {} tools, no failure",
        cells.len(),
        selected.len()
    );
    if !ask.only.is_empty() {
        println!("the table is not touched, as not every tool was tried");
        return Ok(());
    }
    let text = table::render(&all, &subjects, &cells, &locked.pins);
    if ask.check {
        table::check(&top, &text)
    } else {
        table::write(&top, &text)
    }
}

/// The tools that are asked for.
///
/// # Errors
/// A name that no tool has, with those that there are.
fn select<'a>(all: &'a [Box<dyn Tool>], only: &[String]) -> Result<Vec<&'a dyn Tool>, Failure> {
    let names: Vec<&str> = all.iter().map(|tool| tool.name()).collect();
    if let Some(unknown) = only.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(Failure::refused(
            format!("there is no tool `{unknown}`"),
            format!("there are {}", names.join(", ")),
        ));
    }
    let is_asked =
        |tool: &&dyn Tool| only.is_empty() || only.iter().any(|name| name == tool.name());
    Ok(all.iter().map(AsRef::as_ref).filter(is_asked).collect())
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|source| Failure::Io {
        path: folder.to_owned(),
        source,
        way_out: "make room in the temporary folder, or set TMPDIR to another",
    })
}

fn job(subject: &Subject, work: std::path::PathBuf, tools: &Tools, top: &Path) -> Job {
    Job {
        document: subject.name.clone(),
        file: subject.file.clone(),
        areas: subject.areas.clone(),
        work,
        tools: tools.clone(),
        top: top.to_owned(),
    }
}

/// Does all jobs, and gives their cells in the order of the jobs.
fn try_all(jobs: Vec<(&dyn Tool, Job)>) -> Vec<Cell> {
    let queue: Mutex<VecDeque<_>> = Mutex::new(jobs.into_iter().enumerate().collect());
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some((place, (tool, job))) = next(&queue) {
                    let cells = try_one(tool, &job);
                    done.lock()
                        .unwrap_or_else(|poisoned| poisoned.into_inner())
                        .push((place, cells));
                }
            });
        }
    });
    let mut done = done
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().flat_map(|(_, cells)| cells).collect()
}

fn next<T>(queue: &Mutex<VecDeque<T>>) -> Option<T> {
    queue
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
        .pop_front()
}

/// Does the steps of one tool on one document, up to the first that fails.
fn try_one(tool: &dyn Tool, job: &Job) -> Vec<Cell> {
    let mut cells = Vec::new();
    for step in tool.steps() {
        let start = Instant::now();
        let outcome = tool.run(step, job);
        if interrupt::came() {
            break;
        }
        let word = if outcome.is_ok() { "pass" } else { "FAIL" };
        println!(
            "{word} {:<26} {:<24} {step:<9} ({:.1} s)",
            tool.name(),
            job.document,
            start.elapsed().as_secs_f32()
        );
        let has_failed = outcome.is_err();
        cells.push(Cell {
            tool: tool.name(),
            document: job.document.clone(),
            step,
            outcome,
        });
        if has_failed {
            break;
        }
    }
    // Its tree of generated code can be large, and the next job has its own.
    let _ = fs::remove_dir_all(&job.work);
    cells
}

/// Whether every step passed.
///
/// # Errors
/// The verdict with all that did not.
fn judge(cells: &[Cell]) -> Result<(), Failure> {
    let failed: Vec<&Cell> = cells.iter().filter(|cell| cell.outcome.is_err()).collect();
    if let Some(cell) = failed.iter().find(|cell| is_offline(cell)) {
        return Err(Failure::refused(
            format!(
                "cargo does not reach crates.io, which {} needs, so nothing is said of the documents",
                cell.tool
            ),
            "connect to the network and run `cargo xtask spec --verify` again; what it fetches is kept",
        ));
    }
    match failed.is_empty() {
        true => Ok(()),
        false => Err(Failure::Verdict(verdict(&failed))),
    }
}

/// Whether a step failed as cargo did not reach its registry, in cargo's words.
fn is_offline(cell: &Cell) -> bool {
    const SIGNS: [&str; 4] = [
        "spurious network error",
        "Could not resolve host",
        "Couldn't connect to server",
        "Could not connect to server",
    ];
    let reason = cell.outcome.as_ref().err();
    reason.is_some_and(|said| SIGNS.iter().any(|sign| said.contains(sign)))
}

fn verdict(failed: &[&Cell]) -> String {
    let mut text = String::new();
    for cell in failed {
        let reason = cell.outcome.as_ref().err().map_or("", String::as_str);
        let reason = reason.trim().replace('\n', "\n  ");
        text.push_str(&format!(
            "{} on {}, {}:\n  {reason}\n",
            cell.tool, cell.document, cell.step
        ));
    }
    let count = failed.len();
    let steps = if count == 1 { "step" } else { "steps" };
    format!(
        "{text}{count} {steps} failed, what follows a failed step was not tried, and the table is not written"
    )
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::verify::tool::Need;

    /// Fails the step of its name on the document of its name.
    struct Fake(&'static str);

    impl Tool for Fake {
        fn name(&self) -> &'static str {
            self.0
        }
        fn packages(&self) -> &'static [&'static str] {
            &[]
        }
        fn needs(&self) -> &'static [Need] {
            &[]
        }
        fn steps(&self) -> &'static [&'static str] {
            &["one", "two", "three"]
        }
        fn run(&self, step: &str, job: &Job) -> Result<String, String> {
            if job.document == "bad" && step == "two" && self.0 == "weak" {
                return Err("because\nof this".to_owned());
            }
            Ok(String::new())
        }
    }

    fn job_of(document: &str) -> Job {
        Job {
            document: document.to_owned(),
            file: PathBuf::new(),
            areas: vec![],
            work: PathBuf::from("/nonexistent/for-this-test"),
            tools: Tools {
                folder: PathBuf::new(),
            },
            top: PathBuf::new(),
        }
    }

    #[test]
    fn a_failed_step_ends_its_job_and_no_other() {
        let (weak, strong) = (Fake("weak"), Fake("strong"));
        let jobs: Vec<(&dyn Tool, Job)> = vec![
            (&weak, job_of("good")),
            (&weak, job_of("bad")),
            (&strong, job_of("good")),
            (&strong, job_of("bad")),
        ];
        let cells = try_all(jobs);
        let outcomes: Vec<_> = cells
            .iter()
            .map(|cell| {
                (
                    cell.tool,
                    cell.document.as_str(),
                    cell.step,
                    cell.outcome.is_ok(),
                )
            })
            .collect();
        let mut expected = vec![];
        for (tool, document) in [
            ("weak", "good"),
            ("weak", "bad"),
            ("strong", "good"),
            ("strong", "bad"),
        ] {
            for step in ["one", "two", "three"] {
                match (tool, document, step) {
                    ("weak", "bad", "three") => {}
                    (_, _, _) => expected.push((
                        tool,
                        document,
                        step,
                        (tool, document, step) != ("weak", "bad", "two"),
                    )),
                }
            }
        }
        assert_eq!(outcomes, expected);
        let failure = judge(&cells).unwrap_err();
        assert!(failure.is_verdict());
        assert!(judge(&cells[..3]).is_ok());
        let said = failure.to_string();
        assert!(
            said.starts_with("weak on bad, two:\n  because\n  of this\n1 step failed"),
            "{said}"
        );
    }

    #[test]
    fn without_a_network_there_is_no_verdict() {
        let said = "cargo ended with 101\nerror: failed to download\n[6] Could not resolve hostname (Could not resolve host: index.crates.io)";
        let cell = Cell {
            tool: "weak",
            document: "good".to_owned(),
            step: "two",
            outcome: Err(said.to_owned()),
        };
        let failure = judge(&[cell]).unwrap_err();
        assert!(!failure.is_verdict());
        assert_eq!(failure.to_string().lines().count(), 1);
    }

    #[test]
    fn an_unknown_tool_is_refused_with_those_there_are() {
        let all: Vec<Box<dyn Tool>> = vec![Box::new(Fake("weak")), Box::new(Fake("strong"))];
        let Err(failure) = select(&all, &["strnog".to_owned()]) else {
            panic!("it is unknown");
        };
        assert_eq!(
            failure.to_string(),
            "there is no tool `strnog`; there are weak, strong"
        );
        assert_eq!(select(&all, &["strong".to_owned()]).unwrap().len(), 1);
        assert_eq!(select(&all, &[]).unwrap().len(), 2);
    }
}
