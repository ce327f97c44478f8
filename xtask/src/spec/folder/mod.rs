//! The folder in which is built: ours by a marker, and only what we wrote is ever replaced or removed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Component, Path},
};

use crate::{outputs::Failure, whole_file};

/// The file that says that a folder is ours, and which files we wrote.
pub const MARKER: &str = ".zendesk-oauth-spec";
const HEADING: &str =
    "Built by `cargo xtask spec`, which replaces and removes the files named here.";

/// What writing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have changed.
    pub changed: usize,
    /// Files of an earlier run that are no longer built.
    pub removed: usize,
}

/// Makes the folder hold exactly these files, and what others put there.
///
/// # Errors
/// A folder that holds something and has no marker, or that is none; a file in it that is not ours and would be
/// replaced; a link that leads out of it: nothing is written then. A file that cannot be written: each file is the old
/// one or the new one then, and none is half written.
pub fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<Written, Failure> {
    let earlier = ours(folder)?;
    for (name, bytes) in files {
        within(folder, name)?;
        is_free(folder, name, bytes, &earlier)?;
    }
    let stale: Vec<&String> = earlier
        .iter()
        .filter(|name| !files.contains_key(*name))
        .collect();
    for name in &stale {
        within(folder, name)?;
    }
    fs::create_dir_all(folder).map_err(failed(folder))?;
    // The marker first: of a run that is cut short, the next one takes what is there for ours.
    let all: BTreeSet<&str> = earlier
        .iter()
        .map(String::as_str)
        .chain(files.keys().map(String::as_str))
        .collect();
    mark(folder, all)?;
    let mut written = Written::default();
    for (name, bytes) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|current| current == *bytes) {
            continue;
        }
        replace(folder, &path, bytes)?;
        written.changed += 1;
    }
    for name in stale {
        written.removed += usize::from(remove(folder, name)?);
    }
    mark(folder, files.keys().map(String::as_str))?;
    Ok(written)
}

/// The files that differ from those in the folder, with the reason; `None` when the folder is not there.
///
/// # Errors
/// A folder that is not ours, or a file that cannot be read.
pub fn differences(
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<Option<Vec<String>>, Failure> {
    let earlier = ours(folder)?;
    if !folder.join(MARKER).exists() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(current) if current == *bytes => {}
            Ok(_) => found.push(format!("{} differs", path.display())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                found.push(format!("{} is missing", path.display()));
            }
            Err(error) => return Err(failed(&path)(error)),
        }
    }
    let stale = earlier.iter().filter(|name| !files.contains_key(*name));
    found.extend(stale.map(|name| format!("{} is no longer built", folder.join(name).display())));
    Ok(Some(found))
}

/// The files that an earlier run wrote.
fn ours(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(folder)(error)),
    };
    let marker = folder.join(MARKER);
    let text = match fs::read_to_string(&marker) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if entries.next().is_none() {
                return Ok(Vec::new());
            }
            return Err(Failure::refused(
                format!(
                    "{} holds files and has no {MARKER}, so it was not built by this command and nothing in it was changed",
                    folder.display()
                ),
                "give an empty or a new folder with --out",
            ));
        }
        Err(error) => return Err(failed(&marker)(error)),
    };
    let mut lines = text.lines();
    if lines.next() != Some(HEADING) {
        return Err(Failure::refused(
            format!("{} is not as this command writes it", marker.display()),
            "give an empty or a new folder with --out, or remove this one yourself",
        ));
    }
    // A line that leads elsewhere was not written by us.
    Ok(lines
        .filter(|line| is_inside(line))
        .map(str::to_owned)
        .collect())
}

fn is_inside(name: &str) -> bool {
    !name.is_empty()
        && Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

fn mark<'a>(folder: &Path, names: impl IntoIterator<Item = &'a str>) -> Result<(), Failure> {
    let mut text = format!("{HEADING}\n");
    for name in names {
        text.push_str(name);
        text.push('\n');
    }
    replace(folder, &folder.join(MARKER), text.as_bytes())
}

fn replace(folder: &Path, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(failed(parent))?;
    whole_file::replace(path, bytes).map_err(failed(path))
}

/// Removes a file of ours, and the folders that it leaves empty.
fn remove(folder: &Path, name: &str) -> Result<bool, Failure> {
    let path = folder.join(name);
    let Some(parent) = path.parent().filter(|parent| parent.is_dir()) else {
        return Ok(false);
    };
    match fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(failed(&path)(error)),
    }
    let mut emptied = parent;
    while emptied != folder && fs::remove_dir(emptied).is_ok() {
        emptied = emptied.parent().unwrap_or(folder);
    }
    Ok(true)
}

/// A link inside the folder must not lead our hands to another place.
///
/// Looked at before anything is made: the deepest folder on the way to the file that is there.
fn within(folder: &Path, name: &str) -> Result<(), Failure> {
    let path = folder.join(name);
    let on_the_way = path
        .ancestors()
        .skip(1)
        .take_while(|place| place.starts_with(folder));
    for place in on_the_way {
        // Of a link, not of what it leads to: that may be gone.
        match fs::symlink_metadata(place) {
            Ok(_) => return leads_nowhere_else(folder, place),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(place)(error)),
        }
    }
    Ok(())
}

fn leads_nowhere_else(folder: &Path, place: &Path) -> Result<(), Failure> {
    let real = |path: &Path| fs::canonicalize(path).map_err(failed(path));
    if real(place)?.starts_with(real(folder)?) {
        return Ok(());
    }
    Err(Failure::refused(
        format!(
            "{} leads out of {}, so nothing was written",
            place.display(),
            folder.display()
        ),
        "remove that link",
    ))
}

/// Nothing is there, or it is ours, or it is what would be written.
fn is_free(folder: &Path, name: &str, bytes: &[u8], earlier: &[String]) -> Result<(), Failure> {
    let path = folder.join(name);
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(&path)(error)),
        Ok(found) if found.is_dir() => {}
        Ok(_) if earlier.iter().any(|ours| ours == name) => return Ok(()),
        Ok(_) if fs::read(&path).is_ok_and(|current| current == bytes) => return Ok(()),
        Ok(_) => {}
    }
    Err(Failure::refused(
        format!(
            "{} is there and was not written by this command, so nothing was",
            path.display()
        ),
        "move it elsewhere, or give another folder with --out",
    ))
}

fn failed(path: &Path) -> impl Fn(io::Error) -> Failure + use<> {
    let path = path.to_owned();
    move |source| Failure::Io {
        path: path.clone(),
        source,
        way_out: "give a folder that can be written with --out",
    }
}

#[cfg(test)]
mod tests;
