//! Peers of other languages, installed from the lockfiles in `tests/performance/peers` into the folder of what is made,
//! once for each lockfile.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::context::Context;
use crate::verify::{
    install::{self, offline},
    process::run,
};

/// Some hundred packages over a slow line.
const DEADLINE: Duration = Duration::from_secs(1200);

/// Says of which lockfile the installed packages are. Written last.
const OF: &str = ".installed-of";

/// Where the files of a peer are in the repository.
pub fn source(context: &Context, peer: &str) -> PathBuf {
    context.top.join("tests/performance/peers").join(peer)
}

/// Where a peer is installed.
pub fn place(context: &Context, peer: &str) -> PathBuf {
    context.folder.join("peers").join(peer)
}

/// The packages of `package-lock.json`, and the other files of the peer beside them.
///
/// # Errors
/// What npm said, or that it does not reach its registry.
pub fn node(context: &Context, peer: &str) -> Result<PathBuf, String> {
    let folder = place(context, peer);
    let (from, lock) = (source(context, peer), "package-lock.json");
    if !is_installed(&folder, &from.join(lock)) {
        println!("   installing {peer}");
        copy(&from, &folder)?;
        // Not `npm ci`: npm 10 says of zcli's lockfile, which it wrote itself, that optional packages of other systems
        // are missing from it. This takes the versions of the lockfile too.
        demand(install::npm(&["install", "--no-save"]).current_dir(&folder))?;
        done(&folder, &from.join(lock))?;
    }
    copy(&from, &folder)?;
    Ok(folder)
}

/// A Python environment in `python` with what these arguments of pip name; `lock` decides when it is made anew.
///
/// # Errors
/// What Python or pip said, or that it does not reach its registry.
pub fn python(
    context: &Context,
    peer: &str,
    lock: &Path,
    arguments: &[&str],
) -> Result<PathBuf, String> {
    let folder = place(context, peer);
    if !is_installed(&folder, lock) {
        println!("   installing {peer}");
        made(&folder)?;
        let venv = folder.join("python");
        demand(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&venv),
        )?;
        let mut pip = Command::new(venv.join("bin/python"));
        pip.args(["-m", "pip", "install", "--quiet"])
            .args([
                "--disable-pip-version-check",
                "--no-input",
                "--retries",
                "1",
            ])
            .args(arguments);
        demand(&mut pip)?;
        done(&folder, lock)?;
    }
    Ok(folder)
}

/// Copies the files of a folder, and those of the folders in it.
///
/// # Errors
/// The file, and what the system said.
pub fn copy(from: &Path, to: &Path) -> Result<(), String> {
    made(to)?;
    let failed = |error: std::io::Error| format!("{}: {error}", from.display());
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target).map_err(failed)?;
        }
    }
    Ok(())
}

/// How much room the files below a folder take, in bytes, and how many packages npm put there.
pub fn size(folder: &Path) -> f64 {
    let bytes = |path: &Path| fs::symlink_metadata(path).map_or(0.0, |file| as_f64(file.len()));
    let Ok(entries) = fs::read_dir(folder) else {
        return bytes(folder);
    };
    entries
        .flatten()
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => size(&entry.path()),
            _ => bytes(&entry.path()),
        })
        .sum()
}

/// How many packages a lockfile of npm puts beside the program itself.
pub fn packages(folder: &Path) -> usize {
    let lock = fs::read_to_string(folder.join("node_modules/.package-lock.json"));
    let lock: Option<serde_json::Value> =
        lock.ok().and_then(|text| serde_json::from_str(&text).ok());
    let packages = lock.as_ref().and_then(|lock| lock["packages"].as_object());
    packages.map_or(0, |packages| {
        let there = |path: &&String| folder.join(path.as_str()).is_dir();
        packages.keys().filter(there).count()
    })
}

/// A count of bytes, as results keep it.
pub fn as_f64(count: u64) -> f64 {
    // Exact up to 2^53, which no size here comes near.
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
    let count = count as f64;
    count
}

fn is_installed(folder: &Path, lock: &Path) -> bool {
    let of = fs::read(folder.join(OF));
    of.is_ok_and(|of| fs::read(lock).is_ok_and(|lock| lock == of))
}

fn done(folder: &Path, lock: &Path) -> Result<(), String> {
    let copied = fs::copy(lock, folder.join(OF));
    copied
        .map(drop)
        .map_err(|error| format!("{}: {error}", folder.display()))
}

fn made(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn demand(command: &mut Command) -> Result<(), String> {
    let program = offline::program(command);
    let ended = run(command, DEADLINE)?;
    if ended.is_success() {
        return Ok(());
    }
    let words = format!("{}\n{}", ended.stdout, ended.stderr);
    if offline::is_meant(&words) {
        return Err(format!(
            "it is not installed, as {program} does not reach its registry: connect to the network, and measure again"
        ));
    }
    Err(format!(
        "it does not install: {program} {}: {}",
        ended.ending(),
        ended.words()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_lockfile_is_installed_anew() {
        let folder = tempfile::TempDir::new().unwrap();
        let lock = folder.path().join("lock");
        fs::write(&lock, "one").unwrap();
        assert!(!is_installed(folder.path(), &lock));
        done(folder.path(), &lock).unwrap();
        assert!(is_installed(folder.path(), &lock));
        fs::write(&lock, "two").unwrap();
        assert!(!is_installed(folder.path(), &lock));
    }

    #[test]
    fn a_size_is_that_of_all_files_below() {
        let folder = tempfile::TempDir::new().unwrap();
        let from = folder.path().join("from");
        fs::create_dir_all(from.join("inner")).unwrap();
        fs::write(from.join("a"), "12").unwrap();
        fs::write(from.join("inner/b"), "345").unwrap();
        copy(&from, &folder.path().join("to")).unwrap();
        assert!((size(&folder.path().join("to")) - 5.0).abs() < f64::EPSILON);
    }
}
