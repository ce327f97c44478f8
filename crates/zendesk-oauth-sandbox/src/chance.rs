//! Values that look invented and are the same each time.
//!
//! Each value is a hash of the seed, the kind of value and how many of that kind there were before, so
//! that the same seed and the same calls give the same values, whatever else was generated between.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The source of ids, tokens, codes and secrets.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Chance {
    seed: u64,
    drawn: BTreeMap<String, u64>,
    /// Secrets that came into being since somebody collected them, if anybody does.
    #[serde(skip)]
    fresh: Option<Vec<String>>,
}

const LETTERS_AND_DIGITS: &[u8; 62] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LOWER_AND_DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            drawn: BTreeMap::new(),
            fresh: None,
        }
    }

    /// Letters and digits, as Zendesk's access tokens and codes are.
    pub(crate) fn alphanumeric(&mut self, kind: &'static str, length: usize) -> String {
        self.text(kind, length, LETTERS_AND_DIGITS)
    }

    /// Lower-case letters and digits, as Zendesk's secrets are.
    pub(crate) fn lowercase(&mut self, kind: &'static str, length: usize) -> String {
        self.text(kind, length, LOWER_AND_DIGITS)
    }

    /// Base64 for URLs with padding, as the tokens of third parties in Zendesk's examples are.
    pub(crate) fn base64url(&mut self, kind: &'static str, bytes: usize) -> String {
        let text = URL_SAFE.encode(self.bytes(kind, bytes));
        self.note_secret(&text);
        // Some are used without the padding.
        self.note_secret(text.trim_end_matches('='));
        text
    }

    /// A UUID of version 4.
    pub(crate) fn uuid(&mut self, kind: &'static str) -> String {
        let mut b = self.bytes(kind, 16);
        b[6] = b[6] & 0x0f | 0x40;
        b[8] = b[8] & 0x3f | 0x80;
        let hex: String = b.iter().map(|byte| format!("{byte:02x}")).collect();
        let parts = [
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..],
        ];
        parts.join("-")
    }

    /// Raw bytes.
    pub(crate) fn bytes(&mut self, kind: &'static str, count: usize) -> Vec<u8> {
        let number = self.count(kind);
        let mut bytes = Vec::with_capacity(count + 32);
        for block in 0_u32.. {
            if bytes.len() >= count {
                break;
            }
            let mut hash = Sha256::new();
            hash.update(self.seed.to_be_bytes());
            hash.update(number.to_be_bytes());
            hash.update(block.to_be_bytes());
            hash.update(kind.as_bytes());
            bytes.extend_from_slice(&hash.finalize());
        }
        bytes.truncate(count);
        bytes
    }

    fn text(&mut self, kind: &'static str, length: usize, alphabet: &[u8]) -> String {
        let bytes = self.bytes(kind, length);
        let letters = bytes.iter().map(|byte| usize::from(*byte) % alphabet.len());
        let text: String = letters.map(|at| char::from(alphabet[at])).collect();
        self.note_secret(&text);
        text
    }

    /// Notes a secret that is about to be kept: all texts from here are, and what is composed of parts or
    /// what a caller chose is to be told.
    pub(crate) fn note_secret(&mut self, secret: &str) {
        if let Some(fresh) = &mut self.fresh {
            fresh.push(secret.to_owned());
        }
    }

    /// From now on secrets are noted.
    pub(crate) fn collect_secrets(&mut self) {
        self.fresh.get_or_insert_default();
    }

    /// The secrets that came into being since the last time.
    pub(crate) fn fresh_secrets(&mut self) -> impl Iterator<Item = String> {
        self.fresh.iter_mut().flat_map(|fresh| fresh.drain(..))
    }

    /// The next number of a kind, from 0.
    pub(crate) fn count(&mut self, kind: &'static str) -> u64 {
        if let Some(drawn) = self.drawn.get_mut(kind) {
            *drawn += 1;
            return *drawn - 1;
        }
        self.drawn.insert(kind.to_owned(), 1);
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_values_in_whatever_order() {
        let (mut one, mut other) = (Chance::new(7), Chance::new(7));
        let token = one.alphanumeric("token", 32);
        let code = one.alphanumeric("code", 41);
        assert_eq!(other.alphanumeric("code", 41), code);
        assert_eq!(other.alphanumeric("token", 32), token);
        assert_eq!(token.len(), 32);
        assert_eq!(code.len(), 41);
    }

    #[test]
    fn another_seed_and_another_draw_give_another_value() {
        let mut chance = Chance::new(7);
        let token = chance.alphanumeric("token", 32);
        assert_ne!(chance.alphanumeric("token", 32), token);
        assert_ne!(Chance::new(8).alphanumeric("token", 32), token);
    }

    #[test]
    fn secrets_are_noted_once_somebody_collects_them() {
        let mut chance = Chance::new(7);
        chance.alphanumeric("token", 32);
        assert_eq!(chance.fresh_secrets().count(), 0);
        chance.collect_secrets();
        let (token, padded) = (chance.lowercase("secret", 32), chance.base64url("state", 4));
        chance.uuid("connection");
        let bare = padded.trim_end_matches('=').to_owned();
        let fresh: Vec<String> = chance.fresh_secrets().collect();
        assert_eq!(fresh, [token, padded, bare]);
        assert_eq!(chance.fresh_secrets().count(), 0);
    }

    #[test]
    fn uuids_have_version_four() {
        let uuid = Chance::new(7).uuid("connection");
        assert_eq!(uuid.len(), 36);
        assert_eq!(&uuid[14..15], "4");
        assert!("89ab".contains(&uuid[19..20]), "{uuid}");
    }
}
