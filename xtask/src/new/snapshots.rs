//! Runs cargo: the tests of the new client, which make its snapshots.

use std::{env, io::ErrorKind, path::Path, process::Command, time::Duration};

use crate::{outputs::Failure, verify::process};

/// Where the snapshots of every document are, from the top.
pub(super) const FOLDER: &str = "tests/suite/tests/every_document/snapshots";

/// From nothing, on a slow machine.
const DEADLINE: Duration = Duration::from_secs(3600);

/// Runs the tests over every document and those of the new client. Snapshots that are new are accepted,
/// one that is there and differs fails.
pub(super) fn make(top: &Path, package: &str) -> Result<(), Failure> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(top)
        // Without TLS, which loopback does not need: it is most of what there is to build.
        .args(["test", "--quiet", "--no-default-features"])
        .args(["--package", package, "--test", "document"])
        .args([
            "--package",
            "zendesk-oauth-document-suite",
            "--test",
            "every_document",
        ])
        .env("INSTA_UPDATE", "unseen")
        .env_remove("INSTA_FORCE_PASS");
    let way_out = "mend that, or leave the snapshots out with --no-snapshot";
    match process::show(&mut command, DEADLINE) {
        Ok(Some(status)) if status.success() => Ok(()),
        Ok(None) => Err(Failure::refused(
            "cargo did not make the snapshots within an hour and was ended",
            way_out,
        )),
        Ok(Some(_)) => Err(Failure::refused(
            "cargo could not make the snapshots: it says above why",
            way_out,
        )),
        Err(error) if error.kind() == ErrorKind::Interrupted => Err(Failure::Interrupted),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Failure::refused(
            "there is no cargo on the PATH to make the snapshots",
            "install Rust (https://rustup.rs), or leave the snapshots out with --no-snapshot",
        )),
        Err(error) => Err(Failure::refused(
            format!("cargo does not run: {error}"),
            way_out,
        )),
    }
}
