//! The oldest Rust that the manifests promise.

use std::{collections::BTreeMap, env, path::Path, process::Command, time::Duration};

use serde::Deserialize;

use super::{Context, Step, cargo_tools::shown};
use crate::{
    outputs::Failure,
    verify::process::{demand, run},
};

/// A toolchain over a slow line, or a build from nothing on a slow machine.
const DEADLINE: Duration = Duration::from_secs(1800);

/// Each published crate compiles with the Rust of its own `rust-version`.
#[derive(Debug)]
pub struct OldestRust;

impl Step for OldestRust {
    fn name(&self) -> &'static str {
        "oldest-rust"
    }

    fn purpose(&self) -> &'static str {
        "the published crates compile with the Rust of their rust-version, all features on (minutes)"
    }

    fn run(&self, context: &Context<'_>) -> Result<String, Failure> {
        let promised = by_version(&metadata(context.top)?)?;
        for (version, packages) in &promised {
            install(version)?;
            check(context.top, version, packages)?;
        }
        let said: Vec<String> = promised
            .iter()
            .map(|(version, packages)| format!("{} crates with Rust {version}", packages.len()))
            .collect();
        Ok(said.join(", "))
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    rust_version: Option<String>,
    /// The registries that it may go to: none named is any, an empty list is none.
    publish: Option<Vec<String>>,
}

/// The packages of the workspace, as cargo tells them.
fn metadata(top: &Path) -> Result<String, Failure> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(top);
    demand(&mut cargo, DEADLINE).map_err(|said| Failure::refused(said, "mend the manifests"))
}

/// Which published packages promise which version.
fn by_version(metadata: &str) -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let metadata: Metadata = serde_json::from_str(metadata).map_err(|error| {
        Failure::refused(
            format!("cargo's metadata cannot be read: {error}"),
            "see `cargo metadata --no-deps`",
        )
    })?;
    let mut promised = BTreeMap::<String, Vec<String>>::new();
    for package in metadata.packages {
        if package
            .publish
            .is_some_and(|registries| registries.is_empty())
        {
            continue;
        }
        let Some(version) = package.rust_version else {
            return Err(Failure::Verdict(format!(
                "{} is published and has no rust-version",
                package.name
            )));
        };
        promised.entry(version).or_default().push(package.name);
    }
    Ok(promised)
}

fn install(version: &str) -> Result<(), Failure> {
    let mut rustup = Command::new("rustup");
    rustup.args([
        "toolchain",
        "install",
        version,
        "--profile",
        "minimal",
        "--no-self-update",
    ]);
    let way_out = "install rustup, or see whether static.rust-lang.org can be reached";
    let ended = run(&mut rustup, DEADLINE).map_err(|said| Failure::refused(said, way_out))?;
    if ended.is_success() {
        return Ok(());
    }
    Err(Failure::refused(
        format!("Rust {version} cannot be installed: {}", ended.words()),
        way_out,
    ))
}

/// Compiles them, without their tests, in a folder of their own.
fn check(top: &Path, version: &str, packages: &[String]) -> Result<(), Failure> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| top.join("target"), Into::into);
    let mut cargo = Command::new("rustup");
    cargo
        .args([
            "run",
            version,
            "cargo",
            "check",
            "--quiet",
            "--locked",
            "--all-features",
        ])
        .args(packages.iter().flat_map(|name| ["--package", name]))
        .arg("--target-dir")
        .arg(target.join("oldest-rust").join(version))
        .current_dir(top);
    // What cargo told this process is of another toolchain.
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"] {
        cargo.env_remove(name);
    }
    let verdict = format!(
        "Rust {version} does not compile what promises it: {}",
        packages.join(", ")
    );
    shown(&mut cargo, DEADLINE, &verdict)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_packages_are_grouped_by_what_they_promise() {
        let metadata = r#"{"packages": [
            {"name": "a", "rust_version": "1.88", "publish": null},
            {"name": "b", "rust_version": "1.89", "publish": null},
            {"name": "c", "rust_version": "1.88", "publish": ["crates-io"]},
            {"name": "tests", "rust_version": null, "publish": []}
        ]}"#;
        let promised = by_version(metadata).unwrap();
        assert_eq!(promised["1.88"], ["a", "c"]);
        assert_eq!(promised["1.89"], ["b"]);
    }

    #[test]
    fn a_published_package_without_a_promise_is_named() {
        let metadata = r#"{"packages": [{"name": "a", "rust_version": null, "publish": null}]}"#;
        let failure = by_version(metadata).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "a is published and has no rust-version"
        );
    }
}
