//! The pinned version of schemathesis, in an environment of its own beside cargo's tools.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::{Context, FOLDER};
use crate::{
    outputs::Failure,
    verify::{install::offline, pins, process::run, requirements, tool::PYTHON},
};

/// Some twenty packages over a slow line.
const DEADLINE: Duration = Duration::from_secs(1200);
/// A copy of the requirements, written when all of them are installed.
const INSTALLED: &str = "installed.txt";

/// The program, installed unless the environment was made of these very requirements.
pub(super) fn program(context: &Context<'_>) -> Result<PathBuf, Failure> {
    let file = context.top.join(FOLDER).join("requirements.txt");
    let wanted = fs::read_to_string(&file).map_err(|source| Failure::Io {
        path: file.clone(),
        source,
        way_out: "run it from a clone of the repository",
    })?;
    let folder = context.tools.join("schemathesis");
    let program = folder.join("bin/schemathesis");
    if !is_there(&folder, &program, &wanted) {
        install(context, &folder, &file)?;
        let installed = folder.join(INSTALLED);
        fs::write(&installed, &wanted).map_err(|source| Failure::Io {
            path: installed,
            source,
            way_out: "make the folder writable, or set CARGO_HOME",
        })?;
    }
    Ok(program)
}

/// Whether the environment is whole, and its interpreter still there.
fn is_there(folder: &Path, program: &Path, wanted: &str) -> bool {
    fs::read_to_string(folder.join(INSTALLED)).is_ok_and(|there| there == wanted)
        && run(
            Command::new(program).arg("--version"),
            Duration::from_secs(60),
        )
        .is_ok_and(|ended| ended.is_success())
}

fn install(context: &Context<'_>, folder: &Path, file: &Path) -> Result<(), Failure> {
    let pins = pins::read(context.top)?;
    let needs = [PYTHON, ("python3-venv", "apt-get install python3-venv")];
    requirements::demand_programs(&needs, &pins, "nothing was installed")?;
    println!("installing schemathesis");
    // An environment of other versions is emptied first.
    let mut venv = Command::new("python3");
    demand(venv.args(["-m", "venv", "--clear"]).arg(folder))?;
    demand(&mut pip(folder, file))
}

/// pip of this environment; wheels only, so that no package runs code of its own.
fn pip(folder: &Path, file: &Path) -> Command {
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--no-input"])
        .args(["--disable-pip-version-check", "--only-binary", ":all:"])
        .args(["--retries", "1", "--requirement"])
        .arg(file);
    pip
}

fn demand(command: &mut Command) -> Result<(), Failure> {
    let program = offline::program(command);
    let refused = |said: String| Failure::refused(said, "see what it says; it needs PyPI");
    let ended = run(command, DEADLINE).map_err(refused)?;
    if ended.is_success() {
        return Ok(());
    }
    let said = format!("{program} {}:\n{}", ended.ending(), ended.words());
    Err(refused(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUIREMENTS: &str =
        include_str!("../../../../tests/hostile/schemathesis/requirements.txt");

    #[test]
    fn every_requirement_is_one_exact_version() {
        let lines = REQUIREMENTS.lines().filter(|line| !line.starts_with('#'));
        for line in lines.clone() {
            let (_, version) = line.split_once("==").expect("an exact version");
            assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{line}");
        }
        assert!(lines.clone().any(|line| line.starts_with("schemathesis==")));
    }

    #[test]
    fn no_package_runs_code_of_its_own() {
        let pip = pip(Path::new("venv"), Path::new("requirements.txt"));
        let words: Vec<_> = pip.get_args().filter_map(|word| word.to_str()).collect();
        assert!(words.join(" ").contains(" --only-binary :all: "));
    }

    #[test]
    fn an_environment_that_is_half_made_or_of_other_versions_is_not_there() {
        let folder = tempfile::TempDir::new().unwrap();
        // It answers whatever it is asked, as the program would.
        let program = Path::new("true");
        assert!(!is_there(folder.path(), program, REQUIREMENTS));
        fs::write(folder.path().join(INSTALLED), REQUIREMENTS).unwrap();
        assert!(is_there(folder.path(), program, REQUIREMENTS));
        assert!(!is_there(folder.path(), Path::new("false"), REQUIREMENTS));
        assert!(!is_there(folder.path(), program, "schemathesis==0.0.1"));
    }
}
