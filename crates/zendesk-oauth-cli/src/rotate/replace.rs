//! A new secret: asked for once, and put in its place.

use std::process::ExitCode;

use zendesk_oauth::{Error, Secret};

use super::decide::{Failed, Outcome, failed, outcome};
use super::deliver::deliver;
use super::finish::{finish, interrupted};
use super::journal::{Journal, Place, Step};
use super::rotating::{Desk, Rotating};
use super::{profiles, words};
use crate::change::{Sink, confirm};
use crate::failure::Failure;
use crate::interrupt::to_its_end;

/// Asks the person, then does all of it. `earlier` is what the journal had.
pub(super) async fn replace(
    mut desk: Desk<'_>,
    place: Place,
    sink: Sink,
    earlier: Option<&Journal>,
) -> Result<ExitCode, Failure> {
    let told = profiles::find(desk.account, desk.flags, &desk.client)?;
    profiles::prepare(&told)?;
    if !desk.flags.change.yes {
        let plan = desk.plan(&place, &told).await;
        confirm(
            desk.flags.change,
            &words::question(&plan),
            &desk.client.identifier,
        )?;
    }
    let now = desk.look().await?;
    let mut rotating = Rotating::begin(desk, place, told, now, earlier)?;
    let (given, signal) = to_its_end(ask_and_deliver(&mut rotating, &sink)).await;
    let secret = given?;
    if let Some(signal) = signal {
        return Ok(interrupted(&mut rotating, &secret, signal));
    }
    finish(rotating, &secret).await
}

/// From here to the end of it, the secret may be nowhere but in this process.
async fn ask_and_deliver(rotating: &mut Rotating<'_>, sink: &Sink) -> Result<Secret, Failure> {
    rotating.journal.rotation.asked_at = Some(rotating.journal.rotation.begun_at.clone());
    rotating.step(Step::Asked)?;
    let clients = rotating.desk.account.zendesk().oauth_clients();
    let secret = match clients.generate_secret(rotating.desk.client.id).await {
        Ok(secret) => secret,
        Err(error) => return Err(explain(rotating, error).await),
    };
    deliver(rotating, sink, &secret).await?;
    Ok(secret)
}

/// Finds out what a request without a secret in its answer came to, and journals it.
async fn explain(rotating: &mut Rotating<'_>, error: Error) -> Failure {
    let identifier = rotating.desk.identifier();
    let failed = failed(&error);
    let failure = Failure::from(error);
    let why = failure.to_string();
    let compared = match failed {
        Failed::Unchanged | Failed::Lost => None,
        Failed::Answered | Failed::Unanswered => match rotating.desk.look().await {
            Ok(_) => Some(rotating.journal.rotation.before.compare(rotating.shown())),
            Err(_) => {
                return failure.during(format!(
                    "whether {identifier} has a new secret is not known, since no answer came; run `zendesk-oauth rotate \
                     --resume {identifier}` when Zendesk can be reached"
                ));
            }
        },
    };
    let compared = compared.unwrap_or(super::fingerprint::Comparison::Unclear);
    match outcome(failed, compared) {
        Outcome::NotHappened => {
            rotating.note(Step::NotHappened { why });
            failure.during(format!(
                "{identifier} has no new secret, and the old one works as before"
            ))
        }
        Outcome::Open => failure.during(format!(
            "no answer came, and Zendesk still shows the old secret of {identifier}; look again with `zendesk-oauth rotate \
             --resume {identifier}`"
        )),
        Outcome::Lost => {
            rotating.note(Step::Lost { why });
            failure.during(format!(
                "the secret of {identifier} was replaced and the answer with the new one was lost: nobody has it, and the old \
                 one is dead; run `zendesk-oauth rotate {identifier}` for another one now"
            ))
        }
        Outcome::Unclear => failure.during(format!(
            "whether {identifier} has a new secret cannot be seen; if the old one is refused, run `zendesk-oauth rotate {identifier}` \
             for another one"
        )),
    }
}
