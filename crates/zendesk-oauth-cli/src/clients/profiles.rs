//! Profiles that log in as a client: what happens to it happens to them.

use zendesk_oauth::support::OAuthClient;

use crate::account::Account;
use crate::config::{Access, LoginEntry, Paths, Profile, SettingsFile};
use crate::failure::Failure;
use crate::text::printable;

/// The logins of the settings file at the account's address.
pub(super) struct Logins(Vec<(String, LoginEntry)>);

impl Logins {
    pub(super) fn at(account: &Account) -> Result<Self, Failure> {
        let Some(paths) = Paths::of_user() else {
            return Ok(Self(Vec::new()));
        };
        let file = SettingsFile::read(&paths.settings_file())?;
        let is_here = |profile: &Profile| profile.url.value == account.url();
        let here = file.profiles.into_iter().filter(|(_, it)| is_here(it));
        let logins = here.filter_map(|(name, profile)| match profile.support?.value {
            Access::Login(login) => Some((name, login)),
            _ => None,
        });
        Ok(Self(logins.collect()))
    }

    /// Whether no client has to be looked at.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those as this client.
    pub(super) fn of(self, client: &OAuthClient) -> Self {
        let of = self.0.into_iter();
        Self(
            of.filter(|(_, login)| login.client_id == client.identifier)
                .collect(),
        )
    }

    /// What a question says of them: ` (the profile acme logs in as this client)`.
    pub(super) fn in_question(&self) -> String {
        let names: Vec<_> = self.0.iter().map(|(name, _)| printable(name)).collect();
        match names.len() {
            0 => String::new(),
            1 => format!("; the profile {} logs in as this client", names.concat()),
            _ => format!("; the profiles {} log in as this client", names.join(", ")),
        }
    }

    /// What to run for each, now that the client has another secret.
    pub(super) fn with_new_secret(&self) -> Vec<String> {
        let lines = self.0.iter().map(|(name, login)| {
            format!(
                "the profile {} logs in as this client with its old secret: give it the new one with `zendesk-oauth login{} \
                 --profile {} --client-id {} --client-secret-file FILE`",
                printable(name),
                grant(login),
                printable(name),
                printable(&login.client_id)
            )
        });
        lines.collect()
    }

    /// What to run for each, now that the client is gone.
    pub(super) fn without_client(&self) -> Vec<String> {
        let lines = self.0.iter().map(|(name, login)| {
            format!(
                "the profile {} logged in as this client: log in as another with `zendesk-oauth login{} --profile {} \
                 --client-id IDENTIFIER`",
                printable(name),
                grant(login),
                printable(name)
            )
        });
        lines.collect()
    }
}

fn grant(login: &LoginEntry) -> &'static str {
    if login.is_client_credentials {
        " --client-credentials"
    } else {
        ""
    }
}
