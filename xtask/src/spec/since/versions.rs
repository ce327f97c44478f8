//! The rule on `info.version`: how far it must rise for what changed. Pure.
//!
//! | What changed since the earlier revision | The version must be at least |
//! | --- | --- |
//! | nothing | the same |
//! | texts only | the next patch number |
//! | something was added, nothing broke | the next minor number |
//! | something broke | the next major number; below 1.0.0 the next minor number |
//!
//! Higher than needed is fine, lower than before never is. A pre-release of the version that is needed will do. After
//! a pre-release any higher version will do, as a pre-release promises nothing. A new document needs no earlier
//! version; one whose earlier version is not a semantic version has none to be compared with.

use std::cmp::Ordering;

use semver::{BuildMetadata, Prerelease, Version};

use super::finding::Effect;

/// Whether a version was raised as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raise {
    /// It was, or nothing asked for it.
    Enough,
    /// It was not.
    TooLittle {
        /// The least version that would do.
        at_least: Version,
    },
    /// It follows a pre-release and is not higher.
    NotAbove {
        /// The pre-release.
        before: Version,
    },
    /// It is lower than before.
    Lowered {
        /// What it was.
        before: Version,
    },
    /// It is not a semantic version.
    Unreadable,
}

impl Raise {
    /// What the version must be, in words; `None` where it is enough.
    pub fn refusal(&self) -> Option<String> {
        Some(match self {
            Self::Enough => return None,
            Self::TooLittle { at_least } => format!("must be at least {at_least}"),
            Self::NotAbove { before } => format!("must be higher than {before}"),
            Self::Lowered { before } => format!("is lower than {before}, which it was"),
            Self::Unreadable => "is not a semantic version, such as 1.0.0".to_owned(),
        })
    }
}

/// Judges the version of now by the earlier one and the strongest effect since, `None` if nothing changed.
pub fn judge(old: &str, new: &str, effect: Option<Effect>) -> Raise {
    let Ok(new) = Version::parse(new) else {
        return Raise::Unreadable;
    };
    let Ok(old) = Version::parse(old) else {
        return Raise::Enough;
    };
    let order = new.cmp_precedence(&old);
    if order == Ordering::Less {
        return Raise::Lowered { before: old };
    }
    let Some(effect) = effect else {
        return Raise::Enough;
    };
    if !old.pre.is_empty() {
        return match order {
            Ordering::Greater => Raise::Enough,
            _ => Raise::NotAbove { before: old },
        };
    }
    let at_least = needed(&old, effect);
    let numbers = |version: &Version| (version.major, version.minor, version.patch);
    if numbers(&new) >= numbers(&at_least) {
        Raise::Enough
    } else {
        Raise::TooLittle { at_least }
    }
}

fn needed(old: &Version, effect: Effect) -> Version {
    let (major, minor, patch) = match effect {
        Effect::Breaking if old.major > 0 => (old.major.saturating_add(1), 0, 0),
        Effect::Breaking | Effect::Compatible => (old.major, old.minor.saturating_add(1), 0),
        Effect::Texts => (old.major, old.minor, old.patch.saturating_add(1)),
    };
    Version {
        major,
        minor,
        patch,
        pre: Prerelease::EMPTY,
        build: BuildMetadata::EMPTY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(before, now, effect, what the version must be)`.
    #[rustfmt::skip] // A table: one line per case.
    const CASES: &[(&str, &str, Option<Effect>, Option<&str>)] = &[
        ("1.0.0", "1.0.0", None, None),
        ("1.0.0", "2.0.0", None, None),
        ("1.0.0", "1.0.0", Some(Effect::Texts), Some("must be at least 1.0.1")),
        ("1.0.0", "1.0.1", Some(Effect::Texts), None),
        ("1.0.0", "1.1.0", Some(Effect::Texts), None),
        ("1.0.9", "1.0.9", Some(Effect::Compatible), Some("must be at least 1.1.0")),
        ("1.0.9", "1.0.10", Some(Effect::Compatible), Some("must be at least 1.1.0")),
        ("1.0.9", "1.1.0", Some(Effect::Compatible), None),
        ("1.9.0", "1.10.0", Some(Effect::Compatible), None),
        ("1.2.3", "1.2.3", Some(Effect::Breaking), Some("must be at least 2.0.0")),
        ("1.2.3", "1.3.0", Some(Effect::Breaking), Some("must be at least 2.0.0")),
        ("1.2.3", "2.0.0", Some(Effect::Breaking), None),
        ("1.2.3", "7.1.2", Some(Effect::Breaking), None),
        ("0.2.3", "0.2.4", Some(Effect::Breaking), Some("must be at least 0.3.0")),
        ("0.2.3", "0.3.0", Some(Effect::Breaking), None),
        ("0.2.3", "0.2.4", Some(Effect::Compatible), Some("must be at least 0.3.0")),
        ("0.2.3", "0.2.4", Some(Effect::Texts), None),
        ("0.0.1", "0.0.2", Some(Effect::Breaking), Some("must be at least 0.1.0")),
        ("1.2.3", "1.2.2", None, Some("is lower than 1.2.3, which it was")),
        ("1.2.3", "0.9.0", Some(Effect::Breaking), Some("is lower than 1.2.3, which it was")),
        ("1.0.0", "1.0.0-rc.1", None, Some("is lower than 1.0.0, which it was")),
        ("1.0.0", "2.0.0-rc.1", Some(Effect::Breaking), None),
        ("1.0.0", "1.1.0-rc.1", Some(Effect::Breaking), Some("must be at least 2.0.0")),
        ("2.0.0-rc.1", "2.0.0-rc.1", None, None),
        ("2.0.0-rc.1", "2.0.0-rc.1", Some(Effect::Texts), Some("must be higher than 2.0.0-rc.1")),
        ("2.0.0-rc.1", "2.0.0-rc.2", Some(Effect::Breaking), None),
        ("2.0.0-rc.1", "2.0.0", Some(Effect::Breaking), None),
        ("1.0.0+a", "1.0.0+b", Some(Effect::Texts), Some("must be at least 1.0.1")),
        ("1.0.0+b", "1.0.0+a", None, None),
        ("next", "1.0.0", Some(Effect::Breaking), None),
        ("1.0.0", "next", None, Some("is not a semantic version, such as 1.0.0")),
        ("1.0.0", "", Some(Effect::Texts), Some("is not a semantic version, such as 1.0.0")),
        ("18446744073709551615.0.0", "18446744073709551615.0.0", Some(Effect::Texts), Some("must be at least 18446744073709551615.0.1")),
    ];

    #[test]
    fn a_version_rises_with_what_changed() {
        for (before, now, effect, refusal) in CASES {
            let told = judge(before, now, *effect).refusal();
            assert_eq!(told.as_deref(), *refusal, "{before} to {now}, {effect:?}");
        }
    }
}
