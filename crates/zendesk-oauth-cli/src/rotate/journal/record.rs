//! The journal of one client: its last rotation, and how far that came.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Place;
use crate::rotate::fingerprint::Fingerprint;

/// The form of the file. Another number is of another version of this program.
pub(super) const VERSION: u32 = 1;

/// What is kept of one client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::rotate) struct Journal {
    pub(super) version: u32,
    /// The account's address.
    pub(in crate::rotate) account: String,
    pub(in crate::rotate) client: ClientFacts,
    /// When a rotation last came to its end.
    pub(in crate::rotate) last_rotated_at: Option<String>,
    pub(in crate::rotate) rotation: Rotation,
}

/// Which client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::rotate) struct ClientFacts {
    pub(in crate::rotate) id: i64,
    pub(in crate::rotate) identifier: String,
    pub(in crate::rotate) name: String,
}

/// One rotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::rotate) struct Rotation {
    pub(in crate::rotate) begun_at: String,
    /// When the request was sent, by the account's clock.
    pub(in crate::rotate) asked_at: Option<String>,
    /// What Zendesk showed of the secret before.
    pub(in crate::rotate) before: Fingerprint,
    /// Where the new secret goes.
    pub(in crate::rotate) place: Place,
    /// The profiles of the settings file that get it too.
    #[serde(default)]
    pub(in crate::rotate) profiles: Vec<String>,
    #[serde(flatten)]
    pub(in crate::rotate) step: Step,
}

/// How far a rotation came. Each is written and synced before what comes after it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(in crate::rotate) enum Step {
    /// The person agreed. Nothing was sent.
    Begun,
    /// It ended without any change at Zendesk.
    NotHappened { why: String },
    /// The request is about to be sent, or was.
    Asked,
    /// The secret was replaced, and nobody has the new one.
    Lost { why: String },
    /// The place did not take the new secret. It is in this file meanwhile.
    Kept { file: PathBuf, why: String },
    /// The place has it, synced.
    Delivered,
    /// Whether it works was found out, as far as it can be.
    Verified { verification: Verification },
    /// All is done.
    Done { verification: Verification },
}

impl Step {
    /// Its name in the file and in `rotate status`.
    pub(in crate::rotate) fn name(&self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::NotHappened { .. } => "not_happened",
            Self::Asked => "asked",
            Self::Lost { .. } => "lost",
            Self::Kept { .. } => "kept",
            Self::Delivered => "delivered",
            Self::Verified { .. } => "verified",
            Self::Done { .. } => "done",
        }
    }
}

/// Whether the new secret is known to work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verified", rename_all = "snake_case")]
pub(in crate::rotate) enum Verification {
    /// A token was made with it.
    Yes,
    /// That cannot be said.
    No { why: String },
}

impl Journal {
    /// A rotation that begins now. What is kept of those before stays.
    pub(in crate::rotate) fn begin(
        account: &str,
        client: ClientFacts,
        rotation: Rotation,
        earlier: Option<&Self>,
    ) -> Self {
        Self {
            version: VERSION,
            account: account.to_owned(),
            client,
            last_rotated_at: earlier.and_then(|it| it.last_rotated_at.clone()),
            rotation,
        }
    }
}
