//! How big a small program is, by what it uses.

use std::{fs, path::Path};

use super::Part;
use crate::bench::{
    cargo,
    context::Context,
    results::{Absent, Comparison, Results},
};

const TOKIO: &str = "tokio = { version = \"1\", default-features = false, features = [\"macros\", \"rt-multi-thread\"] }\n";
/// What a user has who sets nothing but `strip`, and what one has who wants a small program.
const PROFILES: [(&str, &str); 2] = [
    ("plain", "inherits = \"release\"\nstrip = true\n"),
    (
        "small",
        "inherits = \"release\"\nstrip = true\nlto = \"fat\"\nopt-level = \"s\"\ncodegen-units = 1\npanic = \"abort\"\n",
    ),
];
const BY_HAND: &str = "by-hand";

/// A program with zendesk-oauth.
struct Program {
    name: &'static str,
    features: &'static [&'static str],
    tls: &'static str,
    /// The example that it is; none where it is made for this.
    example: Option<&'static str>,
}

const PROGRAMS: [Program; 7] = [
    program("none", &[], "rustls", None),
    program("support", &["support"], "rustls", Some("list_clients")),
    program("zis", &["zis"], "rustls", Some("connect")),
    program("chat", &["chat"], "rustls", Some("chat_tokens")),
    program(
        "tokens",
        &["support", "tokens"],
        "rustls",
        Some("keep_fresh"),
    ),
    program(
        "all",
        &[
            "support",
            "oauth-tokens",
            "grant-type-tokens",
            "global-oauth-clients",
            "zis",
            "chat",
            "tokens",
        ],
        "rustls",
        None,
    ),
    program(
        "support-native-tls",
        &["support"],
        "native-tls",
        Some("list_clients"),
    ),
];

const fn program(
    name: &'static str,
    features: &'static [&'static str],
    tls: &'static str,
    example: Option<&'static str>,
) -> Program {
    Program {
        name,
        features,
        tls,
        example,
    }
}

/// How big a small program is.
#[derive(Debug)]
pub struct Binary;

impl Part for Binary {
    fn name(&self) -> &'static str {
        "binary"
    }

    fn purpose(&self) -> &'static str {
        "the size of a minimal program per feature set"
    }

    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String> {
        results.notes.push(
            "Each program is the example of its area (`list_clients`, `connect`, `chat_tokens`, `keep_fresh`), so that \
             what it needs is really in it; `all` has all four, and `none` makes a client and calls nothing. The other \
             side lists clients page by page with reqwest and serde, with the same TLS. The profile `plain` is \
             `release` with `strip = true`; `small` has `lto = \"fat\"`, `opt-level = \"s\"`, `codegen-units = 1` and \
             `panic = \"abort\"` too. A size does not differ from build to build, so there is one round."
                .to_owned(),
        );
        let folder = context.folder.join("binary");
        let target = folder.join("target");
        write_all(context, &folder)?;
        cargo::timed(&folder, &target, &["fetch", "--quiet"])?;
        let programs = if context.quick {
            &PROGRAMS[..1]
        } else {
            &PROGRAMS
        };
        let profiles = if context.quick {
            &PROFILES[..1]
        } else {
            &PROFILES
        };
        for (profile, _) in profiles {
            for program in programs {
                let by_hand = format!("{BY_HAND}-{}", program.tls);
                let sizes = size(&folder, &target, profile, program.name)
                    .and_then(|ours| Ok([ours, size(&folder, &target, profile, &by_hand)?]));
                match sizes {
                    Ok(sizes) => results.comparisons.push(Comparison {
                        work: format!("a program, profile {profile}"),
                        ours: ours(program),
                        other: format!("reqwest by hand, {}", program.tls),
                        unit: "bytes".to_owned(),
                        rounds: vec![sizes],
                        goal: None,
                        limit: None,
                    }),
                    // The system's TLS needs its headers; nothing else may be missing.
                    Err(said) if program.tls == "native-tls" && said.contains("openssl") => {
                        results.absent.push(Absent {
                            who: ours(program),
                            work: format!("a program, profile {profile}"),
                            why: "it needs the headers of OpenSSL (`apt-get install libssl-dev pkg-config`), which are not here".to_owned(),
                        });
                    }
                    Err(said) => return Err(said),
                }
            }
        }
        Ok(())
    }
}

fn ours(program: &Program) -> String {
    let features = match program.features {
        [] => "no area".to_owned(),
        _ if program.name == "all" => "all areas".to_owned(),
        some => some.join(", "),
    };
    format!("zendesk-oauth, {features}, {}", program.tls)
}

fn size(folder: &Path, target: &Path, profile: &str, package: &str) -> Result<f64, String> {
    let build = [
        "build",
        "--quiet",
        "--offline",
        "--profile",
        profile,
        "--package",
        package,
    ];
    cargo::timed(folder, target, &build)?;
    let program = target.join(profile).join(package);
    let there = fs::metadata(&program)
        .map_err(|error| format!("{} is not there: {error}", program.display()))?;
    Ok(there.len() as f64)
}

fn write_all(context: &Context, folder: &Path) -> Result<(), String> {
    let mut workspace =
        "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\"target\"]\n".to_owned();
    for (name, profile) in PROFILES {
        workspace.push_str(&format!("\n[profile.{name}]\n{profile}"));
    }
    let crates = context.top.join("crates/zendesk-oauth");
    for program in &PROGRAMS {
        let features: Vec<&str> = program
            .features
            .iter()
            .copied()
            .chain([program.tls])
            .collect();
        let dependencies = format!(
            "zendesk-oauth = {{ path = {crates:?}, default-features = false, features = {features:?} }}\n{TOKIO}"
        );
        let sources = folder.join(program.name);
        let main = match program.example {
            Some(name) => example(context, name)?,
            None if program.name == "all" => {
                for other in PROGRAMS.iter().filter(|other| other.tls == program.tls) {
                    if let Some(name) = other.example {
                        let text = example(context, name)?;
                        let text = text.replacen("async fn main()", "pub async fn main()", 1);
                        cargo::write(
                            &sources.join("src").join(format!("{}.rs", other.name)),
                            &text,
                        )?;
                    }
                }
                include_str!("all.rs.txt").to_owned()
            }
            None => include_str!("none.rs.txt").to_owned(),
        };
        cargo::program(&sources, &dependencies, &main)?;
    }
    let reqwest = cargo::version_of(&context.top, "reqwest")?;
    for tls in ["rustls", "native-tls"] {
        let dependencies = format!(
            "reqwest = {{ version = \"{reqwest}\", default-features = false, features = [\"json\", \"query\", \"http2\", \"{tls}\"] }}\n\
             serde = {{ version = \"1.0\", features = [\"derive\"] }}\n{TOKIO}"
        );
        let main = include_str!("by_hand.rs.txt");
        cargo::program(
            &folder.join(format!("{BY_HAND}-{tls}")),
            &dependencies,
            main,
        )?;
    }
    cargo::write(&folder.join("Cargo.toml"), &workspace)?;
    let lock = folder.join("Cargo.lock");
    fs::copy(context.top.join("Cargo.lock"), &lock)
        .map(drop)
        .map_err(|error| format!("{} cannot be written: {error}", lock.display()))
}

fn example(context: &Context, name: &str) -> Result<String, String> {
    let path = context
        .top
        .join("crates/zendesk-oauth/examples")
        .join(format!("{name}.rs"));
    fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}
