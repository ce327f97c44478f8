//! `--relock`: makes both lockfiles anew from the versions.

use std::{fs, path::Path, time::Duration};

use super::{installer, make_venv, npm, package_json, pip, write};
use crate::{
    outputs::Failure,
    verify::{
        pins,
        process::{demand, interrupt},
        requirements,
        tool::{NODE, PYTHON},
    },
};

const HEAD: &str = "\
# What pip installs with the packages of tools.yaml, those packages included.
# Written by `cargo xtask spec --install --relock`.
";

/// Writes `package-lock.json` and `constraints.txt` anew. Both are replaced only when both were made.
///
/// # Errors
/// When a program is missing or fails.
pub fn relock(top: &Path) -> Result<(), Failure> {
    interrupt::ends(|| lock_anew(top))
}

fn lock_anew(top: &Path) -> Result<(), Failure> {
    let pins = pins::read(top)?;
    let needs = [
        NODE,
        ("npm", "apt-get install npm"),
        PYTHON,
        ("python3-venv", "apt-get install python3-venv"),
    ];
    requirements::demand_programs(&needs, &pins, "nothing was written")?;
    let folder = tempfile::tempdir().map_err(|error| {
        Failure::refused(
            format!("no temporary folder: {error}"),
            "set TMPDIR to a folder that is writable",
        )
    })?;
    write(&folder.path().join("package.json"), &package_json(&pins))?;
    let mut lock = npm(&["install", "--package-lock-only"]);
    // Without addresses, so that the same file serves a mirror too.
    installer(
        lock.arg("--omit-lockfile-registry-resolved")
            .current_dir(folder.path()),
        top,
    )?;
    let lock_file = folder.path().join("package-lock.json");
    let lock = fs::read_to_string(&lock_file).map_err(|source| Failure::Io {
        path: lock_file,
        source,
        way_out: "see what npm does there",
    })?;
    let venv = folder.path().join("python");
    make_venv(&venv, top)?;
    installer(&mut pip(&venv, &pins), top)?;
    let mut freeze = std::process::Command::new(venv.join("bin/python"));
    freeze.args(["-m", "pip", "freeze", "--disable-pip-version-check"]);
    let frozen = demand(&mut freeze, Duration::from_secs(60))
        .map_err(|said| Failure::refused(said, "see what pip says"))?;
    write(&top.join(pins::LOCK), &lock)?;
    write(&top.join(pins::CONSTRAINTS), &format!("{HEAD}{frozen}"))?;
    println!(
        "{} and {} are written; look at their diff",
        pins::LOCK,
        pins::CONSTRAINTS
    );
    Ok(())
}
