//! `zendesk-oauth profile list`.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use crate::config::{Paths, Profile, SettingsFile};
use crate::failure::Failure;
use crate::output::{OutputFlags, Shape};

const SHAPE: Shape = Shape(&["name", "current", "url", "support", "zis", "chat"]);

/// Arguments of `zendesk-oauth profile list`.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    output: OutputFlags,
}

/// A profile, with the kind of credentials that each area has.
#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    current: bool,
    url: &'a str,
    integration: Option<&'a str>,
    support: Option<&'static str>,
    zis: Option<&'static str>,
    chat: Option<&'static str>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let paths = Paths::required()?;
    let file = SettingsFile::read(&paths.settings_file())?;
    let mut rows = arguments.output.rows(SHAPE);
    for (name, profile) in &file.profiles {
        rows.push(&listed(name, profile, file.current() == Some(name)))?;
    }
    rows.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn listed<'a>(name: &'a str, profile: &'a Profile, current: bool) -> Listed<'a> {
    let Profile {
        url,
        integration,
        support,
        zis,
        chat,
    } = profile;
    let [support, zis, chat] =
        [support, zis, chat].map(|area| area.as_ref().map(|it| it.value.kind().name()));
    Listed {
        name,
        current,
        url: &url.value,
        integration: integration.as_ref().map(|it| it.value.as_str()),
        support,
        zis,
        chat,
    }
}
