//! The secret that a place has.

use std::io;
use std::path::Path;

use zendesk_oauth::Secret;

use super::journal::Place;
use crate::change::env_file_value;
use crate::failure::Failure;

/// What a place has.
pub(super) enum Held {
    Secret(Secret),
    /// The place can be read, and has none.
    Nothing,
    /// The place does not give it back.
    Unreadable,
}

/// Looks into a place.
pub(super) fn read_back(place: &Place) -> Result<Held, Failure> {
    let (path, name) = match place {
        Place::File { path } => (path, None),
        Place::EnvFile { path, name } => (path, Some(name)),
        Place::Command | Place::Printed => return Ok(Held::Unreadable),
    };
    let Some(text) = text(path)? else {
        return Ok(Held::Nothing);
    };
    let held = match name {
        None => text.trim_end_matches(['\r', '\n']).to_owned(),
        Some(name) => env_file_value(&text, name).unwrap_or_default(),
    };
    Ok(if held.is_empty() {
        Held::Nothing
    } else {
        Held::Secret(Secret::from(held))
    })
}

/// The text of a file, if it is there.
fn text(path: &Path) -> Result<Option<String>, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let path = path.display();
            let what = format!("{path}: the secret in it cannot be read back");
            Err(Failure::failed(what).because(error))
        }
    }
}
