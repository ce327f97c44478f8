//! A rotation that is under way: the account, the client, and the journal that goes with each step.

use std::io;

use zendesk_oauth::Secret;
use zendesk_oauth::support::OAuthClient;

use super::arguments::Flags;
use super::fingerprint::Fingerprint;
use super::journal::{Journal, JournalFile, Place, Rotation, Step};
use super::talk::Talk;
use super::{client, null_device, words};
use crate::account::Account;
use crate::change::Sink;
use crate::failure::Failure;
use crate::text::printable;

/// Before there is a rotation to journal, and what every step of one needs.
pub(super) struct Desk<'a> {
    pub(super) account: &'a Account,
    pub(super) flags: &'a Flags,
    pub(super) file: JournalFile,
    /// As Zendesk shows it.
    pub(super) client: OAuthClient,
    pub(super) talk: &'a Talk,
}

/// A rotation, and the journal that says how far it is.
pub(super) struct Rotating<'a> {
    pub(super) desk: Desk<'a>,
    pub(super) journal: Journal,
    /// Whether it was begun by an earlier command.
    pub(super) resumed: bool,
}

impl Desk<'_> {
    /// The identifier, fit for a terminal.
    pub(super) fn identifier(&self) -> String {
        printable(&self.client.identifier)
    }

    /// The place that the arguments name.
    pub(super) fn named_place(&self) -> Result<Option<Place>, Failure> {
        let place = Place::of(&self.flags.sink)?;
        let is_named = place != Place::Printed || self.flags.output.reveal;
        Ok(is_named.then_some(place))
    }

    /// A place that takes a secret: the one that the arguments name, else that of the rotation before, if it can be found again.
    pub(super) fn sink(&self, earlier: Option<&Place>) -> Result<(Place, Sink), Failure> {
        let output = &self.flags.output;
        if let Some(place) = self.named_place()? {
            if place == Place::Printed && null_device::is_stdout() {
                return Err(Failure::usage(
                    "--reveal: standard output is closed or the null device, where a secret that is shown once would be lost, \
                     so nothing was sent: say where it goes, with --secret-file FILE",
                ));
            }
            let sink = self.flags.sink.prepare(output)?;
            return Ok((place, sink));
        }
        if let Some(place) = earlier
            && let Some(flags) = place.flags()
        {
            return Ok((place.clone(), flags.prepare(output)?));
        }
        Err(no_place())
    }

    /// What is about to happen, for a person.
    pub(super) async fn plan(&self, place: &Place, profiles: &[String]) -> String {
        let tokens = client::live_tokens(self.account, self.client.id).await;
        words::plan(&self.client, &tokens, place, profiles)
    }

    /// Looks at the client again, and at the account's clock.
    pub(super) async fn look(&mut self) -> Result<String, Failure> {
        let clients = self.account.zendesk().oauth_clients();
        let answer = clients.show(self.client.id).with_response().await?;
        let date = answer.headers().get("date").and_then(|it| it.to_str().ok());
        let now = date.and_then(|it| jiff::fmt::rfc2822::parse(it).ok());
        let now = now.map_or_else(jiff::Timestamp::now, |it| it.timestamp());
        self.client = answer.into_inner();
        Ok(whole_seconds(now))
    }
}

impl<'a> Rotating<'a> {
    /// One that begins now. It is journalled before this ends.
    pub(super) fn begin(
        desk: Desk<'a>,
        place: Place,
        profiles: Vec<String>,
        now: String,
        earlier: Option<&Journal>,
    ) -> Result<Self, Failure> {
        let rotation = Rotation {
            begun_at: now,
            asked_at: None,
            before: Fingerprint::take(desk.client.secret.as_ref())?,
            place,
            profiles,
            step: Step::Begun,
        };
        let facts = client::facts(&desk.client);
        let journal = Journal::begin(desk.account.url(), facts, rotation, earlier);
        desk.file.write(&journal)?;
        Ok(Self {
            desk,
            journal,
            resumed: false,
        })
    }

    /// Journals a step before what comes after it is done.
    pub(super) fn step(&mut self, step: Step) -> Result<(), Failure> {
        self.journal.rotation.step = step;
        self.desk.file.write(&self.journal)
    }

    /// Journals a step after the fact. If that fails, what was done is still done.
    pub(super) fn note(&mut self, step: Step) {
        if let Err(failure) = self.step(step) {
            self.desk.talk.say(failure);
        }
    }

    /// Removes the emergency file, now that the secret is where it goes.
    pub(super) fn forget_kept(&self) {
        let file = self.desk.file.emergency_file();
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => self.desk.talk.say(format_args!(
                "{}: the emergency file with the secret could not be removed ({error}): remove it",
                file.display()
            )),
            _ => {}
        }
    }

    /// What Zendesk shows of the secret, when it was last looked at.
    pub(super) fn shown(&self) -> Option<&Secret> {
        self.desk.client.secret.as_ref()
    }
}

/// Without a place for it, no secret is made.
pub(super) fn no_place() -> Failure {
    Failure::usage(
        "a new secret is shown once, so nothing was sent: say where it goes, with --secret-file FILE, --env-file FILE \
         --env-name NAME, --secret-command COMMAND, or --reveal",
    )
}

/// As Zendesk writes times.
fn whole_seconds(now: jiff::Timestamp) -> String {
    let whole = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    whole.to_string()
}
