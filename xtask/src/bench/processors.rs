//! Which processors those who are measured run on.
//!
//! A short call is mostly waiting to be woken. Whether the server and who asks it share a processor, and when the system
//! moves one of them, decides more of its time than what is done in it; so each keeps one.

use std::{fs, process::Command, time::Duration};

use crate::verify::process::demand;

const MOMENT: Duration = Duration::from_secs(60);

/// One for the server and one for those who ask it, or why there are none.
#[derive(Debug)]
pub struct Processors(Result<[usize; 2], String>);

impl Processors {
    /// Of this machine.
    pub fn of_this_machine() -> Self {
        Self(two())
    }

    /// From now on this process runs on the server's.
    ///
    /// # Errors
    /// What the system said.
    pub fn serve(&self, pid: u32) -> Result<(), String> {
        self.keep(pid, 1)
    }

    /// From now on this process runs on the one of those who ask.
    ///
    /// # Errors
    /// What the system said.
    pub fn ask(&self, pid: u32) -> Result<(), String> {
        self.keep(pid, 0)
    }

    /// For the report: who decided where processes run.
    pub fn note(&self) -> String {
        match &self.0 {
            Ok(_) => "The server keeps one processor and who asks it another (`taskset`): otherwise the system moves them \
                      about, and whether they share one decides more of a short call's time than what is done in it."
                .to_owned(),
            Err(why) => format!("The system decided which processors server and clients ran on: {why}."),
        }
    }

    fn keep(&self, pid: u32, which: usize) -> Result<(), String> {
        let Ok(processors) = &self.0 else {
            return Ok(());
        };
        let mut taskset = taskset();
        taskset.args(["--all-tasks", "--cpu-list", "--pid"]);
        taskset.arg(processors[which].to_string());
        demand(taskset.arg(pid.to_string()), MOMENT).map(drop)
    }
}

fn taskset() -> Command {
    Command::new("taskset")
}

fn two() -> Result<[usize; 2], String> {
    let status = fs::read_to_string("/proc/self/status")
        .map_err(|_| "it does not say which there are".to_owned())?;
    let two = first_two(&status).ok_or("there are no two of them")?;
    demand(taskset().arg("--version"), MOMENT)
        .map_err(|_| "there is no `taskset` on the PATH; Debian's util-linux has it")?;
    Ok(two)
}

/// The first two of `Cpus_allowed_list: 0-1,4`.
fn first_two(status: &str) -> Option<[usize; 2]> {
    let list = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    let mut all = list.trim().split(',').filter_map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Some(first.parse::<usize>().ok()?..=last.parse::<usize>().ok()?)
    });
    let mut all = all.by_ref().flatten();
    Some([all.next()?, all.next()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_two_processors_are_taken_that_a_process_may_run_on() {
        let of = |list: &str| first_two(&format!("Name:\tx\nCpus_allowed_list:\t{list}\n"));
        assert_eq!(of("0-1"), Some([0, 1]));
        assert_eq!(of("3,5-7"), Some([3, 5]));
        assert_eq!(of("2,9"), Some([2, 9]));
        assert_eq!(of("4"), None);
        assert_eq!(of(""), None);
        assert_eq!(first_two("Name:\tx\n"), None);
    }

    #[test]
    fn without_two_processors_nothing_is_kept_and_the_report_says_why() {
        let none = Processors(Err("there are no two of them".to_owned()));
        none.ask(std::process::id()).unwrap();
        assert!(none.note().ends_with("there are no two of them."));
    }
}
