//! `zendesk-oauth rotate status`: what the journals say. Nothing is sent.

use std::process::ExitCode;

use serde::Serialize;

use super::arguments::Status;
use super::journal::{Journal, Rotation, Shelf, Step, Verification, read};
use crate::failure::Failure;
use crate::output::{Shape, complain};

const SHAPE: Shape = Shape(&[
    "account",
    "id",
    "identifier",
    "step",
    "last_rotated_at",
    "to_do",
]);

/// A client's last rotation.
#[derive(Serialize)]
struct Row<'a> {
    account: &'a str,
    id: i64,
    identifier: &'a str,
    name: &'a str,
    step: &'static str,
    begun_at: &'a str,
    last_rotated_at: Option<&'a str>,
    secret_in: String,
    told: String,
    to_do: String,
}

/// Prints a row per journal. One that cannot be read is told, and makes the command fail.
pub(super) fn run(arguments: &Status) -> Result<ExitCode, Failure> {
    let files = Shelf::of_user()?
        .files()
        .map_err(|error| Failure::failed("the journals cannot be listed").because(error))?;
    let mut rows = arguments.output.rows(SHAPE);
    let mut ended = ExitCode::SUCCESS;
    for file in files {
        match read(&file) {
            Ok(Some(journal)) if is_asked_for(arguments, &journal) => rows.push(&row(&journal))?,
            Ok(_) => {}
            Err(failure) => {
                complain(failure);
                ended = ExitCode::FAILURE;
            }
        }
    }
    rows.finish()?;
    Ok(ended)
}

fn is_asked_for(arguments: &Status, journal: &Journal) -> bool {
    let client = &journal.client;
    arguments
        .client
        .as_ref()
        .is_none_or(|it| *it == client.identifier || *it == client.id.to_string())
}

fn row(journal: &Journal) -> Row<'_> {
    let Journal {
        account,
        client,
        last_rotated_at,
        rotation,
        ..
    } = journal;
    Row {
        account,
        id: client.id,
        identifier: &client.identifier,
        name: &client.name,
        step: rotation.step.name(),
        begun_at: &rotation.begun_at,
        last_rotated_at: last_rotated_at.as_deref(),
        secret_in: rotation.place.to_string(),
        told: told(rotation),
        to_do: to_do(rotation, &client.identifier),
    }
}

/// What happened, as the journal knows it.
pub(super) fn told(rotation: &Rotation) -> String {
    let place = &rotation.place;
    match &rotation.step {
        Step::Begun => "nothing was sent".to_owned(),
        Step::NotHappened { why } => format!("nothing has changed: {why}"),
        Step::Asked => "a new secret was asked for, and what came of it is not known".to_owned(),
        Step::Lost { why } => format!("the old secret is dead, and the new one is lost: {why}"),
        Step::Kept { file, why } => format!("the new secret is in {}: {why}", file.display()),
        Step::Delivered => format!("the new secret is in {place}, and was not tried"),
        Step::Verified { verification } | Step::Done { verification } => match verification {
            Verification::Yes => format!("the new secret is in {place}, and works"),
            Verification::No { why } => {
                format!("the new secret is in {place}, and is not verified: {why}")
            }
        },
    }
}

fn to_do(rotation: &Rotation, identifier: &str) -> String {
    match rotation.step {
        Step::Done { .. } | Step::Begun | Step::NotHappened { .. } => String::new(),
        Step::Lost { .. } => format!("zendesk-oauth rotate {identifier}"),
        _ => format!("zendesk-oauth rotate --resume {identifier}"),
    }
}
