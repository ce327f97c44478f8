//! From the arguments to a client, its journal, and what that asks for.

use std::process::ExitCode;

use zendesk_oauth::support::OAuthClient;

use super::arguments::Flags;
use super::decide::{Next, next};
use super::journal::{JournalFile, Place, Shelf};
use super::rotating::Desk;
use super::talk::Talk;
use super::{client, profiles, report, resume, status, words};
use crate::account::Account;
use crate::change::show_request;
use crate::failure::Failure;
use crate::output::talk;

pub(super) async fn run(flags: &Flags) -> Result<ExitCode, Failure> {
    if !flags.change.dry_run {
        report::check_columns(&flags.sink, &flags.output)?;
    }
    let account = Account::open(&flags.account).await?;
    let name = flags.client.as_deref().unwrap_or_default();
    let client = client::find(&account, name).await?;
    client::has_secret(&client)?;
    let shelf = if flags.account.sandbox {
        Shelf::short_lived()?
    } else {
        Shelf::of_user()?
    };
    let ended = if flags.change.dry_run {
        show(flags, &account, &shelf, &client).await
    } else {
        let file = JournalFile::lock(&shelf, account.url(), client.id)?;
        let journal = file.read()?;
        let talk = Talk::new(flags.output.format);
        let desk = Desk {
            account: &account,
            flags,
            file,
            client,
            talk: &talk,
        };
        let ended = resume::go_on(desk, journal).await;
        ended.map_err(|failure| talk.carried(failure))
    }?;
    account.close().await?;
    Ok(ended)
}

/// What would be done. The journal is looked at without taking it.
async fn show(
    flags: &Flags,
    account: &Account,
    shelf: &Shelf,
    client: &OAuthClient,
) -> Result<ExitCode, Failure> {
    let journal = JournalFile::peek(shelf, account.url(), client.id)?;
    let open = journal.filter(|it| next(Some(&it.rotation.step), flags.resume) != Next::Begin);
    let given = Place::of(&flags.sink)?;
    let place = match &open {
        Some(journal) if given == Place::Printed => journal.rotation.place.clone(),
        _ => given,
    };
    if place == Place::Printed && !flags.output.reveal {
        return Err(super::rotating::no_place());
    }
    if let Some(flags) = place.flags() {
        // As the rotation would: it makes sure that the place can be written to.
        flags.prepare(&crate::output::OutputFlags::default())?;
    }
    if let Some(journal) = &open {
        talk(format_args!(
            "A rotation that began at {} did not end: {}. It would be gone on with first.",
            journal.rotation.begun_at,
            status::told(&journal.rotation)
        ));
    }
    let tokens = client::live_tokens(account, client.id).await;
    let told = profiles::find(account, flags, client)?;
    let plan = words::plan(client, &tokens, &place, &told);
    talk(format_args!(
        "This would replace the secret of {plan}. {}.",
        words::NO_OVERLAP
    ));
    let id = client.id;
    show_request(account, &flags.output, async |zendesk| {
        let _ = zendesk
            .oauth_clients()
            .generate_oauth_client_secret(id)
            .await;
    })
    .await?;
    Ok(ExitCode::SUCCESS)
}
