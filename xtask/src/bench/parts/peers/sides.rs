//! Who is beside us, and how each is made ready: a command that starts its worker.

use std::{fs, path::PathBuf, process::Command, time::Duration};

use crate::{
    bench::{context::Context, install},
    verify::{
        generators::openapi_generator,
        job::{Job, Tools},
        process::demand,
    },
};

/// The package of the workers in Rust.
const PACKAGE: &str = "zendesk-oauth-performance";
/// A cold build of a client's dependencies takes minutes.
const BUILD: Duration = Duration::from_secs(1800);

/// Another client.
pub(super) struct Side {
    /// For the report, when it cannot say itself what it is.
    pub(super) name: &'static str,
    /// Makes it ready.
    pub(super) command: fn(&Context) -> Result<Command, String>,
    /// The ratio that we want at a work.
    pub(super) goal: fn(&str) -> Option<f64>,
}

/// All of them.
pub(super) const SIDES: &[Side] = &[
    Side {
        name: "reqwest by hand",
        command: by_hand,
        goal: |work| matches!(work, "show" | "list").then_some(1.05),
    },
    Side {
        name: "openapi-generator (Rust)",
        command: openapi_generator_rust,
        goal: |_| Some(1.0),
    },
    Side {
        name: "node-zendesk 6.0.1",
        command: node_zendesk,
        goal: |_| Some(1.0),
    },
    Side {
        name: "python-zendesk 0.3.1",
        command: python_zendesk,
        goal: |_| Some(1.0),
    },
];

/// Ours.
pub(super) fn ours(context: &Context) -> Result<Command, String> {
    context.build(PACKAGE, "facade", "bench").map(Command::new)
}

fn by_hand(context: &Context) -> Result<Command, String> {
    context.build(PACKAGE, "by_hand", "bench").map(Command::new)
}

fn node_zendesk(context: &Context) -> Result<Command, String> {
    let folder = install::node(context, "node-zendesk")?;
    let mut command = Command::new("node");
    command.arg(folder.join("worker.mjs"));
    Ok(command)
}

fn python_zendesk(context: &Context) -> Result<Command, String> {
    let peer = "python-zendesk";
    let from = install::source(context, peer);
    let lock = from.join("requirements.txt");
    let arguments = ["--no-deps", "--requirement", &lock.to_string_lossy()];
    let folder = install::python(context, peer, &lock, &arguments)?;
    let mut command = Command::new(folder.join("python/bin/python"));
    command.arg(from.join("worker.py"));
    Ok(command)
}

/// The clients of two of our documents, with the pinned generator, and the worker over them.
fn openapi_generator_rust(context: &Context) -> Result<Command, String> {
    let peer = "openapi-generator-rust";
    let constraints = context.top.join("openapi/tools/constraints.txt");
    let constrained = constraints.to_string_lossy();
    let arguments = ["--constraint", &constrained, "openapi-generator-cli"];
    let folder = install::python(context, peer, &constraints, &arguments)?;
    for (part, document, package) in [
        ("clients", "support-oauth-clients", "zendesk"),
        ("tokens", "support-grant-type-tokens", "zendesk_tokens"),
    ] {
        generate(context, &folder, part, document, package)?;
    }
    install::copy(&install::source(context, peer), &folder)?;
    let order = context.top.join("tests/performance/src/order.rs");
    fs::copy(&order, folder.join("src/order.rs"))
        .map_err(|error| format!("{}: {error}", order.display()))?;
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--quiet", "--locked", "--profile", "bench"])
        .arg("--target-dir")
        .arg(folder.join("target"))
        .current_dir(&folder)
        // How strict our own build is does not matter for code that others generate.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    demand(&mut cargo, BUILD)?;
    let mut command = Command::new(folder.join("target/release/worker"));
    command.env("OPENAPI_GENERATOR", version(&constraints)?);
    Ok(command)
}

fn generate(
    context: &Context,
    folder: &std::path::Path,
    part: &str,
    document: &str,
    package: &str,
) -> Result<(), String> {
    let job = Job {
        document: document.to_owned(),
        file: context.top.join(format!("openapi/{document}.yaml")),
        areas: Vec::new(),
        work: folder.join(part),
        tools: Tools {
            folder: folder.to_owned(),
        },
        top: context.top.clone(),
    };
    fs::create_dir_all(&job.work).map_err(|error| format!("{}: {error}", job.work.display()))?;
    let properties = [
        ("packageName", package),
        ("library", "reqwest"),
        ("supportMultipleResponses", "true"),
    ];
    openapi_generator::generate(&job, "rust", &properties)
}

/// The pinned version of the generator.
fn version(constraints: &PathBuf) -> Result<String, String> {
    let text = fs::read_to_string(constraints)
        .map_err(|error| format!("{}: {error}", constraints.display()))?;
    let pinned = text
        .lines()
        .find_map(|line| line.strip_prefix("openapi-generator-cli=="));
    Ok(pinned.unwrap_or_default().trim().to_owned())
}
