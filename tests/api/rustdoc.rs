//! Runs rustdoc for its JSON.

use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The crates that are written by hand and published as libraries for clients.
pub(crate) const PACKAGES: &[&str] = &[
    "zendesk-oauth",
    "zendesk-oauth-core",
    "zendesk-oauth-openapi",
];

/// All areas. TLS changes nothing of the API, and would double the time from nothing.
const FEATURES: &str = "zendesk-oauth/support,zendesk-oauth/oauth-tokens,\
                        zendesk-oauth/global-oauth-clients,zendesk-oauth/grant-type-tokens,\
                        zendesk-oauth/zis,zendesk-oauth/chat,zendesk-oauth/tokens,\
                        zendesk-oauth/redis,zendesk-oauth/oauth2";

/// Documents the packages with the toolchain of this test, and says where the JSON is.
///
/// rustdoc's JSON is unstable; `RUSTC_BOOTSTRAP` makes a stable compiler give it, for these crates only,
/// so that no dependency takes the compiler for a nightly one. The target directory is one of its own below
/// the workspace's: the flags would make cargo build everything anew otherwise, time and again.
pub(crate) fn document() -> PathBuf {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("public-api");
    let names: Vec<String> = PACKAGES.iter().map(|name| name.replace('-', "_")).collect();
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args([
            "doc",
            "--quiet",
            "--no-deps",
            "--lib",
            "--locked",
            "--offline",
        ])
        .args(PACKAGES.iter().flat_map(|name| ["--package", name]))
        .args(["--no-default-features", "--features", FEATURES])
        .arg("--target-dir")
        .arg(&target)
        .env("RUSTC_BOOTSTRAP", names.join(","))
        .env(
            "RUSTDOCFLAGS",
            "-Z unstable-options --output-format json --cap-lints allow",
        )
        // It would stand before RUSTDOCFLAGS.
        .env_remove("CARGO_ENCODED_RUSTDOCFLAGS")
        // The documents would lie elsewhere.
        .env_remove("CARGO_BUILD_TARGET");
    let output = command.output().expect("cargo runs, as it ran this test");
    assert!(
        output.status.success(),
        "cargo doc failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    target.join("doc")
}
