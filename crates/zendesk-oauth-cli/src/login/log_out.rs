//! `zendesk-oauth logout`.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;
use zendesk_oauth::token::{FileStore, TokenSource, TokenStore as _};
use zendesk_oauth::{Credentials, Zendesk};

use super::target::existing;
use crate::account::{Account, AccountFlags, logins};
use crate::change::show_request;
use crate::config::write::{self, Area};
use crate::config::{Access, Environment, Paths, SettingsFile};
use crate::failure::{Failure, Kind};
use crate::output::{Format, OutputFlags, Shape, talk};

/// Arguments of `zendesk-oauth logout`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The profile; by default the one in use [env: ZENDESK_PROFILE]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// What to forget the credentials of
    #[arg(long, value_enum, value_name = "AREA", default_value = "support")]
    area: Area,
    /// Do not revoke the token: it stays good at Zendesk until it expires
    #[arg(long)]
    keep_token: bool,
    /// Forget the login even if its token cannot be revoked now
    #[arg(long)]
    force: bool,
    /// Print the request that would be sent, and change nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
    #[command(flatten)]
    output: OutputFlags,
}

/// What `logout` forgot.
#[derive(Serialize)]
struct Forgotten<'a> {
    profile: &'a str,
    url: &'a str,
    area: &'static str,
    kind: &'static str,
    /// Whether the token is revoked now; none if there was nothing to revoke.
    revoked: Option<bool>,
    says: &'a str,
}

const SHAPE: Shape = Shape(&["profile", "url", "area", "kind", "revoked", "says"]);

/// What became of a token: whether it is revoked, and what is to be said of it.
type Revoked = (Option<bool>, &'static str);

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let paths = Paths::required()?;
    let file = SettingsFile::read(&paths.settings_file())?;
    let environment = Environment::read(|name| std::env::var_os(name))?;
    let named = arguments.profile.as_deref();
    let named = named.or(environment.profile.as_deref());
    let (name, profile) = existing(&paths, &file, named)?;
    let area = arguments.area;
    let entry = match area {
        Area::Support => &profile.support,
        Area::Zis => &profile.zis,
        Area::Chat => &profile.chat,
    };
    let Some(entry) = entry else {
        talk(format_args!(
            "The profile {name} has no credentials for {}.",
            area.name()
        ));
        return Ok(ExitCode::SUCCESS);
    };
    let url = &profile.url.value;
    if arguments.dry_run {
        let sends = area == Area::Support
            && !arguments.keep_token
            && !matches!(entry.value, Access::ApiToken { .. });
        return dry_run(&name, url, area, sends, &arguments.output).await;
    }
    let source = match &entry.value {
        Access::Login(login) => Some(logins::open(url, login, &paths.login(&name))?),
        _ => None,
    };
    let revoked = if arguments.keep_token {
        Ok((
            Some(false),
            "Its token was not revoked, and stays good until it expires.",
        ))
    } else if area == Area::Support {
        revoke(url, &entry.value, source.as_ref(), &paths.login(&name)).await
    } else {
        Ok((
            Some(false),
            "Its token was not revoked; that is done at Zendesk, for Chat with `zendesk-oauth chat-tokens revoke`.",
        ))
    };
    let (revoked, told) = match revoked {
        Ok(revoked) => revoked,
        Err(failure) if arguments.force => {
            talk(format_args!("The token could not be revoked: {failure}"));
            (Some(false), "It stays good at Zendesk until it expires.")
        }
        Err(failure) => {
            return Err(failure.during(
                "the token could not be revoked, so the login is kept; try again, or forget it all the same with --force",
            ));
        }
    };
    if let Some(source) = &source {
        let forgotten = source.log_out().await;
        forgotten.map_err(|error| {
            Failure::failed(format!("the login of the profile {name} is not forgotten"))
                .because(error)
        })?;
    }
    write::change(&paths, |document| write::unset(document, &name, area))?;
    talk(format_args!("Logged out of {url}, profile {name}. {told}"));
    // A person was told.
    if arguments.output.format != Format::Table || !arguments.output.columns.is_empty() {
        let forgotten = Forgotten {
            profile: &name,
            url,
            area: area.name(),
            kind: entry.value.kind().name(),
            revoked,
            says: told,
        };
        arguments.output.item(&forgotten, SHAPE)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what would be done.
async fn dry_run(
    name: &str,
    url: &str,
    area: Area,
    sends: bool,
    output: &OutputFlags,
) -> Result<ExitCode, Failure> {
    if sends {
        let flags = AccountFlags {
            url: Some(url.to_owned()),
            profile: Some(name.to_owned()),
            ..AccountFlags::default()
        };
        let account = Account::open(&flags).await?;
        show_request(&account, output, async |zendesk| {
            zendesk.oauth_tokens().revoke_current().await
        })
        .await?;
        account.close().await?;
    } else {
        talk("Dry run: nothing would be sent.");
    }
    talk(format_args!(
        "The credentials for {} of the profile {name} would be forgotten.",
        area.name()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Revokes the token that is in use.
async fn revoke(
    url: &str,
    access: &Access,
    source: Option<&TokenSource>,
    folder: &std::path::Path,
) -> Result<Revoked, Failure> {
    const DEAD: Revoked = (None, "Its token was dead already.");
    let credentials = match (access, source) {
        (Access::Token(token), _) => Credentials::bearer(token.clone()),
        (Access::ApiToken { .. }, _) => {
            return Ok((
                Some(false),
                "An API token is not revoked by what uses it: delete it in Admin Center if nothing else needs it.",
            ));
        }
        (Access::Login(login), Some(source)) => {
            let stored = FileStore::new(folder).load().await;
            let stored = stored
                .map_err(|error| Failure::failed("the login cannot be read").because(error))?;
            let now = std::time::SystemTime::now();
            let is_over = stored.is_none_or(|stored| {
                let record = &stored.record;
                let expired = record.valid_until().is_some_and(|until| until <= now);
                // Nothing is minted to be revoked.
                record.end().is_some() || (login.is_client_credentials && expired)
            });
            if is_over {
                return Ok(DEAD);
            }
            source.credentials()
        }
        (Access::Login(_), None) => return Ok(DEAD),
    };
    if let Some(source) = source {
        match source.access_token().await {
            Ok(_) => {}
            Err(error) if error.needs_login() => return Ok(DEAD),
            Err(error) => return Err(Failure::new(Kind::Failed, error.to_string())),
        }
    }
    let zendesk = Zendesk::at(url).support(credentials).build()?;
    match zendesk.oauth_tokens().revoke_current().await {
        Ok(()) => Ok((Some(true), "Its token is revoked.")),
        Err(error) if error.is_forbidden() && error.code().is_some() => Ok((
            Some(false),
            "Its token could not be revoked, as its scopes do not let it revoke itself: it stays good until it expires \
             or an admin revokes it.",
        )),
        Err(error) if says_dead(&error) => Ok(DEAD),
        Err(error) => Err(error.into()),
    }
}

/// Whether Zendesk itself says that there is no such token. Whatever stands between may answer 401 and 404, too, and
/// says nothing of it.
fn says_dead(error: &zendesk_oauth::Error) -> bool {
    match error.status().map(|status| status.as_u16()) {
        Some(401) => error.code() == Some("invalid_token"),
        Some(404) => error.code() == Some("RecordNotFound"),
        _ => false,
    }
}
