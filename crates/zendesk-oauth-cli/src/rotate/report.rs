//! What a rotation came to, for the person and for scripts.

use serde::Serialize;
use zendesk_oauth::Secret;

use super::journal::{Journal, Verification};
use crate::change::SinkFlags;
use crate::failure::Failure;
use crate::new_secret;
use crate::output::{Format, OutputFlags, Shape, write};
use crate::text::printable;

/// Columns of the table.
const SHAPE: Shape = Shape(&["id", "identifier", "secret_in", "verified", "rotated_at"]);

/// All members but the secret.
const MEMBERS: [&str; 10] = [
    "account",
    "id",
    "identifier",
    "name",
    "secret_in",
    "profiles",
    "verified",
    "not_verified_because",
    "rotated_at",
    "resumed",
];

/// Refuses --columns that could not be printed, or that leave out a secret that is only printed: afterwards it is too late.
pub(super) fn check_columns(sink: &SinkFlags, output: &OutputFlags) -> Result<(), Failure> {
    let is_printed = output.reveal && !new_secret::has_place(sink);
    let is_known =
        |name: &&String| MEMBERS.contains(&name.as_str()) || (is_printed && *name == "secret");
    if let Some(name) = output.columns.iter().find(|it| !is_known(it)) {
        return Err(Failure::usage(format!(
            "--columns: there is no member {}, so nothing was sent; there are {}",
            printable(name),
            MEMBERS.join(", ")
        )));
    }
    new_secret::check_columns(sink, output, &["secret"])
}

/// A rotation that has ended.
#[derive(Serialize)]
struct Record<'a> {
    account: &'a str,
    id: i64,
    identifier: &'a str,
    name: &'a str,
    /// Where the new secret is.
    secret_in: String,
    /// The profiles that have it too.
    profiles: &'a [String],
    verified: bool,
    not_verified_because: Option<&'a str>,
    rotated_at: Option<&'a str>,
    /// Whether it had been interrupted.
    resumed: bool,
    /// Only if it was to be printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a Secret>,
}

/// Prints it.
pub(super) fn print(
    output: &OutputFlags,
    journal: &Journal,
    verification: &Verification,
    resumed: bool,
    secret: Option<&Secret>,
) -> Result<(), Failure> {
    let not_verified_because = match verification {
        Verification::Yes => None,
        Verification::No { why } => Some(why.as_str()),
    };
    let record = Record {
        account: &journal.account,
        id: journal.client.id,
        identifier: &journal.client.identifier,
        name: &journal.client.name,
        secret_in: journal.rotation.place.to_string(),
        profiles: &journal.rotation.profiles,
        verified: not_verified_because.is_none(),
        not_verified_because,
        rotated_at: journal.rotation.asked_at.as_deref(),
        resumed,
        secret,
    };
    // A table has no room for it.
    if let (Some(secret), Format::Table) = (secret, output.format) {
        write(&format!("{}\n", secret.expose()))?;
    }
    output.item(&record, SHAPE)
}
