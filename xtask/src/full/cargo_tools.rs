//! Tools of cargo, each in the version that was tried, installed beside those of `.ci/run`.

use std::{
    env, io,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{
    outputs::Failure,
    verify::process::{run, show},
};

/// A tool on crates.io.
#[derive(Clone, Copy, Debug)]
pub struct CargoTool {
    /// Name of the package and of the program.
    pub name: &'static str,
    /// The version that was tried.
    pub version: &'static str,
}

/// From nothing, on a slow machine.
const INSTALL: Duration = Duration::from_secs(1800);

/// Where they are: beside cargo's own programs, so that a fresh clone finds them.
pub fn folder() -> PathBuf {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    home.unwrap_or_else(|| PathBuf::from(".cargo"))
        .join("ci-tools")
}

impl CargoTool {
    /// The program, installed if it is not there in this version.
    ///
    /// # Errors
    /// When it cannot be installed.
    pub fn program(self, folder: &Path) -> Result<PathBuf, Failure> {
        let program = folder.join("bin").join(self.name);
        let package = format!("{}@{}", self.name, self.version);
        if self.is_there(&program) {
            return Ok(program);
        }
        println!("installing {package}");
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(["install", "--quiet", "--locked", &package, "--root"])
            .arg(folder);
        let ended =
            run(&mut cargo, INSTALL).map_err(|said| Failure::refused(said, "install Rust"))?;
        if ended.is_success() {
            return Ok(program);
        }
        Err(Failure::refused(
            format!("{package} cannot be installed: {}", ended.words()),
            "see what cargo says; it needs crates.io",
        ))
    }

    /// Some tools want to be called as cargo calls them, with their own name first, and some do not.
    fn is_there(self, program: &Path) -> bool {
        let subcommand = self.name.trim_start_matches("cargo-");
        let spellings: [&[&str]; 2] = [&["--version"], &[subcommand, "--version"]];
        spellings.into_iter().any(|arguments| {
            let asked = run(
                Command::new(program).args(arguments),
                Duration::from_secs(60),
            );
            asked.is_ok_and(|said| {
                said.stdout
                    .split_whitespace()
                    .any(|word| word == self.version)
            })
        })
    }
}

/// Runs a command whose words go where ours go.
///
/// # Errors
/// [`Failure::Verdict`] with `verdict` when it ends with anything but 0; another when it cannot be started.
pub fn shown(command: &mut Command, deadline: Duration, verdict: &str) -> Result<(), Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    match show(command, deadline) {
        Ok(Some(status)) if status.success() => Ok(()),
        Ok(Some(_)) => Err(Failure::Verdict(verdict.to_owned())),
        Ok(None) => Err(Failure::Verdict(format!(
            "{verdict}: it did not end in time"
        ))),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(Failure::Interrupted),
        Err(error) => Err(Failure::refused(
            format!("`{program}` cannot be started: {error}"),
            "install it",
        )),
    }
}
