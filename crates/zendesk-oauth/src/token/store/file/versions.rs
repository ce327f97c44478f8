//! The versions of the login.

use std::path::Path;

use zendesk_oauth_core::Secret;

use super::draft::{Draft, Linked, clear};
use super::failure::shown;
use super::folder::Folder;
use super::listing::{Listing, Series, is_late};
use super::private;
use crate::token::step::step;
use crate::token::{Record, StoreError, StoreErrorKind, Stored, Swap, Version};

/// How often is begun anew what another process came in between of. It is rare, and rarer in a row.
const ATTEMPTS: usize = 16;

/// The highest version.
pub(super) fn load(folder: &Folder) -> Result<Option<Stored>, StoreError> {
    if !folder.is_there()? {
        return Ok(None);
    }
    for _ in 0..ATTEMPTS {
        let Some(number) = Listing::of(folder)?.highest(Series::Versions) else {
            return Ok(None);
        };
        // One that is gone again was replaced by two others since.
        if let Some(record) = read(folder, &Series::Versions.path(folder, number))? {
            let version = Version::new(number);
            return Ok(Some(Stored { version, record }));
        }
    }
    Err(contended(folder))
}

fn read(folder: &Folder, path: &Path) -> Result<Option<Record>, StoreError> {
    let Some(file) = private::open(folder, path)? else {
        return Ok(None);
    };
    let bytes = private::read(folder, path, &file)?;
    let unreadable = |what: String| {
        let what = format!("{} cannot be read: {what}", shown(path));
        folder.error(StoreErrorKind::Unreadable, what)
    };
    let text = str::from_utf8(&bytes).map_err(|_| {
        let what = "it is no text. It was left as it is: move it away, and log in again";
        unreadable(what.to_owned())
    })?;
    let record = Record::from_json(text);
    let record = record.map_err(|error| unreadable(error.to_string()).because(error))?;
    Ok(Some(record))
}

/// Makes the version after `expected`, if that is the highest.
pub(super) fn swap(
    folder: &Folder,
    expected: Option<Version>,
    text: &Secret,
) -> Result<Swap, StoreError> {
    if text.expose().len() as u64 > private::LARGEST {
        let largest = private::LARGEST;
        let what = format!("a login of more than {largest} bytes is not stored");
        return Err(folder.error(StoreErrorKind::Settings, what));
    }
    for _ in 0..ATTEMPTS {
        // What cannot be read is never replaced.
        if load(folder)?.map(|stored| stored.version) != expected {
            return Ok(Swap::Conflict);
        }
        folder.create()?;
        let version = expected.map_or(Version::FIRST, Version::next);
        let draft = Draft::create(folder, Series::Versions, version.number())?;
        step!("file_temporary_created");
        if !draft.lock(folder)? {
            continue;
        }
        step!("file_temporary_locked");
        // Others keep the number that a locked draft is to have. Whoever removed it did so before,
        // and is seen here.
        let highest = Listing::of(folder)?.highest(Series::Versions);
        if highest.map(Version::new) != expected {
            return Ok(Swap::Conflict);
        }
        draft.write(folder, text.expose().as_bytes())?;
        step!("file_temporary_written");
        draft.sync(folder)?;
        if let Some(swap) = publish(folder, expected, draft)? {
            return Ok(swap);
        }
    }
    Err(contended(folder))
}

/// Gives a written draft the number after `expected`; nothing if the draft is gone.
pub(super) fn publish(
    folder: &Folder,
    expected: Option<Version>,
    draft: Draft,
) -> Result<Option<Swap>, StoreError> {
    let version = expected.map_or(Version::FIRST, Version::next);
    match draft.link(folder, Series::Versions, version.number())? {
        Linked::Done => {}
        Linked::Taken => return Ok(Some(Swap::Conflict)),
        Linked::Gone => return Ok(None),
    }
    step!("file_version_linked");
    // From here on the version is there, whatever fails.
    let listing = folder.sync().and_then(|()| Listing::of(folder));
    let listing = listing.map_err(StoreError::unclear)?;
    step!("file_folder_synced");
    drop(draft);
    step!("file_temporary_removed");
    clear(folder, Series::Versions);
    step!("file_old_version_removed");
    let highest = listing.highest(Series::Versions).unwrap_or_default();
    Ok(Some(if is_late(version.number(), highest) {
        Swap::Conflict
    } else {
        Swap::Done(version)
    }))
}

fn contended(folder: &Folder) -> StoreError {
    let what = format!("others changed it {ATTEMPTS} times meanwhile. Try again");
    folder.error(StoreErrorKind::Unavailable, what)
}
