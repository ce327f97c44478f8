//! What `login` kept, as a record.

use serde::Serialize;

use super::target::Target;
use crate::config::CredentialKind;
use crate::config::write::Area;
use crate::failure::Failure;
use crate::output::{Format, OutputFlags, Shape};

const SHAPE: Shape = Shape(&[
    "profile",
    "url",
    "area",
    "kind",
    "user",
    "scopes",
    "valid_until",
]);

/// Credentials that a profile has now. No secret is in it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Kept {
    pub(super) profile: String,
    pub(super) url: String,
    pub(super) area: &'static str,
    pub(super) kind: &'static str,
    pub(super) user: Option<String>,
    pub(super) scopes: Option<Vec<String>>,
    pub(super) valid_until: Option<String>,
    pub(super) refresh_valid_until: Option<String>,
    /// Whether Zendesk took them.
    #[serde(rename = "checked")]
    pub(super) is_checked: bool,
}

impl Kept {
    pub(super) fn new(target: &Target, area: Area, kind: CredentialKind) -> Self {
        Self {
            profile: target.profile.clone(),
            url: target.url.clone(),
            area: area.name(),
            kind: kind.name(),
            ..Self::default()
        }
    }

    /// Prints it for scripts. A person was told.
    pub(super) fn print(&self, output: &OutputFlags) -> Result<(), Failure> {
        if output.format == Format::Table && output.columns.is_empty() {
            return Ok(());
        }
        output.item(self, SHAPE)
    }
}
