//! `zendesk-oauth profile remove`.

use std::process::ExitCode;

use clap::Args;

use crate::account::logins;
use crate::change::{ChangeFlags, confirm};
use crate::config::{Access, Paths, Profile, SettingsFile, write};
use crate::failure::Failure;
use crate::output::talk;

/// Arguments of `zendesk-oauth profile remove`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The profile
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    change: ChangeFlags,
}

pub(super) async fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { name, change } = arguments;
    let paths = Paths::required()?;
    let file = SettingsFile::read(&paths.settings_file())?;
    let profile = file.find(name)?;
    let what = format!("The profile {name} and its credentials are forgotten here");
    if change.dry_run {
        talk(format_args!(
            "{what}. Nothing would be sent, and nothing was changed."
        ));
        return Ok(ExitCode::SUCCESS);
    }
    confirm(*change, &what, name)?;
    if let Some(Access::Login(login)) = profile.support.as_ref().map(|it| &it.value) {
        let source = logins::open(&profile.url.value, login, &paths.login(name))?;
        let forgotten = source.log_out().await;
        forgotten.map_err(|error| {
            Failure::failed(format!("the login of the profile {name} is not forgotten"))
                .because(error)
        })?;
    }
    write::change(&paths, |document| write::remove(document, name))?;
    talk(format_args!(
        "The profile {name} is gone. {}",
        left(profile)
    ));
    Ok(ExitCode::SUCCESS)
}

/// What stays at Zendesk.
fn left(profile: &Profile) -> String {
    let areas = [&profile.support, &profile.zis, &profile.chat];
    if areas.into_iter().all(Option::is_none) {
        return "It had no credentials.".to_owned();
    }
    let url = &profile.url.value;
    format!(
        "Nothing was revoked: its tokens stay good at {url} until they expire, and so does its OAuth client. See \
         `zendesk-oauth tokens list`."
    )
}
