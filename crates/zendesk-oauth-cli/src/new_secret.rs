//! A secret that Zendesk has just made and will not show again: on its way to its sink nothing is lost in silence.

use serde::Serialize;
use zendesk_oauth::{Error, Secret};

use crate::change::{Delivered, Sink, SinkFlags, rescue};
use crate::failure::Failure;
use crate::interrupt::{last_words, to_its_end};
use crate::output::{OutputFlags, Shape};

/// A secret that was made.
pub(crate) struct NewSecret<'a> {
    /// Its name: `client_secret`.
    pub(crate) name: &'a str,
    /// The secret.
    pub(crate) secret: &'a Secret,
    /// What there is on the server now, and what to do if nobody gets the secret.
    pub(crate) if_lost: &'a str,
}

/// Has a secret made and brought to its place: the request, and all that is done with its answer. A signal does not break it
/// off, or the secret would be lost. A second one does, and says what there may be on the server then.
pub(crate) async fn made<T>(
    if_unanswered: &str,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let work = async {
        last_words(if_unanswered);
        work.await
    };
    // What comes well to its end after a signal exits with the signal's code.
    to_its_end(work).await.0
}

impl NewSecret<'_> {
    /// Puts it where it goes, and prints the record that it is in.
    pub(crate) async fn hand_over<T: Serialize>(
        &self,
        sink: &Sink,
        record: &T,
        shape: Shape,
        output: &OutputFlags,
    ) -> Result<(), Failure> {
        let delivered = self.deliver(sink).await?;
        let printed = output.item(record, shape);
        if delivered == Delivered::WithRecord {
            // A pipe that was closed is silent elsewhere. Here it has swallowed the secret.
            return printed.map_err(|failure| self.unread(&failure));
        }
        printed
    }

    /// Puts it where it goes, if that is not the record.
    pub(crate) async fn deliver(&self, sink: &Sink) -> Result<Delivered, Failure> {
        last_words(self.if_lost);
        let delivered = sink.deliver(self.name, self.secret).await;
        delivered.map_err(|failure| failure.during(self.if_lost))
    }

    /// Keeps it, since the record that it was in could not be printed.
    pub(crate) fn unread(&self, why: &Failure) -> Failure {
        let kept = rescue(self.name, self.secret);
        Failure::failed(format!(
            "the new {} could not be printed ({why}), so {kept}",
            self.name
        ))
        .during(self.if_lost)
    }
}

/// Whether the person named a place for the secret.
pub(crate) fn has_place(sink: &SinkFlags) -> bool {
    sink.secret_file.is_some() || sink.env_file.is_some() || sink.secret_command.is_some()
}

/// Refuses --columns that leave out what --reveal is to show, and what Zendesk shows once.
pub(crate) fn check_columns(
    sink: &SinkFlags,
    output: &OutputFlags,
    members: &[&str],
) -> Result<(), Failure> {
    if !output.reveal || has_place(sink) || output.columns.is_empty() {
        return Ok(());
    }
    let is_shown = |member: &&&str| output.columns.iter().any(|column| column == **member);
    match members.iter().find(|member| !is_shown(member)) {
        Some(member) => Err(Failure::usage(format!(
            "--columns leaves out `{member}`, which is shown once, so nothing was sent: add it, or say where it goes \
             with --secret-file FILE"
        ))),
        None => Ok(()),
    }
}

/// The failure of a call that makes a secret. If the call may have been carried out although no answer came, it says where
/// to look before it is made again.
pub(crate) fn failed(error: Error, look: &str) -> Failure {
    let is_uncertain = !error.is_not_sent() && (error.is_transport() || error.is_decode());
    let failure = Failure::from(error);
    if is_uncertain {
        failure.during(look)
    } else {
        failure
    }
}
