//! Changes of the settings file. What a person wrote beside them, such as comments, stays.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use fs4::FileExt;
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, value};

use super::access::Access;
use super::paths::make_private;
use super::{Paths, address, file, parse};
use crate::failure::Failure;

/// The areas that have an entry in a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Area {
    /// Support, and with it most of the account
    Support,
    /// A ZIS integration
    Zis,
    /// Chat
    Chat,
}

impl Area {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Zis => "zis",
            Self::Chat => "chat",
        }
    }
}

/// Changes the file: it is there whole afterwards, or as it was. One that cannot be read is not changed. What other
/// processes change at the same time is not lost.
pub(crate) fn change(paths: &Paths, change: impl FnOnce(&mut DocumentMut)) -> Result<(), Failure> {
    try_change(paths, |document| {
        change(document);
        Ok(())
    })
}

/// As [`change`]; a change that fails leaves the file as it was.
pub(crate) fn try_change(
    paths: &Paths,
    change: impl FnOnce(&mut DocumentMut) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let path = paths.settings_file();
    make_private(paths.settings())?;
    // One that is a link to elsewhere stays one.
    let path = path.canonicalize().unwrap_or(path);
    let _lock = locked(&path).map_err(|error| {
        let shown = path.display();
        Failure::usage_because(
            format!("{shown}: the settings cannot be locked, and are as they were"),
            error,
        )
    })?;
    let before = file::text(&path)?.unwrap_or_default();
    parse::file(&path, &before)?;
    let after = changed(&path, &before, change)?;
    parse::file(&path, &after)?;
    crate::files::replace(&path, after.as_bytes()).map_err(|error| {
        let shown = path.display();
        Failure::usage_because(
            format!("{shown}: the settings cannot be written, and are as they were"),
            error,
        )
    })
}

/// Waits for other processes that change the file. The lock is beside it, as the file is replaced and so cannot carry
/// one; the system lets go of it when the process ends, however it ends.
fn locked(path: &Path) -> io::Result<Option<File>> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    if name.metadata().is_ok_and(|it| !it.is_file()) {
        return Err(io::Error::new(
            ErrorKind::AlreadyExists,
            format!("{} is no file: move it away", name.display()),
        ));
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&name)?;
    match FileExt::lock(&file) {
        Ok(()) => Ok(Some(file)),
        // Some network file systems have no locks. The file is replaced as a whole all the same.
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error),
    }
}

fn changed(
    path: &Path,
    text: &str,
    change: impl FnOnce(&mut DocumentMut) -> Result<(), Failure>,
) -> Result<String, Failure> {
    let mut document: DocumentMut = text.parse().map_err(|_| {
        let shown = path.display();
        Failure::usage(format!("{shown}: it is no TOML"))
    })?;
    change(&mut document)?;
    Ok(document.to_string())
}

/// Makes sure that a change can be written, before anything else is done.
pub(crate) fn check_writable(paths: &Paths) -> Result<(), Failure> {
    make_private(paths.settings())?;
    let folder = paths.settings();
    let probe = tempfile::NamedTempFile::new_in(folder);
    probe.map(drop).map_err(|error| {
        let shown = folder.display();
        Failure::usage_because(format!("{shown}: settings cannot be written there"), error)
    })
}

/// Sets what an area of a profile authenticates with. A profile that is not there is made; the first is
/// the one that is used. One that another process made of another account meanwhile is not touched.
pub(crate) fn set(
    document: &mut DocumentMut,
    name: &str,
    url: &str,
    area: Area,
    access: &Access,
) -> Result<(), Failure> {
    let Some(profile) = profile(document, name, Some(url)) else {
        return Ok(());
    };
    if let Some(of) = profile.get("url").and_then(Item::as_str)
        && !address::are_same(of, url)
    {
        let of = crate::text::printable(of);
        return Err(Failure::usage(format!(
            "the profile {name} is of {of} by now, and this is for {url}: give it another name"
        )));
    }
    let mut entry = Table::new();
    match access {
        Access::Token(token) => entry["token"] = value(token.expose()),
        Access::ApiToken { email, token } => {
            entry["email"] = value(email);
            entry["api_token"] = value(token.expose());
        }
        Access::Login(login) => {
            entry["login"] = value(access.kind().name());
            entry["client_id"] = value(&login.client_id);
            if let Some(secret) = &login.client_secret {
                entry["client_secret"] = value(secret.expose());
            }
            entry["scopes"] = value(login.scopes.iter().collect::<Array>());
        }
    }
    profile.insert(area.name(), Item::Table(entry));
    if !document.contains_key("profile") {
        document["profile"] = value(name);
    }
    Ok(())
}

/// Names the integration of a profile.
pub(crate) fn set_integration(document: &mut DocumentMut, name: &str, integration: &str) {
    if let Some(profile) = profile(document, name, None) {
        profile.insert("integration", value(integration));
    }
}

/// Takes an area's entry out of a profile.
pub(crate) fn unset(document: &mut DocumentMut, name: &str, area: Area) {
    if let Some(profile) = profile(document, name, None) {
        profile.remove(area.name());
    }
}

/// Makes a profile the one that is used when nobody says otherwise.
pub(crate) fn use_profile(document: &mut DocumentMut, name: &str) {
    document["profile"] = value(name);
}

/// Takes a profile out.
pub(crate) fn remove(document: &mut DocumentMut, name: &str) {
    let profiles = document.get_mut("profiles");
    if let Some(profiles) = profiles.and_then(Item::as_table_like_mut) {
        profiles.remove(name);
    }
    if document.get("profile").and_then(Item::as_str) == Some(name) {
        document.remove("profile");
    }
}

/// The table of a profile. With an address it is made if it is not there.
fn profile<'a>(
    document: &'a mut DocumentMut,
    name: &str,
    url: Option<&str>,
) -> Option<&'a mut dyn TableLike> {
    let mut implicit = Table::new();
    implicit.set_implicit(true);
    let profiles = document.entry("profiles").or_insert(Item::Table(implicit));
    let profiles = profiles.as_table_like_mut()?;
    if let Some(url) = url
        && !profiles.contains_key(name)
    {
        let mut table = Table::new();
        table["url"] = value(url);
        profiles.insert(name, Item::Table(table));
    }
    profiles.get_mut(name)?.as_table_like_mut()
}
