//! Building with cargo for its time or its result, in folders of its own.

use std::{
    env, fs, io,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use crate::verify::process::demand;

/// A build from nothing, on a slow machine.
const BUILD: Duration = Duration::from_secs(1800);

/// Runs cargo in a folder with a target folder of its own, and gives the seconds on the wall.
///
/// # Errors
/// What cargo said.
pub fn timed(folder: &Path, target: &Path, arguments: &[&str]) -> Result<f64, String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        // As someone has it who set nothing.
        .env_remove("CARGO_PROFILE_DEV_DEBUG")
        .env_remove("RUSTFLAGS");
    let start = Instant::now();
    demand(&mut cargo, BUILD)?;
    Ok(start.elapsed().as_secs_f64())
}

/// Takes a folder away, if it is there.
///
/// # Errors
/// What the system said.
pub fn gone(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(format!("{} stays: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Writes a crate with a `main.rs`, below a folder that is a workspace.
///
/// # Errors
/// What the system said.
pub fn program(folder: &Path, dependencies: &str, main: &str) -> Result<(), String> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    write(&folder.join("src/main.rs"), main)
}

/// Writes a file and the folders that it is in.
///
/// # Errors
/// What the system said.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

/// The version that our workspace asks of a crate.
///
/// # Errors
/// When it is not in `[workspace.dependencies]`.
pub fn version_of(top: &Path, name: &str) -> Result<String, String> {
    let manifest = fs::read_to_string(top.join("Cargo.toml"))
        .map_err(|error| format!("Cargo.toml cannot be read: {error}"))?;
    let line = manifest
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{name} = ")))
        .ok_or_else(|| format!("{name} is not in [workspace.dependencies]"))?;
    let version = line.split('"').nth(1).unwrap_or_default();
    Ok(version.to_owned())
}
