//! A new secret on its way to its place. It exists nowhere else: it is never dropped before it is kept.

use zendesk_oauth::Secret;

use super::journal::{Place, Step};
use super::profiles;
use super::read_back::{Held, read_back};
use super::rotating::Rotating;
use crate::change::Sink;
use crate::failure::Failure;
use crate::files;

/// Puts the secret in its place and in the profiles that need it; if that fails, in the emergency file.
pub(super) async fn deliver(
    rotating: &mut Rotating<'_>,
    sink: &Sink,
    secret: &Secret,
) -> Result<(), Failure> {
    let place = rotating.journal.rotation.place.clone();
    // What is to be printed is printed with the record, when all else is known.
    if place != Place::Printed
        && let Err(failure) = put(&place, sink, secret).await
    {
        return Err(keep(rotating, secret, &failure));
    }
    tell_profiles(rotating, secret)?;
    if place != Place::Printed {
        rotating.note(Step::Delivered);
        rotating.forget_kept();
    }
    Ok(())
}

/// Puts it there, and looks whether it is there.
async fn put(place: &Place, sink: &Sink, secret: &Secret) -> Result<(), Failure> {
    sink.keep(secret).await.map_err(|error| {
        Failure::failed(format!("{place} did not take the secret")).because(error)
    })?;
    match read_back(place)? {
        Held::Unreadable => Ok(()),
        Held::Secret(there) if there.expose() == secret.expose() => Ok(()),
        Held::Secret(_) | Held::Nothing => Err(Failure::failed(format!(
            "{place} has another text than was written there"
        ))),
    }
}

/// Writes it to the profiles that log in with it; if that fails, to the emergency file too.
pub(super) fn tell_profiles(rotating: &mut Rotating<'_>, secret: &Secret) -> Result<(), Failure> {
    profiles::tell(rotating, secret).map_err(|failure| {
        let failure = match profiles::in_words(&rotating.journal.rotation.profiles) {
            words if words.is_empty() => failure,
            words => failure.during(format!("{words}, did not take the secret")),
        };
        keep(rotating, secret, &failure)
    })
}

/// Keeps a secret that did not get to all its places.
pub(super) fn keep(rotating: &mut Rotating<'_>, secret: &Secret, failure: &Failure) -> Failure {
    let identifier = rotating.desk.identifier();
    let file = rotating.desk.file.emergency_file();
    let shown = file.display().to_string();
    let why = failure.to_string();
    match files::replace(&file, format!("{}\n", secret.expose()).as_bytes()) {
        Ok(()) => {
            let step = Step::Kept {
                file,
                why: why.clone(),
            };
            rotating.note(step);
            Failure::failed(format!(
                "{identifier} has a new secret, which did not get to its place; it is kept in {shown}, which only you can \
                 read: run `zendesk-oauth rotate --resume {identifier}` to put it in its place or in another one: {why}"
            ))
        }
        Err(error) => {
            rotating.note(Step::Lost {
                why: format!("{why}; the emergency file could not be written either"),
            });
            Failure::failed(format!(
                "{identifier} has a new secret that is lost, as neither its place took it nor {shown} ({error}): the old one is \
                 dead; mend the place, and run `zendesk-oauth rotate {identifier}` for another one: {why}"
            ))
        }
    }
}
