//! `zendesk-oauth login`.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::token::{IssuedToken, Record, TokenSource};
use zendesk_oauth::{Credentials, Secret, Zendesk};

use super::keep::keep;
use super::kept::Kept;
use super::method::{Browsing, by_browser, by_client_credentials};
use super::target::{Named, Target, target};
use super::told;
use crate::account::logins;
use crate::account::whom::{self, Whom};
use crate::change::{SecretInput, read_secret};
use crate::config::write::{self, Area};
use crate::config::{
    Access, Environment, LoginEntry, Paths, SettingsFile, address, environment, token_file,
};
use crate::failure::{Failure, Kind};
use crate::interrupt::{Signal, to_its_end};
use crate::output::{OutputFlags, talk};

/// The variable of the client's secret.
const SECRET_VARIABLE: &str = "ZENDESK_CLIENT_SECRET";

/// Arguments of `zendesk-oauth login`.
///
/// Three ways: a person in the browser (authorization code with PKCE, the default), the OAuth client itself
/// (--client-credentials), or a token that is there already (--token-stdin).
#[derive(Args)]
pub(crate) struct Arguments {
    /// The account's address [env: ZENDESK_URL]
    #[arg(long, value_name = "URL", conflicts_with = "subdomain")]
    url: Option<String>,
    /// The account's subdomain: NAME of https://NAME.zendesk.com [env: ZENDESK_SUBDOMAIN]
    #[arg(long, value_name = "NAME")]
    subdomain: Option<String>,
    /// Profile to write; by default the account's subdomain or host [env: ZENDESK_PROFILE]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Identifier of the OAuth client; by default that of the profile's last login
    #[arg(long, value_name = "IDENTIFIER", conflicts_with = "token_stdin")]
    client_id: Option<String>,
    /// File whose first line is the client's secret; a public client has none [env: ZENDESK_CLIENT_SECRET]
    #[arg(long, value_name = "FILE", conflicts_with = "token_stdin")]
    client_secret_file: Option<PathBuf>,
    /// Scopes, with commas between or repeated; by default `read`, or those of the profile's last login
    #[arg(
        long = "scope",
        visible_alias = "scopes",
        value_name = "SCOPES",
        value_delimiter = ',',
        conflicts_with = "token_stdin"
    )]
    scopes: Vec<String>,
    /// Where the browser is sent back to, as it is registered with the client
    ///
    /// By default http://127.0.0.1:PORT/callback.
    #[arg(long, value_name = "URI", conflicts_with_all = ["port", "client_credentials", "token_stdin"])]
    redirect_uri: Option<String>,
    /// Port of the default redirect URI
    #[arg(long, value_name = "PORT", default_value_t = 8085, conflicts_with_all = ["client_credentials", "token_stdin"])]
    port: u16,
    /// Print the address instead of opening a browser, and take what the browser came back with from standard input
    #[arg(long, conflicts_with_all = ["client_credentials", "token_stdin"])]
    no_browser: bool,
    /// Log the OAuth client itself in, without a person
    #[arg(long, conflicts_with = "token_stdin")]
    client_credentials: bool,
    /// Keep the access token on the first line of standard input
    #[arg(long)]
    token_stdin: bool,
    /// What that token is for
    #[arg(
        long,
        value_enum,
        value_name = "AREA",
        default_value = "support",
        requires = "token_stdin"
    )]
    area: Area,
    /// The ZIS integration that the token is of
    #[arg(long, value_name = "NAME", requires = "token_stdin")]
    integration: Option<String>,
    #[command(flatten)]
    output: OutputFlags,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let paths = Paths::required()?;
    let file = SettingsFile::read(&paths.settings_file())?;
    let environment = Environment::read(|name| std::env::var_os(name))?;
    let target = target(named(&arguments, &environment)?, &file)?;
    write::check_writable(&paths)?;
    let (kept, signal) = if arguments.token_stdin {
        (keep_token(&arguments, &paths, &target).await?, None)
    } else {
        log_in(&arguments, &paths, &target).await?
    };
    if environment.token.is_some() || environment.api_token.is_some() {
        talk(
            "Note: ZENDESK_TOKEN or ZENDESK_API_TOKEN is set, and comes before the profile's credentials for Support.",
        );
    }
    kept.print(&arguments.output)?;
    Ok(signal.map_or(ExitCode::SUCCESS, ExitCode::from))
}

/// What arguments and environment name; the address in arguments comes before the one in the environment.
fn named(arguments: &Arguments, environment: &Environment) -> Result<Named, Failure> {
    let whole = |text: &Option<String>, name| checked(text, name, address::checked);
    let label = |text: &Option<String>, name| checked(text, name, address::of_subdomain);
    let given = whole(&arguments.url, "--url")?.or(label(&arguments.subdomain, "--subdomain")?);
    let of_environment = match (
        whole(&environment.url, "ZENDESK_URL")?,
        label(&environment.subdomain, "ZENDESK_SUBDOMAIN")?,
    ) {
        (Some(url), Some(other)) if given.is_none() && !address::are_same(&url, &other) => {
            return Err(Failure::usage(format!(
                "ZENDESK_URL is {url} and ZENDESK_SUBDOMAIN is of {other}: unset one of them, or say --url or --subdomain"
            )));
        }
        (url, other) => url.or(other),
    };
    let profile = arguments.profile.clone();
    Ok(Named {
        url: given.or(of_environment),
        profile: profile.or_else(|| environment.profile.clone()),
    })
}

fn checked(
    text: &Option<String>,
    name: &str,
    check: fn(&str) -> Result<String, String>,
) -> Result<Option<String>, Failure> {
    let checked = text.as_deref().map(check).transpose();
    checked.map_err(|why| Failure::usage(format!("{name}: {}", crate::text::printable(&why))))
}

/// Keeps a token that is there already.
async fn keep_token(
    arguments: &Arguments,
    paths: &Paths,
    target: &Target,
) -> Result<Kept, Failure> {
    let token = given_token()?;
    let area = arguments.area;
    let works = check_token(area, &target.url, &token).await;
    let (works, whom) = works.map_err(|failure| failure.during("the token is not kept"))?;
    // The login that the token takes the place of is over here.
    let replaced = match (&target.login, area) {
        (Some(login), Area::Support) => {
            let folder = paths.login(&target.profile);
            Some(logins::open(&target.url, login, &folder)?)
        }
        _ => None,
    };
    let access = Access::Token(token);
    write::try_change(paths, |document| {
        write::set(document, &target.profile, &target.url, area, &access)?;
        if let Some(integration) = &arguments.integration {
            write::set_integration(document, &target.profile, integration);
        }
        Ok(())
    })?;
    talk(format_args!(
        "The token for {} at {} is kept in the profile {}; {works}",
        area.name(),
        target.url,
        target.profile
    ));
    if let Some(source) = replaced {
        talk("The former login is forgotten; its token was not revoked.");
        if let Err(error) = source.log_out().await {
            talk(format_args!("Its tokens are still stored: {error}"));
        }
    }
    Ok(Kept {
        user: whom.map(|whom| whom.to_string()),
        is_checked: area != Area::Zis,
        ..Kept::new(target, area, access.kind())
    })
}

/// The token on standard input. A person at a terminal types it, and it is not shown.
fn given_token() -> Result<Secret, Failure> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return token_file::first_line(stdin, "standard input");
    }
    if !std::io::stderr().is_terminal() {
        return Err(Failure::usage(
            "--token-stdin: standard input is a terminal, and nobody can be asked there: pipe the token in",
        ));
    }
    let typed = read_secret(&SecretInput {
        what: "the access token",
        flag: "--token-stdin",
        file: Some(Path::new("-")),
        variable: "",
    })?;
    let token = environment::token(typed.expose());
    token.map_err(|why| Failure::usage(format!("standard input: {why}")))
}

/// Makes sure that a token works, as far as that can be told; what is to be said of it, and whose it is.
async fn check_token(
    area: Area,
    url: &str,
    token: &Secret,
) -> Result<(String, Option<Whom>), Failure> {
    let credentials = Credentials::bearer(token.clone());
    match area {
        Area::Support => {
            let whom = whom::ask(url, credentials).await?;
            let says = match &whom {
                Some(whom) => format!("it is of {whom}"),
                None => "its scopes do not let it say of whom it is".to_owned(),
            };
            Ok((says, whom))
        }
        Area::Chat => {
            let zendesk = Zendesk::at(url).chat(credentials).build()?;
            let listed = zendesk.chat().list().await;
            let says = match listed {
                Err(error) if error.is_forbidden() => "its scopes do not let it list Chat tokens",
                listed => listed.map(|_| "it works")?,
            };
            Ok((says.to_owned(), None))
        }
        Area::Zis => {
            let says = "it was not tried, as nothing of ZIS can be asked without a connection";
            Ok((says.to_owned(), None))
        }
    }
}

async fn log_in(
    arguments: &Arguments,
    paths: &Paths,
    target: &Target,
) -> Result<(Kept, Option<Signal>), Failure> {
    let entry = entry(arguments, target)?;
    let folder = paths.login(&target.profile);
    let source = logins::open(&target.url, &entry, &folder)?;
    let checked = source.check_store().await;
    checked.map_err(|error| Failure::usage_because("logins cannot be stored", error))?;
    let endpoint = logins::endpoint(&target.url, &entry)?;
    let (issued, whom, signal) = if entry.is_client_credentials {
        let asking = async {
            let issued = by_client_credentials(&endpoint, &entry.scopes).await?;
            let whom = check_and_keep(paths, target, &entry, &source, &issued).await?;
            Ok::<_, Failure>((issued, whom))
        };
        let (kept, signal) = to_its_end(asking).await;
        let (issued, whom) = kept?;
        (issued, whom, signal)
    } else {
        let default = || format!("http://127.0.0.1:{}/callback", arguments.port);
        let browsing = Browsing {
            redirect_uri: arguments.redirect_uri.clone().unwrap_or_else(default),
            no_browser: arguments.no_browser,
        };
        // A person may take long, and is not held.
        let issued = by_browser(&endpoint, &entry.scopes, &browsing).await?;
        let keeping = check_and_keep(paths, target, &entry, &source, &issued);
        let (whom, signal) = to_its_end(keeping).await;
        (issued, whom?, signal)
    };
    let record = Record::new(&entry.client_id, &target.url, &issued);
    let granted = issued.scope.as_deref().map(told::scopes);
    let granted = granted.unwrap_or_else(|| entry.scopes.clone());
    let scopes = granted.join(", ");
    let as_whom = match &whom {
        Ok(Some(whom)) => format!(" as {whom}"),
        _ => String::new(),
    };
    talk(format_args!(
        "Logged in to {}{as_whom}, with the scopes {scopes}; profile {}",
        target.url, target.profile
    ));
    let is_checked = match &whom {
        Ok(_) => true,
        Err(failure) => {
            talk(format_args!(
                "The login is kept, but was not checked: {failure}; see `zendesk-oauth status --profile {}`",
                target.profile
            ));
            false
        }
    };
    let kept = Kept {
        user: whom.ok().flatten().map(|whom| whom.to_string()),
        scopes: Some(granted),
        valid_until: record.valid_until().and_then(told::time),
        refresh_valid_until: record.refresh_valid_until().and_then(told::time),
        is_checked,
        ..Kept::new(target, Area::Support, Access::Login(entry).kind())
    };
    Ok((kept, signal))
}

/// Asks whose the new token is, and keeps it unless it is refused. Gives why it could not be asked: that says nothing
/// of a token that was just issued.
async fn check_and_keep(
    paths: &Paths,
    target: &Target,
    entry: &LoginEntry,
    source: &TokenSource,
    issued: &IssuedToken,
) -> Result<Result<Option<Whom>, Failure>, Failure> {
    let credentials = Credentials::bearer(issued.access_token.clone());
    let whom = whom::ask(&target.url, credentials.clone()).await;
    if let Err(failure) = &whom
        && failure.kind() == Kind::Auth
    {
        let told = match revoke(&target.url, credentials).await {
            Ok(()) => "so it was revoked".to_owned(),
            Err(failure) => format!("and could not be revoked ({failure})"),
        };
        return whom.map(Ok).map_err(|failure| {
            failure.during(format!(
                "a token was issued, but it does not work, {told}, and nothing was changed here"
            ))
        });
    }
    keep(paths, target, entry, source, issued).await?;
    Ok(whom)
}

/// Revokes a token that nobody keeps.
async fn revoke(url: &str, credentials: Credentials) -> Result<(), Failure> {
    let zendesk = Zendesk::at(url).support(credentials).build()?;
    Ok(zendesk.oauth_tokens().revoke_current().await?)
}

/// What the profile is to log in with.
fn entry(arguments: &Arguments, target: &Target) -> Result<LoginEntry, Failure> {
    let before = target.login.as_ref();
    let client_id = match (&arguments.client_id, before) {
        (Some(id), _) => id.clone(),
        (None, Some(before)) => before.client_id.clone(),
        (None, None) => {
            return Err(Failure::usage(
                "say which OAuth client logs in: --client-id IDENTIFIER. `zendesk-oauth clients create` makes one, or \
                 Admin Center: Apps and integrations > APIs > OAuth clients",
            ));
        }
    };
    let same = before.filter(|before| before.client_id == client_id);
    let is_client_credentials = arguments.client_credentials;
    let is_given = arguments.client_secret_file.is_some()
        || std::env::var_os(SECRET_VARIABLE).is_some_and(|value| !value.is_empty());
    let known = same.and_then(|same| same.client_secret.clone());
    let client_secret = if is_given || (is_client_credentials && known.is_none()) {
        Some(read_secret(&SecretInput {
            what: "the client secret",
            flag: "--client-secret-file",
            file: arguments.client_secret_file.as_deref(),
            variable: SECRET_VARIABLE,
        })?)
    } else {
        known
    };
    let scopes = match (&arguments.scopes, same) {
        (scopes, Some(same)) if scopes.is_empty() => same.scopes.clone(),
        (scopes, None) if scopes.is_empty() => vec!["read".to_owned()],
        (scopes, _) => scopes.clone(),
    };
    if scopes
        .iter()
        .any(|scope| scope.trim().is_empty() || scope.contains(char::is_whitespace))
    {
        return Err(Failure::usage(
            "--scope: a scope has no blanks; write several as --scope read,write",
        ));
    }
    Ok(LoginEntry {
        is_client_credentials,
        client_id,
        client_secret,
        scopes,
    })
}
