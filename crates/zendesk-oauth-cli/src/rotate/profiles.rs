//! Profiles that log in as the client: they get the new secret too, or their logins would end with the old one.

use zendesk_oauth::Secret;
use zendesk_oauth::support::OAuthClient;

use super::arguments::Flags;
use super::rotating::{Desk, Rotating};
use crate::account::Account;
use crate::config::client_secret::{of_client, replace};
use crate::config::{Paths, SettingsFile, write};
use crate::failure::Failure;

/// Their names.
pub(super) fn find(
    account: &Account,
    flags: &Flags,
    client: &OAuthClient,
) -> Result<Vec<String>, Failure> {
    let settings = settings(flags)?;
    Ok(settings.map_or_else(Vec::new, |(_, file)| names(account, client, &file)))
}

/// Makes sure that they can be written to.
pub(super) fn prepare(names: &[String]) -> Result<(), Failure> {
    match names {
        [] => Ok(()),
        _ => write::check_writable(&Paths::required()?),
    }
}

/// Writes the secret to them. They are looked for again: the settings may have changed meanwhile.
pub(super) fn tell(rotating: &mut Rotating<'_>, secret: &Secret) -> Result<(), Failure> {
    let desk = &rotating.desk;
    let Some((paths, file)) = settings(desk.flags)? else {
        return Ok(());
    };
    let names = names(desk.account, &desk.client, &file);
    rotating.journal.rotation.profiles.clone_from(&names);
    match names.as_slice() {
        [] => Ok(()),
        names => replace(&paths, names, secret),
    }
}

/// The secrets that they have.
pub(super) fn held(desk: &Desk<'_>) -> Result<Vec<Secret>, Failure> {
    let Some((_, file)) = settings(desk.flags)? else {
        return Ok(Vec::new());
    };
    let found = of_client(&file, desk.account.url(), &desk.client.identifier);
    Ok(found.into_iter().map(|it| it.1.clone()).collect())
}

/// In words, to be put behind the place; nothing if there are none.
pub(super) fn in_words(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => format!("the profile {name} of the settings file, which logs in with it"),
        names => format!(
            "the profiles {} of the settings file, which log in with it",
            names.join(", ")
        ),
    }
}

fn names(account: &Account, client: &OAuthClient, file: &SettingsFile) -> Vec<String> {
    let found = of_client(file, account.url(), &client.identifier);
    found.into_iter().map(|it| it.0.to_owned()).collect()
}

/// The settings file. An embedded sandbox is in nobody's.
fn settings(flags: &Flags) -> Result<Option<(Paths, SettingsFile)>, Failure> {
    if flags.account.sandbox {
        return Ok(None);
    }
    let Some(paths) = Paths::of_user() else {
        return Ok(None);
    };
    let file = SettingsFile::read(&paths.settings_file())?;
    Ok(Some((paths, file)))
}
