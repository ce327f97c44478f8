//! The settings file: what is in it, and where.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::access::Access;
use super::parse;
use crate::failure::Failure;

/// More than any settings have.
const LARGEST: u64 = 1 << 20;

/// A value with its line.
#[derive(Clone, Debug)]
pub(crate) struct Located<T> {
    pub(crate) value: T,
    pub(crate) line: usize,
}

/// What the file says.
#[derive(Clone, Debug, Default)]
pub(crate) struct SettingsFile {
    pub(crate) path: PathBuf,
    /// The profile that is used when nobody says otherwise.
    pub(crate) profile: Option<Located<String>>,
    pub(crate) profiles: BTreeMap<String, Profile>,
}

/// One account.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    pub(crate) url: Located<String>,
    pub(crate) integration: Option<Located<String>>,
    pub(crate) support: Option<Located<Access>>,
    pub(crate) zis: Option<Located<Access>>,
    pub(crate) chat: Option<Located<Access>>,
}

impl SettingsFile {
    /// Reads it; one that is not there says nothing.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = text(path)?.unwrap_or_default();
        parse::file(path, &text)
    }

    /// A profile by its name.
    pub(crate) fn find(&self, name: &str) -> Result<&Profile, Failure> {
        self.profiles.get(name).ok_or_else(|| {
            let path = self.path.display();
            let name = crate::text::printable(name);
            let known: Vec<_> = self.profiles.keys().map(String::as_str).collect();
            let known = match known.is_empty() {
                true => "there is none yet".to_owned(),
                false => format!("there are {}", known.join(", ")),
            };
            Failure::usage(format!(
                "{path}: there is no profile {name}; {known}. Make one with `zendesk-oauth login --profile NAME`"
            ))
        })
    }

    /// The name of the profile that is used when nobody says otherwise.
    pub(crate) fn current(&self) -> Option<&str> {
        self.profile.as_ref().map(|it| it.value.as_str())
    }
}

/// The text of the file, which only its owner may be able to read; nothing if there is none.
pub(crate) fn text(path: &Path) -> Result<Option<String>, Failure> {
    let shown = path.display();
    let unreadable =
        |error| Failure::usage_because(format!("{shown}: the settings cannot be read"), error);
    // Looked at first: to open a pipe is to wait for who writes into it.
    match path.metadata() {
        Ok(found) if found.is_file() => {}
        Ok(_) => {
            return Err(Failure::usage(format!(
                "{shown}: it is no file, so there are no settings in it; move it away"
            )));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    }
    let file = File::open(path).map_err(unreadable)?;
    let found = file.metadata().map_err(unreadable)?;
    check_private(path, &found)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::usage(format!(
            "{shown}: it has more than {LARGEST} bytes, so it is no settings file; move it away"
        )));
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let line = parse::line_of(error.as_bytes(), error.utf8_error().valid_up_to());
        Failure::usage(format!("{shown}:{line}: it is not UTF-8"))
    })
}

#[cfg(unix)]
fn check_private(path: &Path, found: &std::fs::Metadata) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = found.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let shown = path.display();
    Err(Failure::usage(format!(
        "{shown}: others can open it (mode {mode:04o}), and credentials belong in it; run `chmod 600 '{shown}'`, and \
         replace the credentials that were in it if others use this machine"
    )))
}

#[cfg(not(unix))]
fn check_private(_path: &Path, _found: &std::fs::Metadata) -> Result<(), Failure> {
    Ok(())
}
