//! The way, step by step. What changes comes after everything that can be known without a change.

use std::process::ExitCode;

use zendesk_oauth::Secret;

use super::check::{self, Check};
use super::client::{self, ClientRecord};
use super::compare::{self, Compared, Got};
use super::old_way::OldWay;
use super::profile::{Login, Target};
use super::record::Record;
use super::talk::Talk;
use super::{Arguments, left, plan, scopes, try_out};
use crate::account::Account;
use crate::calendar::distance;
use crate::change::{SecretInput, Sink, SinkFlags, read_secret};
use crate::failure::{Failure, Kind};
use crate::interrupt::to_its_end;
use crate::output::{Format, OutputFlags, Shape};

const CHECKS: Shape = Shape(&["outcome", "before", "after", "call", "says"]);
const STEPS: Shape = Shape(&["step", "what", "request", "body"]);
const RECORD: Shape = Shape(&["account", "client", "profile"]);

/// What a person wants, checked.
struct Wanted {
    scopes: Vec<String>,
    checks: Vec<Check>,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let wanted = Wanted {
        scopes: scopes::checked(&arguments.scopes)?,
        checks: check::read(&arguments.checks, arguments.checks_file.as_deref())?,
    };
    let account = Account::open_with_api_token(&arguments.account).await?;
    let ended = migrated(&arguments, &wanted, &account).await;
    account.close().await?;
    ended
}

async fn migrated(
    arguments: &Arguments,
    wanted: &Wanted,
    account: &Account,
) -> Result<ExitCode, Failure> {
    let Arguments { output, .. } = arguments;
    let talk = Talk::of(output);
    let target = Target::find(
        arguments.save_as.as_deref(),
        account.url(),
        arguments.replace,
        arguments.make_current,
        arguments.account.sandbox,
    )?;
    let old = OldWay::look(account).await?;
    let mut record = Record {
        account: account.url().to_owned(),
        as_of: old.now.map(|now| now.to_string()),
        dry_run: arguments.dry_run,
        old: old.record,
        client: None,
        new: None,
        checks: Vec::new(),
        profile: None,
        steps: Vec::new(),
        warnings: warnings(wanted),
        left: Vec::new(),
    };
    say_old(talk, &record);
    let there = match (&arguments.client, &arguments.identifier) {
        (Some(key), _) => Some(known_client(account, key).await?),
        (None, Some(identifier)) => {
            let key = client::Key::Identifier(identifier);
            match client::find(account.zendesk(), key).await? {
                Some(client) => return Err(client::is_there(&client)),
                None => None,
            }
        }
        (None, None) => return Err(Failure::usage("--identifier or --client is missing")),
    };
    let mut before = Vec::new();
    for check in &wanted.checks {
        before.push(compare::got(&old.transport, check).await);
    }
    if arguments.dry_run {
        let (calls, scopes) = (wanted.checks.len(), &wanted.scopes);
        record.steps = plan::steps(arguments, there.as_ref(), scopes, calls, &target);
        record.checks = pairs(wanted, &before)
            .map(|(check, before)| compare::planned(check, before))
            .collect();
        record.client = there;
        print(output, &record)?;
        return Ok(ExitCode::SUCCESS);
    }
    // A person may be asked for it, and is not held.
    let known = match there {
        Some(client) => Some((client, secret_of_client(arguments)?)),
        None => None,
    };
    let run = Run {
        arguments,
        wanted,
        account,
        talk,
        target: &target,
    };
    // From the request on, the secret of a new client may be nowhere but in this process until the profile is written.
    let (ended, signal) = to_its_end(changed(&run, known, &before, record)).await;
    ended.map(|()| signal.map_or(ExitCode::SUCCESS, ExitCode::from))
}

/// What changes something needs.
struct Run<'a> {
    arguments: &'a Arguments,
    wanted: &'a Wanted,
    account: &'a Account,
    talk: Talk,
    target: &'a Target,
}

/// From the client to the profile.
async fn changed(
    run: &Run<'_>,
    known: Option<(ClientRecord, Secret)>,
    before: &[Got],
    mut record: Record,
) -> Result<(), Failure> {
    let Run {
        arguments,
        wanted,
        account,
        talk,
        target,
    } = *run;
    let output = &arguments.output;
    let (client, secret) = match known {
        Some(known) => known,
        None => made(arguments, account, talk).await?,
    };
    record.client = Some(client.clone());
    let left_over = |failure: Failure| failure.during(client.what_is_left());
    let scopes = &wanted.scopes;
    let tried = try_out::mint(account, &client, &secret, scopes, &record.old.user).await;
    let tried = tried.map_err(left_over)?;
    for scope in &tried.not_granted {
        let text = format!("the scope {scope} was asked for, and was not granted");
        warn(talk, &mut record, text);
    }
    if tried.record.acts_as_same_user == Some(false) {
        let text = "the new token acts as the user who owns the OAuth client, who is not the API token's user".to_owned();
        warn(talk, &mut record, text);
    }
    record.new = Some(tried.record);
    for (check, before) in pairs(wanted, before) {
        let after = compare::got(&tried.transport, check).await;
        record.checks.push(compare::compared(check, before, &after));
    }
    let unproven = record.checks.iter().filter(|it| !it.is_proven()).count();
    if unproven == 0 {
        let login = Login {
            client_id: &client.identifier,
            client_secret: &secret,
            scopes,
        };
        let written = target.write(&login).map_err(left_over)?;
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        record.left = left::to_do(account.settings(), &written, is_set);
        record.profile = Some(written);
    }
    print(output, &record)?;
    say_new(talk, &record);
    if unproven > 0 {
        return Err(Failure::failed(format!(
            "{unproven} of {} calls are not proven to get with the new token what they get with the API token; {}",
            record.checks.len(),
            client.what_is_left()
        )));
    }
    Ok(())
}

async fn known_client(account: &Account, key: &str) -> Result<ClientRecord, Failure> {
    let found = client::find(account.zendesk(), client::Key::of(key)).await?;
    found.ok_or_else(|| {
        Failure::new(
            Kind::NotFound,
            format!("--client: there is no OAuth client {key:?}; `zendesk-oauth clients list` shows them"),
        )
    })
}

fn secret_of_client(arguments: &Arguments) -> Result<Secret, Failure> {
    read_secret(&SecretInput {
        what: "the client secret",
        flag: "--client-secret-file",
        file: arguments.client_secret_file.as_deref(),
        variable: "ZENDESK_CLIENT_SECRET",
    })
}

/// Makes the client, and brings its secret where it was asked for at once: whatever fails then, it is not lost.
async fn made(
    arguments: &Arguments,
    account: &Account,
    talk: Talk,
) -> Result<(ClientRecord, Secret), Failure> {
    let sink = sink(&arguments.sink, &arguments.output)?;
    let identifier = arguments.identifier.as_deref().unwrap_or_default();
    let name = arguments.name.as_deref().unwrap_or(identifier);
    let (client, secret) = client::create(account.zendesk(), identifier, name).await?;
    talk.say(format_args!(
        "made the OAuth client {} ({})",
        client.id, client.identifier
    ));
    if let Some(sink) = sink {
        let delivered = sink.deliver("client_secret", &secret).await;
        delivered.map_err(|failure| failure.during(client.what_is_left()))?;
    }
    Ok((client, secret))
}

/// The profile is a place for the secret; another one is used only if it is named.
fn sink(flags: &SinkFlags, output: &OutputFlags) -> Result<Option<Sink>, Failure> {
    let is_named =
        flags.secret_file.is_some() || flags.env_file.is_some() || flags.secret_command.is_some();
    if !is_named {
        return Ok(None);
    }
    flags.prepare(output).map(Some)
}

fn pairs<'a>(wanted: &'a Wanted, before: &'a [Got]) -> impl Iterator<Item = (&'a Check, &'a Got)> {
    wanted.checks.iter().zip(before)
}

fn warnings(wanted: &Wanted) -> Vec<String> {
    let mut warnings = Vec::new();
    for scope in scopes::wide(&wanted.scopes) {
        warnings.push(format!(
            "the scope {scope} allows much: narrower ones such as tickets:write may do"
        ));
    }
    if wanted.checks.is_empty() {
        warnings.push(
            "no call was named with --check: only that the new token works is proven".to_owned(),
        );
    }
    warnings
}

fn warn(talk: Talk, record: &mut Record, text: String) {
    talk.say(format_args!("warning: {text}"));
    record.warnings.push(text);
}

fn say_old(talk: Talk, record: &Record) {
    let old = &record.old;
    let days = old.days_left.map(distance).unwrap_or_default();
    talk.say(format_args!(
        "{}: an API token of {}; it stops on {}, {days}",
        record.account,
        old.user.shown(),
        old.stops_on,
    ));
    for warning in &record.warnings {
        talk.say(format_args!("warning: {warning}"));
    }
}

fn say_new(talk: Talk, record: &Record) {
    if let Some(new) = &record.new {
        let who = match (&new.user, new.user_id) {
            (Some(user), _) => user.shown(),
            (None, Some(id)) => format!("the user {id}"),
            (None, None) => "the client's owner".to_owned(),
        };
        let scopes = crate::text::printable(&new.scopes.join(" "));
        talk.say(format_args!("the new token acts as {who}, scopes {scopes}"));
    }
    if let Some(profile) = &record.profile {
        talk.say(format_args!(
            "wrote the profile {} to {}",
            profile.name, profile.file
        ));
    }
    for text in &record.left {
        talk.say(format_args!("- {text}"));
    }
}

fn print(output: &OutputFlags, record: &Record) -> Result<(), Failure> {
    if output.format != Format::Table {
        return output.item(record, RECORD);
    }
    if !record.steps.is_empty() {
        let mut rows = output.rows(STEPS);
        record.steps.iter().try_for_each(|step| rows.push(step))?;
        rows.finish()?;
    }
    let checks: &[Compared] = &record.checks;
    if !checks.is_empty() {
        let mut rows = output.rows(CHECKS);
        checks.iter().try_for_each(|check| rows.push(check))?;
        rows.finish()?;
    }
    Ok(())
}
