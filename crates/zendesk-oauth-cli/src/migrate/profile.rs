//! The profile that is written: an entry of the settings file, whose other lines and comments stay.

use std::path::PathBuf;

use serde::Serialize;
use tempfile::TempDir;
use zendesk_oauth::Secret;

use crate::config::write::{self, Area};
use crate::config::{Access, LoginEntry, Paths, SettingsFile, profile_name};
use crate::failure::Failure;

/// Where the profile goes.
pub(super) struct Target {
    pub(super) file: PathBuf,
    pub(super) name: String,
    paths: Paths,
    url: String,
    may_replace: bool,
    make_current: bool,
    // Of an account that ends with the command; so does its profile.
    short_lived: Option<TempDir>,
}

/// What a login by client_credentials needs.
pub(super) struct Login<'a> {
    pub(super) client_id: &'a str,
    pub(super) client_secret: &'a Secret,
    pub(super) scopes: &'a [String],
}

/// What was written.
#[derive(Debug, Serialize)]
pub(super) struct Written {
    pub(super) name: String,
    pub(super) file: String,
    pub(super) is_current: bool,
    #[serde(skip)]
    pub(super) is_short_lived: bool,
}

impl Target {
    /// Finds the place, and makes sure that the profile may be written there. Nothing is changed.
    pub(super) fn find(
        name: Option<&str>,
        url: &str,
        may_replace: bool,
        make_current: bool,
        is_sandbox: bool,
    ) -> Result<Self, Failure> {
        let name = name.map_or_else(|| name_of(url), str::to_owned);
        profile_name::check(&name)
            .map_err(|problem| Failure::usage(format!("--save-as: {problem}")))?;
        let (paths, short_lived) = if is_sandbox {
            let folder = TempDir::new().map_err(|error| {
                Failure::failed("a folder for the sandbox's profile cannot be made").because(error)
            })?;
            (Paths::within(folder.path()), Some(folder))
        } else {
            (Paths::required()?, None)
        };
        let target = Self {
            file: paths.settings_file(),
            name,
            paths,
            url: url.trim_end_matches('/').to_owned(),
            may_replace,
            make_current,
            short_lived,
        };
        target.is_current().map(|_| target)
    }

    /// Writes the profile. The file is read again: it may have been changed meanwhile.
    pub(super) fn write(&self, login: &Login<'_>) -> Result<Written, Failure> {
        let is_current = self.is_current()?;
        let access = Access::Login(LoginEntry {
            is_client_credentials: true,
            client_id: login.client_id.to_owned(),
            client_secret: Some(login.client_secret.clone()),
            scopes: login.scopes.to_vec(),
        });
        write::try_change(&self.paths, |document| {
            write::set(document, &self.name, &self.url, Area::Support, &access)?;
            if is_current {
                write::use_profile(document, &self.name);
            }
            Ok(())
        })?;
        Ok(Written {
            name: self.name.clone(),
            file: self.file.display().to_string(),
            is_current,
            is_short_lived: self.short_lived.is_some(),
        })
    }

    /// Whether the profile is to be the one that is used; refuses one that may not be written.
    fn is_current(&self) -> Result<bool, Failure> {
        let shown = self.file.display();
        let settings = SettingsFile::read(&self.file)?;
        if let Some(profile) = settings.profiles.get(&self.name) {
            if profile.url.value.trim_end_matches('/') != self.url {
                return Err(Failure::usage(format!(
                    "{shown}: the profile {} is another account's: choose another name with --save-as NAME",
                    self.name
                )));
            }
            if profile.support.is_some() && !self.may_replace {
                return Err(Failure::usage(format!(
                    "{shown}: the profile {} has credentials for Support already: choose another name with --save-as NAME, \
                     or replace them with --replace",
                    self.name
                )));
            }
        }
        let is_current = settings.current().is_none_or(|name| name == self.name);
        Ok(is_current || self.make_current)
    }
}

/// The first label of the account's host: `acme` of `https://acme.zendesk.com`.
fn name_of(url: &str) -> String {
    let host = reqwest::Url::parse(url).ok();
    let host = host.as_ref().and_then(reqwest::Url::host_str);
    let host = host.unwrap_or_default();
    let is_address = host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok();
    match host.split('.').next() {
        Some(label) if !is_address && !label.is_empty() => label.to_owned(),
        _ => "default".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_named_after_the_host() {
        assert_eq!(name_of("https://acme.zendesk.com"), "acme");
        assert_eq!(name_of("http://127.0.0.1:80"), "default");
        assert_eq!(name_of("?"), "default");
    }
}
