//! Which profile a login is for, and of which account.

use crate::config::{Access, LoginEntry, Paths, Profile, SettingsFile, address, profile_name};
use crate::failure::Failure;

/// What names the profile, by arguments or by the environment.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// The address, checked.
    pub(super) url: Option<String>,
    pub(super) profile: Option<String>,
}

/// Where a login goes.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) profile: String,
    pub(super) url: String,
    /// What the profile logs in with so far.
    pub(super) login: Option<LoginEntry>,
}

/// The profile that an argument, the environment or the file names, as it is there.
pub(super) fn existing<'a>(
    paths: &Paths,
    file: &'a SettingsFile,
    named: Option<&str>,
) -> Result<(String, &'a Profile), Failure> {
    let name = named.or_else(|| file.current()).ok_or_else(|| {
        let path = paths.settings_file();
        Failure::usage(format!(
            "{}: there is no profile in use; name one with --profile",
            path.display()
        ))
    })?;
    Ok((name.to_owned(), file.find(name)?))
}

/// Decides. A profile of another address is never overwritten.
pub(super) fn target(named: Named, file: &SettingsFile) -> Result<Target, Failure> {
    let (name, url) = match (named.profile, named.url) {
        (Some(name), url) => (name, url),
        (None, Some(url)) => {
            // The profile of that address, if there is one.
            let known = file.profiles.iter();
            let mut known = known.filter(|(_, it)| address::are_same(&it.url.value, &url));
            let current = file.current().and_then(|name| {
                let profile = file.profiles.get_key_value(name)?;
                address::are_same(&profile.1.url.value, &url).then_some(profile)
            });
            match current.or_else(|| known.next()) {
                Some((name, _)) => (name.clone(), Some(url)),
                None => (address::name(&url), Some(url)),
            }
        }
        (None, None) => match file.current() {
            Some(name) => (name.to_owned(), None),
            None => return Err(crate::config::no_account()),
        },
    };
    profile_name::check(&name).map_err(Failure::usage)?;
    let profile = file.profiles.get(&name);
    let url = match (url, profile) {
        (Some(url), Some(profile)) if !address::are_same(&url, &profile.url.value) => {
            let of = &profile.url.value;
            return Err(Failure::usage(format!(
                "the profile {name} is of {of}, and the login is for {url}: give it another name with --profile, or \
                 remove that profile first"
            )));
        }
        (_, Some(profile)) => profile.url.value.clone(),
        (Some(url), None) => url,
        (None, None) => {
            return Err(Failure::usage(format!(
                "there is no profile {name} yet, so say of which account it is: --subdomain NAME"
            )));
        }
    };
    let login = match profile.and_then(|it| it.support.as_ref()) {
        Some(support) => match &support.value {
            Access::Login(login) => Some(login.clone()),
            _ => None,
        },
        None => None,
    };
    Ok(Target {
        profile: name,
        url,
        login,
    })
}
