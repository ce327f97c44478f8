//! `StoreKey`: what encrypts the records in Redis.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::{Zeroize as _, Zeroizing};

use super::super::{StoreError, StoreErrorKind};

/// How many bytes a key has.
const LENGTH: usize = 32;

/// The alphabet of RFC 4648, 4; with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The key that the records in Redis are encrypted with: 32 random bytes, the same in each process
/// that shares the login. Keep it where the other secrets are, and not in that Redis.
///
/// `openssl rand -base64 32` makes one. Debug shows none, and memory is overwritten when it is
/// dropped.
///
/// To replace a key, give all processes the new one beside the old one first, and take the old one
/// away when all have it:
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use zendesk_oauth::token::StoreKey;
///
/// let new = "bm90IGEga2V5LCBidXQgYXMgbG9uZyBhcyBvbmUgaXM=";
/// let old = "YW5vdGhlciB0aGF0IGlzIG5vbmUsIGFuZCBhcyBsb24=";
/// // First everywhere: reads both, writes the old one, which all can read.
/// let key = StoreKey::from_base64(old)?.also_reads(StoreKey::from_base64(new)?);
/// // Then everywhere: reads both, writes the new one.
/// let key = StoreKey::from_base64(new)?.also_reads(StoreKey::from_base64(old)?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct StoreKey {
    writes: Zeroizing<[u8; LENGTH]>,
    also_reads: Vec<Zeroizing<[u8; LENGTH]>>,
}

impl StoreKey {
    /// The key of these 32 bytes. They are to come from a generator for secrets, not from a
    /// password.
    #[must_use]
    pub fn from_bytes(bytes: [u8; LENGTH]) -> Self {
        Self {
            writes: Zeroizing::new(bytes),
            also_reads: Vec::new(),
        }
    }

    /// The key of 32 bytes in base64: with `+/` or with `-_`, padded or not, white space around it or
    /// not.
    ///
    /// # Errors
    ///
    /// When it is no base64, or not 32 bytes. The error has nothing of the text.
    pub fn from_base64(text: &str) -> Result<Self, StoreError> {
        let mut one_alphabet = Zeroizing::new(text.trim().to_owned().into_bytes());
        for byte in one_alphabet.iter_mut() {
            *byte = match *byte {
                b'-' => b'+',
                b'_' => b'/',
                other => other,
            };
        }
        let decoded = BASE64.decode(&*one_alphabet).map(Zeroizing::new);
        let decoded = decoded.map_err(|_| settings("it is no base64"))?;
        let mut bytes: [u8; LENGTH] = decoded
            .as_slice()
            .try_into()
            .map_err(|_| settings(&format!("it is {} bytes, not {LENGTH}", decoded.len())))?;
        let key = Self::from_bytes(bytes);
        bytes.zeroize();
        Ok(key)
    }

    /// The same, which also reads what `old` wrote. What is written is always written with the key
    /// itself.
    #[must_use]
    pub fn also_reads(mut self, old: Self) -> Self {
        self.also_reads.push(old.writes);
        self.also_reads.extend(old.also_reads);
        self
    }

    /// The key that writes.
    pub(super) fn writes(&self) -> &[u8; LENGTH] {
        &self.writes
    }

    /// All that read, the one that writes first.
    pub(super) fn reads(&self) -> impl Iterator<Item = &[u8; LENGTH]> {
        std::iter::once(&self.writes)
            .chain(&self.also_reads)
            .map(|key| &**key)
    }
}

fn settings(what: &str) -> StoreError {
    StoreError::new(
        StoreErrorKind::Settings,
        "the key of the store",
        format!("{what}. Make one with: openssl rand -base64 {LENGTH}"),
    )
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreKey([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_either_alphabet_padded_or_not_is_the_same_key() {
        let bytes: [u8; 32] = std::array::from_fn(|at| 0xf8 | (at as u8));
        let text = BASE64.encode(bytes);
        assert!(text.contains('+') && text.contains('/') && text.ends_with('='));
        let url_safe = text.replace('+', "-").replace('/', "_");
        for text in [
            text.clone(),
            url_safe.clone(),
            url_safe.trim_end_matches('=').to_owned(),
            format!(" {text}\n"),
        ] {
            assert_eq!(StoreKey::from_base64(&text).unwrap().writes(), &bytes);
        }
    }

    #[test]
    fn what_is_no_key_is_refused_without_its_text() {
        for text in [
            "",
            "CANARY",
            "CANARY-!",
            "Q0FOQVJZ",
            &"A".repeat(44),
            &"é".repeat(22),
        ] {
            let error = StoreKey::from_base64(text).unwrap_err();
            assert_eq!(error.kind(), StoreErrorKind::Settings);
            let printed = format!("{error} {error:?}");
            assert!(printed.contains("openssl rand") && !printed.contains('\n'));
            assert!(text.is_empty() || !printed.contains(text), "{printed}");
        }
    }

    #[test]
    fn debug_shows_no_key_and_keys_that_also_read_come_after() {
        let key = |byte| StoreKey::from_bytes([byte; 32]);
        let all = key(1).also_reads(key(2).also_reads(key(3)));
        assert_eq!(format!("{all:?}"), "StoreKey([redacted])");
        let order: Vec<u8> = all.reads().map(|key| key[0]).collect();
        assert_eq!(order, [1, 2, 3]);
        assert_eq!(all.writes(), &[1; 32]);
    }
}
