//! What Zendesk shows of a secret is its beginning. It is kept as a salted hash, as it is a part of a secret:
//! enough to tell later whether the secret is another one.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zendesk_oauth::Secret;

use crate::failure::Failure;

/// The least that a shown beginning tells secrets apart by.
const LEAST: usize = 4;

/// The hash of what was shown, or that nothing was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    salt: String,
    hash: Option<String>,
}

/// What became of a secret since a fingerprint of it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Unchanged,
    Changed,
    /// Too little is shown, or was.
    Unclear,
}

impl Fingerprint {
    /// Of what Zendesk shows now.
    pub(super) fn take(shown: Option<&Secret>) -> Result<Self, Failure> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)
            .map_err(|error| Failure::failed(format!("there is no randomness: {error}")))?;
        Ok(Self::salted(hexadecimal(&salt), shown))
    }

    fn salted(salt: String, shown: Option<&Secret>) -> Self {
        let hash = shown.and_then(beginning).map(|beginning| {
            let digest = Sha256::new().chain_update(&salt).chain_update(beginning);
            hexadecimal(&digest.finalize())
        });
        Self { salt, hash }
    }

    /// Whether what Zendesk shows now is what it showed then.
    pub(super) fn compare(&self, shown: Option<&Secret>) -> Comparison {
        let now = Self::salted(self.salt.clone(), shown);
        match (&self.hash, &now.hash) {
            (Some(then), Some(now)) if then == now => Comparison::Unchanged,
            (Some(_), Some(_)) => Comparison::Changed,
            _ => Comparison::Unclear,
        }
    }
}

/// Whether a whole secret begins as Zendesk shows it; none if it shows too little.
pub(super) fn fits(shown: Option<&Secret>, whole: &Secret) -> Option<bool> {
    let beginning = beginning(shown?)?;
    Some(whole.expose().starts_with(beginning))
}

/// What is shown without the dots for the rest.
fn beginning(shown: &Secret) -> Option<&str> {
    let text = shown.expose().trim();
    let text = text.trim_end_matches(['.', '\u{2026}']);
    (text.len() >= LEAST).then_some(text)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<Secret> {
        Some(Secret::from(text))
    }

    #[test]
    fn another_beginning_is_another_secret() {
        let before = Fingerprint::take(shown("CANARY-one...").as_ref()).unwrap();
        let compared = |text| before.compare(shown(text).as_ref());
        assert_eq!(compared("CANARY-one..."), Comparison::Unchanged);
        assert_eq!(compared("CANARY-one\u{2026}"), Comparison::Unchanged);
        assert_eq!(compared("CANARY-two..."), Comparison::Changed);
        assert_eq!(compared("..."), Comparison::Unclear);
        assert_eq!(before.compare(None), Comparison::Unclear);
    }

    #[test]
    fn nothing_shown_is_compared_with_nothing() {
        for before in [None, shown("..."), shown("ab...")] {
            let before = Fingerprint::take(before.as_ref()).unwrap();
            assert_eq!(
                before.compare(shown("CANARY...").as_ref()),
                Comparison::Unclear
            );
        }
    }

    #[test]
    fn the_beginning_is_not_kept_and_two_hashes_of_it_differ() {
        let take = || Fingerprint::take(shown("CANARY-one...").as_ref()).unwrap();
        assert_ne!(take(), take());
        let kept = serde_json::to_string(&take()).unwrap();
        assert!(!kept.contains("CANARY"), "{kept}");
    }

    #[test]
    fn a_whole_secret_fits_what_is_shown_of_it() {
        let whole = Secret::from("CANARY-one-and-more");
        assert_eq!(fits(shown("CANARY-one...").as_ref(), &whole), Some(true));
        assert_eq!(fits(shown("CANARY-two...").as_ref(), &whole), Some(false));
        assert_eq!(fits(shown("...").as_ref(), &whole), None);
    }
}
