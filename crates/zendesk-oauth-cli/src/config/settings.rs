//! The settings of one run.

use std::path::Path;

use zendesk_oauth::Credentials;
use zendesk_oauth::token::TokenSource;

use super::access::{Access, CredentialKind};
use super::environment::Environment;
use super::file::SettingsFile;
use super::resolve::{Chosen, Given, Resolved, resolve};
use super::{Paths, token_file};
use crate::account::{AccountFlags, logins};
use crate::failure::Failure;

/// What a command talks to, and as whom. Its Debug form shows no credentials.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The account's address.
    pub(crate) url: String,
    /// Support's credentials, if there are any.
    pub(crate) support: Option<Credentials>,
    /// Those of the ZIS integration.
    pub(crate) zis: Option<Credentials>,
    /// Chat's.
    pub(crate) chat: Option<Credentials>,
    /// The name of the ZIS integration.
    pub(crate) integration: Option<String>,
    /// The name of the profile, if one is used.
    pub(crate) profile: Option<String>,
    /// With an API token: the e-mail address that it goes with.
    pub(crate) api_token_email: Option<String>,
    /// What keeps Support's token fresh, if it is a login's.
    pub(crate) source: Option<TokenSource>,
    /// Where each value comes from, and what it hides.
    pub(crate) resolved: Resolved,
}

impl Settings {
    /// Reads them.
    pub(crate) fn read(flags: &AccountFlags) -> Result<Self, Failure> {
        let read = Read::of(flags)?;
        if let Some(note) = &read.resolved.note {
            crate::output::complain(note);
        }
        read.settings()
    }

    /// What kind of credentials Support has.
    pub(crate) fn support_kind(&self) -> Option<CredentialKind> {
        kind(self.resolved.support.as_ref(), self.support.as_ref())
    }

    /// What kind of credentials ZIS has.
    pub(crate) fn zis_kind(&self) -> Option<CredentialKind> {
        kind(self.resolved.zis.as_ref(), self.zis.as_ref())
    }

    /// What kind of credentials Chat has.
    pub(crate) fn chat_kind(&self) -> Option<CredentialKind> {
        kind(self.resolved.chat.as_ref(), self.chat.as_ref())
    }
}

/// What a sandbox of one's own has is a token, and nothing says so.
fn kind(chosen: Option<&Chosen<Access>>, any: Option<&Credentials>) -> Option<CredentialKind> {
    match chosen {
        Some(chosen) => Some(chosen.value.kind()),
        None => any.map(|_| CredentialKind::Bearer),
    }
}

/// What was read, before anything is made of it.
pub(crate) struct Read {
    pub(crate) paths: Option<Paths>,
    pub(crate) resolved: Resolved,
}

impl Read {
    /// Reads arguments, environment and file.
    pub(crate) fn of(flags: &AccountFlags) -> Result<Self, Failure> {
        let environment = Environment::read(|name| std::env::var_os(name))?;
        let paths = Paths::of_user();
        let file = match &paths {
            Some(paths) => SettingsFile::read(&paths.settings_file())?,
            None => SettingsFile::default(),
        };
        let resolved = resolve(&given(flags)?, &environment, &file)?;
        Ok(Self { paths, resolved })
    }

    /// The settings; a failure if there is no account.
    pub(crate) fn settings(self) -> Result<Settings, Failure> {
        let Self { paths, resolved } = self;
        let url = resolved.url.as_ref().ok_or_else(no_account)?.value.clone();
        let profile = resolved.profile.as_ref().map(|it| it.value.clone());
        let (mut source, mut api_token_email) = (None, None);
        let support = match resolved.support.as_ref().map(|it| &it.value) {
            None => None,
            Some(Access::Token(token)) => Some(Credentials::bearer(token.clone())),
            Some(Access::ApiToken { email, token }) => {
                api_token_email = Some(email.clone());
                Some(Credentials::api_token(email, token.clone()))
            }
            Some(Access::Login(login)) => {
                let paths = paths.map_or_else(Paths::required, Ok)?;
                let name = profile.as_deref().unwrap_or_default();
                let opened = logins::open(&url, login, &paths.login(name))?;
                let credentials = opened.credentials();
                source = Some(opened);
                Some(credentials)
            }
        };
        let bearer = |chosen: &Option<Chosen<Access>>| match chosen.as_ref().map(|it| &it.value) {
            Some(Access::Token(token)) => Some(Credentials::bearer(token.clone())),
            _ => None,
        };
        Ok(Settings {
            zis: bearer(&resolved.zis),
            chat: bearer(&resolved.chat),
            integration: resolved.integration.as_ref().map(|it| it.value.clone()),
            url,
            support,
            profile,
            api_token_email,
            source,
            resolved,
        })
    }
}

/// What is said when nothing names an account.
pub(crate) fn no_account() -> Failure {
    Failure::usage(
        "there is no account: give --subdomain NAME, set ZENDESK_SUBDOMAIN or ZENDESK_URL, or log in \
         with `zendesk-oauth login`",
    )
}

fn given(flags: &AccountFlags) -> Result<Given, Failure> {
    let files = [
        &flags.token_file,
        &flags.zis_token_file,
        &flags.chat_token_file,
    ];
    let of_stdin = |file: &&&Option<std::path::PathBuf>| file.as_deref() == Some(Path::new("-"));
    if files.iter().filter(of_stdin).count() > 1 {
        return Err(Failure::usage(
            "standard input has one token: only one of --token-file, --zis-token-file and --chat-token-file can be `-`",
        ));
    }
    let read =
        |file: &Option<std::path::PathBuf>| file.as_deref().map(token_file::read).transpose();
    Ok(Given {
        url: flags.url.clone(),
        subdomain: flags.subdomain.clone(),
        profile: flags.profile.clone(),
        support: read(&flags.token_file)?,
        zis: read(&flags.zis_token_file)?,
        chat: read(&flags.chat_token_file)?,
        integration: flags.integration.clone(),
    })
}
