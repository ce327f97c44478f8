//! What is in the folder.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::PathBuf;

use super::folder::Folder;
use crate::token::StoreError;

/// How many of a series are kept: the highest, and the one before it.
const KEPT: u64 = 2;

/// How many are kept for one who is about to make a number: as long as its temporary file is there,
/// so is its number if others made it, so that its link fails. This far behind it is not waited for.
const WAITED_FOR: u64 = 64;

/// What begins the name of a temporary file.
const DRAFT: &str = "new-";

/// Files that are numbered from 1, of which the highest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Series {
    /// The versions of the login.
    Versions,
    /// The leases.
    Locks,
}

/// What is in the folder. A small folder is read in one call of the system, so that no change falls
/// in between.
#[derive(Debug, Default)]
pub(super) struct Listing {
    versions: Vec<u64>,
    locks: Vec<u64>,
    /// Temporary files.
    pub(super) drafts: Vec<Drafted>,
}

/// A temporary file.
#[derive(Debug)]
pub(super) struct Drafted {
    pub(super) path: PathBuf,
    /// What it is to become.
    target: Option<(Series, u64)>,
}

impl Drafted {
    /// The number that it is to have in this series.
    pub(super) fn number(&self, series: Series) -> Option<u64> {
        let (of, number) = self.target?;
        (of == series).then_some(number)
    }

    /// That of a name, if it is one of a temporary file.
    fn named(folder: &Folder, name: &OsStr) -> Option<Self> {
        let (target, _) = name.to_str()?.strip_prefix(DRAFT)?.rsplit_once('-')?;
        let target = OsStr::new(target);
        let of = |series: Series| Some((series, series.number(target)?));
        Some(Self {
            path: folder.path().join(name),
            target: of(Series::Versions).or_else(|| of(Series::Locks)),
        })
    }
}

impl Series {
    fn ending(self) -> &'static str {
        match self {
            Self::Versions => ".json",
            Self::Locks => ".lock",
        }
    }

    /// The file with this number.
    pub(super) fn path(self, folder: &Folder, number: u64) -> PathBuf {
        folder.path().join(format!("{number}{}", self.ending()))
    }

    /// The number of the file with this name. Names that only look alike, such as `07.json`, are
    /// somebody else's.
    fn number(self, name: &OsStr) -> Option<u64> {
        let digits = name.to_str()?.strip_suffix(self.ending())?;
        let number: u64 = digits.parse().ok()?;
        (number > 0 && number.to_string() == digits).then_some(number)
    }
}

impl Listing {
    /// Of a folder; nothing of one that is not there.
    pub(super) fn of(folder: &Folder) -> Result<Self, StoreError> {
        let mut listing = Self::default();
        let failed = |error| folder.failed("list", folder.path(), error);
        let entries = match fs::read_dir(folder.path()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(listing),
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let name = entry.map_err(failed)?.file_name();
            if let Some(number) = Series::Versions.number(&name) {
                listing.versions.push(number);
            } else if let Some(number) = Series::Locks.number(&name) {
                listing.locks.push(number);
            } else if let Some(drafted) = Drafted::named(folder, &name) {
                listing.drafts.push(drafted);
            }
        }
        listing.versions.sort_unstable();
        listing.locks.sort_unstable();
        Ok(listing)
    }

    fn numbers(&self, series: Series) -> &[u64] {
        match series {
            Series::Versions => &self.versions,
            Series::Locks => &self.locks,
        }
    }

    /// The one that counts.
    pub(super) fn highest(&self, series: Series) -> Option<u64> {
        self.numbers(series).last().copied()
    }

    /// What no longer counts, the lowest first, while somebody is about to make `awaited`.
    pub(super) fn old(
        &self,
        series: Series,
        awaited: Option<u64>,
    ) -> impl Iterator<Item = u64> + '_ {
        let highest = self.highest(series).unwrap_or_default();
        let numbers = self.numbers(series).iter().copied();
        numbers.filter(move |number| is_old(*number, highest, awaited))
    }
}

/// Whether a number is removed while somebody is about to make `awaited`.
fn is_old(number: u64, highest: u64, awaited: Option<u64>) -> bool {
    let is_awaited = awaited.is_some_and(|awaited| awaited <= number);
    highest.saturating_sub(number) >= KEPT && (!is_awaited || is_late(number, highest))
}

/// Whether others may have made and removed this number before it was made now.
pub(super) fn is_late(number: u64, highest: u64) -> bool {
    highest.saturating_sub(number) >= WAITED_FOR
}

/// A new name of a temporary file that is to have this number.
pub(super) fn draft_path(folder: &Folder, series: Series, number: u64, random: u64) -> PathBuf {
    let ending = series.ending();
    let name = format!("{DRAFT}{number}{ending}-{random:016x}");
    folder.path().join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_numbers_are_versions() {
        let number = |name: &str| Series::Versions.number(OsStr::new(name));
        assert_eq!(number("1.json"), Some(1));
        assert_eq!(number("18446744073709551615.json"), Some(u64::MAX));
        for name in [
            "0.json",
            "07.json",
            "+7.json",
            "-7.json",
            "7.json.old",
            "7.lock",
            "7",
            ".json",
            " 7.json",
            "18446744073709551616.json",
        ] {
            assert_eq!(number(name), None, "{name}");
        }
    }

    #[test]
    fn the_highest_and_the_one_before_are_not_old() {
        let old: Vec<_> = (1..=9).filter(|number| is_old(*number, 7, None)).collect();
        assert_eq!(old, [1, 2, 3, 4, 5]);
        assert!(!is_old(u64::MAX, u64::MAX, None));
    }

    #[test]
    fn what_somebody_is_about_to_make_is_not_old_until_it_is_late() {
        let old = |highest| -> Vec<_> {
            (1..=9)
                .filter(|number| is_old(*number, highest, Some(3)))
                .collect()
        };
        assert_eq!(old(9), [1, 2]);
        assert_eq!(old(66), [1, 2]);
        assert_eq!(old(67), [1, 2, 3]);
        assert!(!is_late(3, 66) && is_late(3, 67));
    }

    #[test]
    fn a_temporary_file_says_what_it_is_to_become() {
        let folder = Folder::new("/login".into());
        let named = |name: &str| Drafted::named(&folder, OsStr::new(name));
        for series in [Series::Versions, Series::Locks] {
            let path = draft_path(&folder, series, 7, 255);
            let drafted = named(path.file_name().unwrap().to_str().unwrap()).unwrap();
            assert_eq!(drafted.path, path);
            assert_eq!(drafted.target, Some((series, 7)));
        }
        assert!(named("new-7.json-").is_some() && named("new-x-1").unwrap().target.is_none());
        assert!(named("new-7.json").is_none() && named("7.json").is_none());
    }
}
