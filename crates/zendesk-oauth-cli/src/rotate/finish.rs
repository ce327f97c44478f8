//! From a secret that is in its place to the end.

use std::process::ExitCode;

use zendesk_oauth::Secret;

use super::deliver::keep;
use super::fingerprint;
use super::journal::{Place, Step, Verification};
use super::rotating::Rotating;
use super::verify::{Found, verify};
use super::{profiles, report, words};
use crate::failure::Failure;
use crate::interrupt::{Signal, to_its_end};
use crate::output::{complain, talk};

/// Tries the secret, and ends the rotation.
pub(super) async fn finish(
    mut rotating: Rotating<'_>,
    secret: &Secret,
) -> Result<ExitCode, Failure> {
    let is_replaced = || fingerprint::fits(rotating.shown(), secret) == Some(false);
    let found = if rotating.resumed && is_replaced() {
        Found::Wrong("Zendesk shows the beginning of another secret".to_owned())
    } else if rotating.desk.flags.no_verify {
        let why = "--no-verify".to_owned();
        Found::Verified(Verification::No { why })
    } else {
        let scope = &rotating.desk.flags.verify_scope;
        let trying = verify(
            rotating.desk.account,
            &rotating.journal.client,
            secret,
            scope,
        );
        if rotating.journal.rotation.place == Place::Printed {
            // Nobody else has it.
            let (found, signal) = to_its_end(trying).await;
            if let Some(signal) = signal {
                return Ok(interrupted(&mut rotating, secret, signal));
            }
            found
        } else {
            trying.await
        }
    };
    let identifier = rotating.desk.identifier();
    let place = rotating.journal.rotation.place.clone();
    match found {
        Found::Verified(verification) => end(rotating, verification, Some(secret)),
        Found::Wrong(why) => {
            print_anyway(&mut rotating, secret, &why)?;
            rotating.note(Step::Lost {
                why: format!("Zendesk refused the secret in {place}: {why}"),
            });
            Err(Failure::failed(format!(
                "Zendesk refuses the secret of {identifier} that is in {place} ({why}): somebody else may have replaced it; \
                 run `zendesk-oauth rotate {identifier}` for another one"
            )))
        }
        Found::Nothing(failure) => {
            print_anyway(&mut rotating, secret, &failure.to_string())?;
            Err(failure.during(format!(
                "{identifier} has a new secret, and it is in {place}, but whether it works could not be found out; run \
                 `zendesk-oauth rotate --resume {identifier}` to try again"
            )))
        }
    }
}

/// Says that all is done. The secret is given if it is to be printed.
pub(super) fn end(
    mut rotating: Rotating<'_>,
    verification: Verification,
    secret: Option<&Secret>,
) -> Result<ExitCode, Failure> {
    rotating.journal.last_rotated_at = rotating.journal.rotation.asked_at.clone();
    match secret.filter(|_| rotating.journal.rotation.place == Place::Printed) {
        Some(secret) => print_secret(&mut rotating, secret, &verification)?,
        None => {
            rotating.note(Step::Verified {
                verification: verification.clone(),
            });
            let printed = print(&rotating, &verification, None);
            if let Err(failure) = printed {
                // Nobody wants to know, and all is done.
                if failure.is_closed_pipe() {
                    rotating.note(Step::Done { verification });
                }
                return Err(failure);
            }
        }
    }
    if let Verification::No { why } = &verification {
        talk(format_args!("The new secret is not verified: {why}."));
    }
    let profiles = profiles::in_words(&rotating.journal.rotation.profiles);
    if !profiles.is_empty() {
        talk(format_args!("The new secret is in {profiles}, too."));
    }
    talk(words::left_to_do(
        &rotating.journal.client.identifier,
        rotating.journal.client.id,
        &rotating.journal.rotation.place,
    ));
    rotating.note(Step::Done { verification });
    Ok(ExitCode::SUCCESS)
}

/// Says that a signal came while the secret was on its way.
pub(super) fn interrupted(
    rotating: &mut Rotating<'_>,
    secret: &Secret,
    signal: Signal,
) -> ExitCode {
    if let Err(failure) = print_anyway(rotating, secret, "interrupted") {
        complain(failure);
        return signal.into();
    }
    let identifier = rotating.desk.identifier();
    complain(format_args!(
        "interrupted: {identifier} has a new secret, which is in {} and was not tried; run `zendesk-oauth rotate --resume \
         {identifier}` to go on",
        rotating.journal.rotation.place
    ));
    signal.into()
}

/// A secret that is to be printed is printed even if all else fails: nobody else has it.
fn print_anyway(rotating: &mut Rotating<'_>, secret: &Secret, why: &str) -> Result<(), Failure> {
    if rotating.journal.rotation.place != Place::Printed {
        return Ok(());
    }
    let verification = Verification::No {
        why: why.to_owned(),
    };
    print_secret(rotating, secret, &verification)
}

/// Prints the record with the secret. If nobody takes it, it goes to the emergency file.
fn print_secret(
    rotating: &mut Rotating<'_>,
    secret: &Secret,
    verification: &Verification,
) -> Result<(), Failure> {
    match print(rotating, verification, Some(secret)) {
        Ok(()) => {
            rotating.note(Step::Delivered);
            rotating.forget_kept();
            Ok(())
        }
        Err(failure) => Err(keep(rotating, secret, &failure)),
    }
}

fn print(
    rotating: &Rotating<'_>,
    verification: &Verification,
    secret: Option<&Secret>,
) -> Result<(), Failure> {
    let output = &rotating.desk.flags.output;
    let is_resumed = rotating.resumed;
    report::print(output, &rotating.journal, verification, is_resumed, secret)
}
