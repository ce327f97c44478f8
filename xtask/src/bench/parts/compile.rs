//! Compiling each crate that is published: from nothing, alone, and again after a change.

use std::{fs::File, path::Path, time::SystemTime};

use super::Part;
use crate::bench::{
    cargo,
    context::Context,
    results::{Comparison, Figure, Results},
};

/// What is published and compiled, in the order of its dependencies.
const CRATES: [&str; 10] = [
    "zendesk-oauth-core",
    "zendesk-chat-oauth-tokens",
    "zendesk-support-global-oauth-clients",
    "zendesk-support-grant-type-tokens",
    "zendesk-support-oauth-clients",
    "zendesk-support-oauth-tokens",
    "zendesk-zis-oauth-connections",
    "zendesk-oauth",
    "zendesk-oauth-sandbox",
    "zendesk-oauth-cli",
];
/// Of zendesk-oauth from nothing, by a crate with the same reqwest.
const GOAL: f64 = 1.3;
/// Why it is more, by `-Z time-passes`.
const LIMIT: &str = "Of the time that it takes more, two thirds are `zendesk-oauth` itself, with everything on: half of that is LLVM \
                     making the code of its futures, a third reading types and borrows. The rest is `zendesk-oauth-core`, and the \
                     six clients, which compile side by side.";
const MAIN: &str = "fn main() {}\n";

/// Compiling each crate that is published.
#[derive(Debug)]
pub struct Compile;

impl Part for Compile {
    fn name(&self) -> &'static str {
        "compile"
    }

    fn purpose(&self) -> &'static str {
        "compiling each crate: from nothing, alone, and again after a change"
    }

    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String> {
        results.notes.push(
            "All in the dev profile, on the wall, with every crate downloaded before. *From nothing* is with an empty \
             target folder; *alone* with all dependencies built; *again* after its `src/lib.rs` (or `src/main.rs`) \
             was touched."
                .to_owned(),
        );
        results.notes.push(
            "The other crate of the comparison has reqwest with the same features and TLS, serde and chrono, and an \
             empty `main`; both are in one workspace with our lock file. Rounds are one build a side, by turns, without \
             one that does not count, as each takes a minute."
                .to_owned(),
        );
        let folder = context.folder.join("compile");
        let target = folder.join("target");
        results
            .comparisons
            .push(beside_reqwest(context, &folder, &target)?);
        let crates = if context.quick { &CRATES[..1] } else { &CRATES };
        for name in crates {
            for (what, seconds) in of_crate(context, name, &target)? {
                results.figures.push(Figure {
                    what: format!("`{name}`, {what}"),
                    values: seconds,
                    unit: "s".to_owned(),
                });
            }
        }
        cargo::gone(&target)
    }
}

fn of_crate(
    context: &Context,
    name: &str,
    target: &Path,
) -> Result<[(&'static str, Vec<f64>); 3], String> {
    let build = [
        "build",
        "--quiet",
        "--locked",
        "--offline",
        "--package",
        name,
    ];
    let built = || cargo::timed(&context.top, target, &build);
    cargo::gone(target)?;
    let cold = vec![built()?];
    let (mut alone, mut again) = (Vec::new(), Vec::new());
    for _ in 0..context.times(3, 1) {
        cargo::timed(
            &context.top,
            target,
            &["clean", "--quiet", "--package", name],
        )?;
        alone.push(built()?);
        touch(&context.top.join("crates").join(name).join("src"))?;
        again.push(built()?);
    }
    Ok([("from nothing", cold), ("alone", alone), ("again", again)])
}

/// Says that the root of a crate has changed, without changing it.
fn touch(sources: &Path) -> Result<(), String> {
    let root = ["lib.rs", "main.rs"].map(|name| sources.join(name));
    let root = root.iter().find(|path| path.is_file());
    let root = root.ok_or_else(|| format!("{} has no root", sources.display()))?;
    File::options()
        .append(true)
        .open(root)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .map_err(|error| format!("{} cannot be touched: {error}", root.display()))
}

fn beside_reqwest(context: &Context, folder: &Path, target: &Path) -> Result<Comparison, String> {
    let reqwest = cargo::version_of(&context.top, "reqwest")?;
    cargo::write(
        &folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"ours\", \"plain\"]\n",
    )?;
    let ours = context.top.join("crates/zendesk-oauth");
    cargo::program(
        &folder.join("ours"),
        &format!("zendesk-oauth = {{ path = {ours:?} }}\n"),
        MAIN,
    )?;
    cargo::program(
        &folder.join("plain"),
        &format!(
            "reqwest = {{ version = \"{reqwest}\", default-features = false, features = [\"json\", \"query\", \"http2\", \"rustls\"] }}\n\
             serde = {{ version = \"1.0\", features = [\"derive\"] }}\n\
             chrono = {{ version = \"0.4\", features = [\"serde\"] }}\n"
        ),
        MAIN,
    )?;
    std::fs::copy(context.top.join("Cargo.lock"), folder.join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock cannot be copied: {error}"))?;
    cargo::timed(folder, target, &["fetch", "--quiet"])?;
    let built = |name: &str| {
        cargo::gone(target)?;
        cargo::timed(
            folder,
            target,
            &["build", "--quiet", "--offline", "--package", name],
        )
    };
    let mut rounds = Vec::new();
    for round in 0..context.times(3, 1) {
        let pair = if round % 2 == 0 {
            let plain = built("plain")?;
            [built("ours")?, plain]
        } else {
            let ours = built("ours")?;
            [ours, built("plain")?]
        };
        rounds.push(pair);
    }
    let mut comparison = Comparison {
        work: "a program from nothing".to_owned(),
        ours: "zendesk-oauth, all default features".to_owned(),
        other: format!("reqwest {reqwest}, serde, chrono"),
        unit: "s".to_owned(),
        rounds,
        goal: Some(GOAL),
        limit: None,
    };
    if comparison.ratio().median > GOAL {
        comparison.limit = Some(LIMIT.to_owned());
    }
    Ok(comparison)
}
