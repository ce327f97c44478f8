//! `cargo xtask spec --install`: the pinned packages, installed from the committed lockfiles.
//!
//! Each kind is built in a folder of its own beside, `node-PID` or `python-PID`, and then takes the place of the
//! link `node` or `python`: what was there before works until then. A link rather than a renamed folder, as the
//! programs of a Python environment hold its path.

pub mod offline;
pub mod present;
mod relock;

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{self, Command},
    time::{Duration, Instant},
};

use crate::{
    outputs::Failure,
    verify::{
        job::Tools,
        pins::{self, Locked},
        process::{interrupt, run},
        requirements,
        tool::{NODE, PYTHON},
    },
};

pub use relock::relock;

/// Some hundred packages over a slow line.
const DEADLINE: Duration = Duration::from_secs(1200);

/// A file in each folder that this command made, so that it removes no other.
const MARKER: &str = ".zendesk-oauth-spec-tools";

/// Installs what is missing or has another version; what is right stays as it is.
///
/// # Errors
/// When a program is missing, the lockfiles do not agree with the versions, there is no network, or a folder in the
/// way is not ours.
pub fn install(top: &Path) -> Result<(), Failure> {
    interrupt::ends(|| install_missing(top))
}

fn install_missing(top: &Path) -> Result<(), Failure> {
    let locked = pins::read_locked(top)?;
    let tools = Tools::locate(top);
    let node = present::node_problems(&tools, &locked);
    let python = present::python_problems(&tools, &locked);
    let mut needs = Vec::new();
    if !node.is_empty() {
        needs.extend([NODE, ("npm", "apt-get install npm")]);
    }
    if !python.is_empty() {
        needs.extend([PYTHON, ("python3-venv", "apt-get install python3-venv")]);
    }
    requirements::demand_programs(&needs, &locked.pins, "nothing was installed")?;
    for (kind, problems, count) in [
        ("node", node, locked.node.len()),
        ("python", python, locked.python.len()),
    ] {
        if problems.is_empty() {
            println!("{kind:<7} {count} packages are there");
            continue;
        }
        let start = Instant::now();
        let place = Place::new(&tools.folder, kind)?;
        let made = match kind {
            "node" => install_node(&place.beside, top, &locked),
            _ => install_python(&place.beside, top, &locked),
        };
        if let Err(failure) = made.and_then(|()| place.switch()) {
            // Best effort: the next run clears it away too.
            let _ = fs::remove_dir_all(&place.beside);
            return Err(failure);
        }
        println!(
            "{kind:<7} {count} packages installed ({:.1} s)",
            start.elapsed().as_secs_f32()
        );
    }
    let left: Vec<String> = [
        present::node_problems(&tools, &locked),
        present::python_problems(&tools, &locked),
    ]
    .concat();
    match left.first() {
        None => Ok(()),
        Some(first) => Err(Failure::refused(
            format!("after installing, {first}"),
            "run `cargo xtask spec --install --relock`, and look at its diff",
        )),
    }
}

/// `package.json` with exactly these packages, which goes with the lockfile.
pub fn package_json(pins: &pins::Pins) -> String {
    let package = serde_json::json!({
        "name": "spec-tools", "private": true, "dependencies": pins.npm,
    });
    format!("{package:#}\n")
}

fn install_node(folder: &Path, top: &Path, locked: &Locked) -> Result<(), Failure> {
    write(&folder.join("package.json"), &package_json(&locked.pins))?;
    write(&folder.join("package-lock.json"), &locked.lock)?;
    let mut npm = npm(&["ci"]);
    installer(npm.current_dir(folder), top)
}

/// npm, quiet, without the scripts of packages, and without long repeating when there is no network.
pub fn npm(arguments: &[&str]) -> Command {
    let mut npm = Command::new("npm");
    npm.args(arguments).args([
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=2000",
    ]);
    npm
}

fn install_python(folder: &Path, top: &Path, locked: &Locked) -> Result<(), Failure> {
    make_venv(folder, top)?;
    let mut pip = pip(folder, &locked.pins);
    installer(
        pip.arg("--constraint").arg(top.join(pins::CONSTRAINTS)),
        top,
    )
}

fn make_venv(folder: &Path, top: &Path) -> Result<(), Failure> {
    let mut venv = Command::new("python3");
    installer(venv.args(["-m", "venv"]).arg(folder), top)
}

/// pip of this environment, with the pinned packages; wheels only, so that no package runs code of its own.
fn pip(folder: &Path, pins: &pins::Pins) -> Command {
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--no-input",
        "--disable-pip-version-check",
    ])
    .args(["--only-binary", ":all:", "--retries", "1"])
    .args(
        pins.pypi
            .iter()
            .map(|(package, version)| format!("{package}=={version}")),
    );
    pip
}

/// Runs an installer, and makes one sentence of its words where it fails.
fn installer(command: &mut Command, top: &Path) -> Result<(), Failure> {
    let program = offline::program(command);
    let ended = run(command, DEADLINE).map_err(|said| {
        Failure::refused(
            said,
            "install it, then run `cargo xtask spec --install` again",
        )
    })?;
    if ended.is_success() {
        return Ok(());
    }
    let words = format!("{}\n{}", ended.stdout, ended.stderr);
    let way_out = format!(
        "see what it says, mend {} if a version is not there, and run `cargo xtask spec --install` again",
        top.join(pins::FILE).display()
    );
    Err(offline::failure(&program, &words).unwrap_or_else(|| {
        Failure::refused(
            format!("{program} {}:\n{}", ended.ending(), ended.words()),
            way_out,
        )
    }))
}

/// Where one kind of packages is, and where its successor is built.
struct Place {
    /// The link that the tools are reached by.
    link: PathBuf,
    /// The new folder.
    beside: PathBuf,
    /// What is in the folder of tools with our marker: earlier ones, finished or half-made.
    earlier: Vec<PathBuf>,
}

impl Place {
    fn new(folder: &Path, kind: &str) -> Result<Self, Failure> {
        let link = folder.join(kind);
        let is_link = fs::symlink_metadata(&link).is_ok_and(|there| there.is_symlink());
        if !is_link && link.exists() {
            return Err(Failure::refused(
                format!("{} was not made by this command", link.display()),
                "remove it, or name another folder in ZENDESK_OAUTH_SPEC_TOOLS",
            ));
        }
        let beside = folder.join(format!("{kind}-{}", process::id()));
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let earlier = entries
            .filter(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                name.starts_with(&format!("{kind}-")) && entry.path().join(MARKER).is_file()
            })
            .map(|entry| entry.path())
            .collect();
        fs::create_dir_all(&beside).map_err(|source| unwritable(&beside, source))?;
        write(
            &beside.join(MARKER),
            "Made by `cargo xtask spec --install`, and removed by it.\n",
        )?;
        Ok(Self {
            link,
            beside,
            earlier,
        })
    }

    /// Lets the link point to the new folder, and removes the earlier ones.
    fn switch(&self) -> Result<(), Failure> {
        let new = self.beside.with_extension("link");
        let target = self.beside.file_name().unwrap_or_default();
        // One that an ended run left behind.
        let _ = fs::remove_file(&new);
        symlink(Path::new(target), &new)
            .and_then(|()| fs::rename(&new, &self.link))
            .map_err(|source| unwritable(&self.link, source))?;
        for folder in self.earlier.iter().filter(|folder| **folder != self.beside) {
            // What stays behind is in nobody's way, and the next installation tries again.
            let _ = fs::remove_dir_all(folder);
        }
        Ok(())
    }
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::other(
        "the tools are installed on Unix only; use WSL",
    ))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|source| unwritable(path, source))
}

fn unwritable(path: &Path, source: io::Error) -> Failure {
    Failure::Io {
        path: path.to_owned(),
        source,
        way_out: "make the folder writable, or name another in ZENDESK_OAUTH_SPEC_TOOLS",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(command: &Command) -> String {
        let words: Vec<_> = command
            .get_args()
            .map(|word| word.to_string_lossy())
            .collect();
        words.join(" ")
    }

    #[test]
    fn no_package_runs_code_of_its_own() {
        let npm = arguments(&npm(&["ci"]));
        assert!(npm.starts_with("ci --ignore-scripts "), "{npm}");
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let pins = pins::read(&top).unwrap();
        let pip = arguments(&pip(Path::new("venv"), &pins));
        assert!(pip.contains(" --only-binary :all: "), "{pip}");
        for (package, version) in &pins.pypi {
            assert!(pip.contains(&format!(" {package}=={version}")), "{pip}");
        }
    }
}
