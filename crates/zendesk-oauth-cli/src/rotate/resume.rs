//! A rotation that an earlier command began.

use std::process::ExitCode;

use zendesk_oauth::Secret;

use super::decide::{Next, next};
use super::deliver::{deliver, tell_profiles};
use super::fingerprint::{self, Comparison};
use super::finish::{end, finish};
use super::journal::{Journal, Place, Step, Verification};
use super::profiles;
use super::read_back::{Held, read_back};
use super::replace::replace;
use super::rotating::{Desk, Rotating};
use super::verify::{Found, verify};
use crate::failure::{Failure, Kind};

/// Goes on where the journal ends.
pub(super) async fn go_on(desk: Desk<'_>, journal: Option<Journal>) -> Result<ExitCode, Failure> {
    let Some(journal) = journal else {
        return begin(desk, None).await;
    };
    let next = next(Some(&journal.rotation.step), desk.flags.resume);
    if next == Next::Begin {
        return begin(desk, Some(&journal)).await;
    }
    let begun = &journal.rotation.begun_at;
    desk.talk.say(format_args!(
        "the rotation of {} that began at {begun} did not end: {}",
        desk.identifier(),
        super::status::told(&journal.rotation)
    ));
    let rotating = Rotating {
        desk,
        journal,
        resumed: true,
    };
    match next {
        Next::Begin | Next::Compare => compare(rotating).await,
        Next::Replace => again(rotating).await,
        Next::Deliver => deliver_kept(rotating).await,
        Next::Verify => try_delivered(rotating).await,
    }
}

/// Nothing is open.
async fn begin(desk: Desk<'_>, journal: Option<&Journal>) -> Result<ExitCode, Failure> {
    let step = journal.map(|it| &it.rotation.step);
    if desk.flags.resume && !matches!(step, Some(Step::Begun | Step::NotHappened { .. })) {
        return Err(Failure::new(
            Kind::NotFound,
            format!(
                "no rotation of {} is open, so there is nothing to go on with; without --resume, one begins",
                desk.identifier()
            ),
        ));
    }
    // A place that never got a secret is as good as one that is named now.
    let earlier = journal.filter(|_| desk.flags.resume);
    let (place, sink) = desk.sink(earlier.map(|it| &it.rotation.place))?;
    replace(desk, place, sink, journal).await
}

/// A request was sent, and nothing is known of its answer.
async fn compare(mut rotating: Rotating<'_>) -> Result<ExitCode, Failure> {
    let compared = rotating.journal.rotation.before.compare(rotating.shown());
    if compared == Comparison::Unchanged {
        rotating
            .desk
            .talk
            .say("Zendesk shows the same secret as before: nothing happened");
        rotating.step(Step::NotHappened {
            why: "the request had no effect".to_owned(),
        })?;
        return again(rotating).await;
    }
    // Killed between the place and the journal: the secret may be there all the same.
    let emergency = rotating.desk.file.emergency_file();
    let kept = Place::File {
        path: emergency.clone(),
    };
    if is_there(&rotating, &kept).await?.is_some() {
        rotating.step(Step::Kept {
            file: emergency,
            why: "the command ended before it could say".to_owned(),
        })?;
        return deliver_kept(rotating).await;
    }
    let place = rotating.journal.rotation.place.clone();
    if let Some(secret) = is_there(&rotating, &place).await? {
        let talk = rotating.desk.talk;
        talk.say(format_args!("the new secret is in {place}"));
        tell_profiles(&mut rotating, &secret)?;
        rotating.step(Step::Delivered)?;
        return finish(rotating, &secret).await;
    }
    for secret in profiles::held(&rotating.desk)? {
        if is_in_force(&rotating, &secret).await? {
            let talk = rotating.desk.talk;
            talk.say("the new secret is in a profile of the settings file");
            return deliver_found(rotating, &secret).await;
        }
    }
    let why = match compared {
        Comparison::Changed => "the secret was replaced, and its answer was lost: nobody has it",
        _ => "whether the secret was replaced cannot be seen",
    };
    let talk = rotating.desk.talk;
    talk.say(format_args!("{why}; another one is made"));
    rotating.step(Step::Lost {
        why: why.to_owned(),
    })?;
    again(rotating).await
}

/// The secret that a place has, if it is the one that is in force.
async fn is_there(rotating: &Rotating<'_>, place: &Place) -> Result<Option<Secret>, Failure> {
    let Held::Secret(secret) = read_back(place)? else {
        return Ok(None);
    };
    let is_in_force = is_in_force(rotating, &secret).await?;
    Ok(is_in_force.then_some(secret))
}

async fn is_in_force(rotating: &Rotating<'_>, secret: &Secret) -> Result<bool, Failure> {
    match fingerprint::fits(rotating.shown(), secret) {
        Some(fits) => Ok(fits),
        None => {
            let desk = &rotating.desk;
            let scope = &desk.flags.verify_scope;
            match verify(desk.account, &rotating.journal.client, secret, scope).await {
                Found::Verified(Verification::Yes) => Ok(true),
                Found::Verified(Verification::No { .. }) | Found::Wrong(_) => Ok(false),
                Found::Nothing(failure) => Err(failure),
            }
        }
    }
}

/// From the beginning, in the place that is named now or that the journal has.
async fn again(rotating: Rotating<'_>) -> Result<ExitCode, Failure> {
    let Rotating { desk, journal, .. } = rotating;
    let (place, sink) = desk.sink(Some(&journal.rotation.place))?;
    replace(desk, place, sink, Some(&journal)).await
}

/// The secret is in the emergency file.
async fn deliver_kept(mut rotating: Rotating<'_>) -> Result<ExitCode, Failure> {
    let emergency = rotating.desk.file.emergency_file();
    let kept = Place::File {
        path: emergency.clone(),
    };
    let Held::Secret(secret) = read_back(&kept)? else {
        let why = format!("{} is gone", emergency.display());
        let talk = rotating.desk.talk;
        talk.say(format_args!(
            "{why}: the secret is lost; another one is made"
        ));
        rotating.step(Step::Lost { why })?;
        return again(rotating).await;
    };
    if fingerprint::fits(rotating.shown(), &secret) == Some(false) {
        let why = format!(
            "the secret in {} is not in force any more: somebody else has replaced it",
            emergency.display()
        );
        rotating.step(Step::Lost { why: why.clone() })?;
        let identifier = rotating.desk.identifier();
        return Err(Failure::failed(format!(
            "{why}, and where the new one is is not known here; run `zendesk-oauth rotate {identifier}` for another one"
        )));
    }
    deliver_found(rotating, &secret).await
}

/// A secret that is in force, and not yet in its place.
async fn deliver_found(mut rotating: Rotating<'_>, secret: &Secret) -> Result<ExitCode, Failure> {
    let (place, sink) = rotating.desk.sink(Some(&rotating.journal.rotation.place))?;
    rotating.journal.rotation.place = place;
    // Broken off, it is still where it was found.
    deliver(&mut rotating, &sink, secret).await?;
    finish(rotating, secret).await
}

/// The secret is in its place.
async fn try_delivered(mut rotating: Rotating<'_>) -> Result<ExitCode, Failure> {
    let place = rotating.journal.rotation.place.clone();
    let other = rotating.desk.named_place()?.filter(|it| *it != place);
    let ended = match read_back(&place)? {
        Held::Secret(secret) => {
            if fingerprint::fits(rotating.shown(), &secret) != Some(false) {
                tell_profiles(&mut rotating, &secret)?;
            }
            finish(rotating, &secret).await?
        }
        Held::Unreadable => {
            let why = format!("{place} does not give it back");
            end(rotating, Verification::No { why }, None)?
        }
        Held::Nothing => {
            let why = format!("{place} does not have the secret any more");
            let talk = rotating.desk.talk;
            talk.say(format_args!("{why}; another one is made"));
            rotating.step(Step::Lost { why })?;
            return again(rotating).await;
        }
    };
    match other {
        Some(other) => Err(Failure::failed(format!(
            "the rotation that was open has ended, and its secret is in {place}; {other} has nothing: give the command again for a new secret there"
        ))),
        None => Ok(ended),
    }
}
