//! `zendesk-oauth config explain`.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::access::Access;
use super::resolve::{Chosen, Resolved};
use super::settings::{Read, no_account};
use crate::account::AccountFlags;
use crate::failure::Failure;
use crate::output::{OutputFlags, Shape};

const SHAPE: Shape = Shape(&["setting", "value", "origin", "hides"]);

/// Arguments of `zendesk-oauth config explain`.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

/// One setting. No secret is in it.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct Explained {
    setting: &'static str,
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    origin: Option<String>,
    /// Values that are not used, each with where it is from.
    hides: Vec<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { account, output } = arguments;
    if account.sandbox {
        return Err(Failure::usage(
            "with --sandbox a command uses the address and the tokens of its own sandbox, and no settings",
        ));
    }
    let read = Read::of(account)?;
    let mut rows = output.rows(SHAPE);
    for row in explained(&read.resolved) {
        rows.push(&row)?;
    }
    if let Some(paths) = &read.paths {
        let file = paths.settings_file();
        let origin = match file.exists() {
            true => "in use",
            false => "not there",
        };
        rows.push(&place("settings_file", file.display(), origin))?;
        rows.push(&place("state_folder", paths.state().display(), "default"))?;
    }
    rows.finish()?;
    if let Some(note) = &read.resolved.note {
        crate::output::complain(note);
    }
    match read.resolved.url {
        Some(_) => Ok(ExitCode::SUCCESS),
        None => Err(no_account()),
    }
}

fn place(setting: &'static str, path: impl std::fmt::Display, origin: &str) -> Explained {
    Explained {
        setting,
        value: Some(path.to_string()),
        kind: None,
        origin: Some(origin.to_owned()),
        hides: Vec::new(),
    }
}

fn explained(resolved: &Resolved) -> Vec<Explained> {
    let mut rows = vec![
        text("profile", resolved.profile.as_ref()),
        text("url", resolved.url.as_ref()),
        text("integration", resolved.integration.as_ref()),
        access("support", resolved.support.as_ref()),
        access("zis", resolved.zis.as_ref()),
        access("chat", resolved.chat.as_ref()),
    ];
    for (area, origin) in &resolved.withheld {
        if let Some(row) = rows.iter_mut().find(|row| row.setting == *area) {
            let why = format!("[set] ({origin}; it is for the profile's own address only)");
            row.hides.push(why);
        }
    }
    rows
}

fn text(setting: &'static str, chosen: Option<&Chosen<String>>) -> Explained {
    row(setting, chosen, None, String::clone)
}

fn access(setting: &'static str, chosen: Option<&Chosen<Access>>) -> Explained {
    let kind = chosen.map(|chosen| chosen.value.kind().name());
    row(setting, chosen, kind, |_| "[set]".to_owned())
}

fn row<T>(
    setting: &'static str,
    chosen: Option<&Chosen<T>>,
    kind: Option<&'static str>,
    shown: impl Fn(&T) -> String,
) -> Explained {
    let hides = chosen.iter().flat_map(|chosen| &chosen.hides);
    Explained {
        setting,
        value: chosen.map(|chosen| shown(&chosen.value)),
        kind,
        origin: chosen.map(|chosen| chosen.origin.to_string()),
        hides: hides
            .map(|(value, origin)| format!("{} ({origin})", shown(value)))
            .collect(),
    }
}
