//! What the machine must have before anything is tried, all named at once.

use std::{collections::BTreeMap, env, path::Path, process::Command, time::Duration};

use crate::{
    outputs::Failure,
    verify::{
        install::present,
        job::Tools,
        pins::{Locked, Pins},
        process,
        tool::{Need, Tool},
    },
};

const CARGO: Need = ("cargo", "https://rustup.rs");

/// Refuses unless every program and every package that these tools need is there, in its version.
///
/// # Errors
/// Everything that is missing, each with the line that installs it.
pub fn demand(selected: &[&dyn Tool], tools: &Tools, locked: &Locked) -> Result<(), Failure> {
    let mut needs: Vec<Need> = vec![CARGO];
    needs.extend(selected.iter().flat_map(|tool| tool.needs()));
    if needs.iter().any(|(name, _)| *name == "ruby") {
        // What every Ruby client of openapi-generator sends its requests with.
        needs.push(("ruby-typhoeus", "apt-get install ruby-typhoeus"));
    }
    let mut missing = programs(&needs, &locked.pins);
    let of_kind = |pins: &BTreeMap<String, String>| {
        let mut packages = selected.iter().flat_map(|tool| tool.packages());
        packages.any(|package| pins.contains_key(*package))
    };
    let mut packages = Vec::new();
    if of_kind(&locked.pins.npm) {
        packages.extend(present::node_problems(tools, locked));
    }
    if of_kind(&locked.pins.pypi) {
        packages.extend(present::python_problems(tools, locked));
    }
    if let Some(first) = packages.first() {
        let more = match packages.len() {
            1 => String::new(),
            all => format!(" (and {} more like it)", all - 1),
        };
        let folder = tools.folder.display();
        missing.push(format!(
            "{first} in {folder}{more}: cargo xtask spec --install"
        ));
    }
    refuse(&missing, "nothing was tried")
}

/// Refuses unless these programs are there.
///
/// # Errors
/// All that are missing, each with the line that installs it.
pub fn demand_programs(needs: &[Need], pins: &Pins, so: &str) -> Result<(), Failure> {
    refuse(&programs(needs, pins), so)
}

fn refuse(missing: &[String], so: &str) -> Result<(), Failure> {
    match missing {
        [] => Ok(()),
        [only] => Err(Failure::refused(format!("missing: {only}"), so)),
        all => Err(Failure::refused(
            format!("missing:\n  {}\n{} things", all.join("\n  "), all.len()),
            so,
        )),
    }
}

/// Those that are missing or too old, each once, with the line that installs it.
fn programs(needs: &[Need], pins: &Pins) -> Vec<String> {
    let by_name: BTreeMap<&str, &str> = needs.iter().copied().collect();
    by_name
        .into_iter()
        .filter_map(|(name, line)| {
            if !is_there(name) {
                return Some(format!("{name}: {line}"));
            }
            let oldest = pins.machine.get(name)?;
            let problem = too_old(&version_of(name), oldest)?;
            Some(format!("{name} {problem}: {line}, or a newer one"))
        })
        .collect()
}

/// What a program says of its version.
fn version_of(program: &str) -> String {
    // Go has no option for it, and Java's old ones know no `--version`.
    let argument = match program {
        "go" => "version",
        "java" => "-version",
        _ => "--version",
    };
    process::run(Command::new(program).arg(argument), Duration::from_secs(60))
        .map(|ended| format!("{}\n{}", ended.stdout, ended.stderr))
        .unwrap_or_default()
}

/// Why a program that says this of itself does not do, if it does not.
fn too_old(said: &str, oldest: &str) -> Option<String> {
    let numbers = |version: &str| -> Vec<u32> {
        let parts = version.split('.').map_while(|part| part.parse().ok());
        parts.collect()
    };
    let is_of_version = |letter: char| letter.is_ascii_digit() || letter == '.';
    let found = said
        .split(|letter| !is_of_version(letter))
        .find(|part| part.starts_with(|letter: char| letter.is_ascii_digit()));
    match found {
        None => Some("does not tell its version".to_owned()),
        Some(found) if numbers(found) < numbers(oldest) => {
            Some(format!("{found} is older than {oldest}, which was tried"))
        }
        Some(_) => None,
    }
}

/// Most are programs on PATH. Debian packs two things apart from the program that they belong to.
fn is_there(name: &str) -> bool {
    match name {
        "python3-venv" => answers("python3", &["-c", "import venv, ensurepip"]),
        "ruby-typhoeus" => answers("ruby", &["-e", "require 'typhoeus'"]),
        program => on_path(program),
    }
}

fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| is_program(&folder.join(program)))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|there| there.is_file() && there.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file() || path.with_extension("exe").is_file()
}

fn answers(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    process::run(command.args(arguments), Duration::from_secs(60))
        .is_ok_and(|ended| ended.is_success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_programs_say_of_themselves() {
        for (said, oldest, is_enough) in [
            ("v20.20.2\n", "20", true),
            ("v14.0.0\n", "20", false),
            ("go version go1.19.8 linux/amd64", "1.19", true),
            ("go version go1.9.8 linux/amd64", "1.19", false),
            ("openjdk version \"17.0.15\" 2025-04-15", "17", true),
            ("java version \"1.8.0_202\"", "17", false),
            ("Python 3.11.2", "3.11", true),
            (
                "ruby 3.1.2p20 (2022-04-12 revision 4491bb740a)",
                "3.1",
                true,
            ),
            ("ruby 2.7.8", "3.1", false),
            ("", "20", false),
        ] {
            assert_eq!(too_old(said, oldest).is_none(), is_enough, "{said}");
        }
        let said = too_old("v14.0.0", "20").expect("it is too old");
        assert_eq!(said, "14.0.0 is older than 20, which was tried");
    }
}
