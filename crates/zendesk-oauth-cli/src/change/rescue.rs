//! Where a secret is kept that did not get to its place: Zendesk does not show it again.

use std::path::Path;

use zendesk_oauth::Secret;

use crate::config::{Paths, make_private};
use crate::files::keep_new;

/// Keeps it in a file of the user's state, and says where, as the end of a sentence: `it is kept in FILE`.
pub(crate) fn rescue(what: &str, secret: &Secret) -> String {
    let folder = Paths::of_user().map(|paths| paths.rescued());
    keep(what, secret, folder.as_deref()).unwrap_or_else(|lost| lost)
}

/// The same in this folder. The error says that it is lost.
pub(super) fn keep(what: &str, secret: &Secret, folder: Option<&Path>) -> Result<String, String> {
    const LOST: &str = "it is lost, and another has to be made";
    let folder = folder.ok_or(LOST)?;
    make_private(folder).map_err(|failure| format!("{LOST} ({failure})"))?;
    let text = format!("{}\n", secret.expose());
    match keep_new(folder, &format!("{what}-"), text.as_bytes()) {
        Ok(file) => Ok(format!(
            "it is kept in {}, which only you can read; move it to its place",
            file.display()
        )),
        Err(error) => {
            let folder = folder.display();
            Err(format!("{LOST} ({folder}: {error})"))
        }
    }
}
