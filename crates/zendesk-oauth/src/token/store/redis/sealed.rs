//! A record as it is stored: encrypted, and bound to its place.
//!
//! XChaCha20-Poly1305 with a random nonce. The associated data names the format, the credential and
//! the version, so that a value that was moved to another key or put back under another version is
//! no record.

use std::fmt;

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};
use zendesk_oauth_core::Secret;
use zeroize::Zeroizing;

use super::key::StoreKey;
use crate::token::store::Version;

/// What each value begins with: whose it is, and its format.
const FORMAT: &[u8] = b"zendesk-oauth 1 ";
const NONCE: usize = 24;
const NAME_OF_KEY: usize = 4;

/// What a record may be long at most. A pair of tokens takes 1 or 2 kB.
pub(super) const LONGEST: usize = 1 << 20;

/// Which credential in which version.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) name: &'a str,
    pub(super) version: Version,
}

/// A few bytes that tell keys apart and say nothing of them: the start of the authenticator of
/// nothing. In messages it says which key is to be looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct NameOfKey([u8; NAME_OF_KEY]);

/// Why a value is no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unopened {
    /// It does not begin as one, or is cut off.
    NotSealed,
    /// It was written with a key that is not here.
    OtherKey {
        written_with: NameOfKey,
        here: Vec<NameOfKey>,
    },
    /// The key is here, and it was changed or moved.
    Tampered,
}

/// Encrypts a text for this place. `None` if it is longer than a record may be.
pub(super) fn seal(
    text: &Secret,
    place: Place<'_>,
    key: &StoreKey,
    nonce: [u8; NONCE],
) -> Option<Vec<u8>> {
    let text = text.expose().as_bytes();
    let head = FORMAT.len() + NAME_OF_KEY + NONCE;
    if head + text.len() + 16 > LONGEST {
        return None;
    }
    let cipher = cipher(key.writes());
    let name = name_of(&cipher);
    let aad = &associated(place, name);
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: text, aad });
    let sealed = sealed.expect("what is far shorter than 256 GB can be encrypted");
    Some([FORMAT, &name.0, &nonce, &sealed].concat())
}

/// Decrypts what [`seal`] made for this place.
pub(super) fn open(
    value: &[u8],
    place: Place<'_>,
    key: &StoreKey,
) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    let rest = value.strip_prefix(FORMAT).ok_or(Unopened::NotSealed)?;
    let (name, rest) = rest.split_first_chunk().ok_or(Unopened::NotSealed)?;
    let (nonce, sealed) = rest
        .split_first_chunk::<NONCE>()
        .ok_or(Unopened::NotSealed)?;
    let written_with = NameOfKey(*name);
    let mut here = Vec::new();
    for key in key.reads() {
        let cipher = cipher(key);
        let name = name_of(&cipher);
        here.push(name);
        if name != written_with {
            continue;
        }
        let aad = &associated(place, name);
        let payload = Payload { msg: sealed, aad };
        if let Ok(text) = cipher.decrypt(&XNonce::from(*nonce), payload) {
            return Ok(Zeroizing::new(text));
        }
    }
    if here.contains(&written_with) {
        return Err(Unopened::Tampered);
    }
    Err(Unopened::OtherKey { written_with, here })
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    let mut key = Key::from(*key);
    let cipher = XChaCha20Poly1305::new(&key);
    zeroize::Zeroize::zeroize(key.as_mut_slice());
    cipher
}

fn name_of(cipher: &XChaCha20Poly1305) -> NameOfKey {
    let payload = Payload {
        msg: b"",
        aad: b"zendesk-oauth name of the key",
    };
    // No record has this nonce: theirs are random, of 192 bits.
    let tag = cipher.encrypt(&XNonce::from([0; NONCE]), payload);
    let tag = tag.expect("nothing can be encrypted");
    let (name, _) = tag
        .split_first_chunk()
        .expect("an authenticator has 16 bytes");
    NameOfKey(*name)
}

/// No two places have the same: all but the name has a fixed length.
fn associated(place: Place<'_>, name: NameOfKey) -> Vec<u8> {
    let version = place.version.number().to_be_bytes();
    [FORMAT, &name.0, &version, place.name.as_bytes()].concat()
}

impl fmt::Display for NameOfKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for NameOfKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Unopened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSealed => f.write_str(
                "what is there was not written by this crate, or is cut off. It was left as it is: \
                 move it away, and log in again.",
            ),
            Self::OtherKey { written_with, here } => {
                write!(
                    f,
                    "the record was encrypted with the key {written_with}, and here is "
                )?;
                for (at, name) in here.iter().enumerate() {
                    write!(f, "{}{name}", if at == 0 { "" } else { ", " })?;
                }
                f.write_str(
                    " (these are names, made from the keys). It was left as it is: give this \
                     process that key, or StoreKey::also_reads it.",
                )
            }
            Self::Tampered => f.write_str(
                "the record was changed, or moved from another credential or version: its key is \
                 here and does not open it. It was left as it is: see who writes to that Redis, \
                 move the record away, and log in again.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, version: u64) -> Place<'_> {
        let version = Version::new(version);
        Place { name, version }
    }

    fn key(byte: u8) -> StoreKey {
        StoreKey::from_bytes([byte; 32])
    }

    fn sealed(key: &StoreKey, nonce: u8) -> Vec<u8> {
        let text = Secret::from("CANARY-text".to_owned());
        seal(&text, place("acme", 7), key, [nonce; 24]).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_alone_and_its_text_does_not_show() {
        let value = sealed(&key(1), 9);
        assert!(!String::from_utf8_lossy(&value).contains("CANARY"));
        assert_ne!(value, sealed(&key(1), 8));
        for reads in [key(1), key(2).also_reads(key(3)).also_reads(key(1))] {
            let text = open(&value, place("acme", 7), &reads).unwrap();
            assert_eq!(&**text, b"CANARY-text");
        }
        let error = open(&value, place("acme", 7), &key(2).also_reads(key(3))).unwrap_err();
        let printed = error.to_string();
        for named in [1, 2, 3] {
            let name = name_of(&cipher(&[named; 32]));
            assert_eq!(format!("{name:?}"), name.to_string());
            let name = name.to_string();
            assert_eq!(name.len(), 2 * NAME_OF_KEY, "{name}");
            assert!(printed.contains(&name), "{printed}");
        }
    }

    #[test]
    fn a_new_key_writes_and_an_old_one_only_reads() {
        let value = sealed(&key(2).also_reads(key(1)), 9);
        assert!(open(&value, place("acme", 7), &key(2)).is_ok());
        assert!(open(&value, place("acme", 7), &key(1)).is_err());
    }

    #[test]
    fn a_value_that_was_moved_is_refused() {
        let value = sealed(&key(1), 9);
        for elsewhere in [
            place("acme", 6),
            place("acme", 8),
            place("acm", 7),
            place("", 7),
        ] {
            assert_eq!(open(&value, elsewhere, &key(1)), Err(Unopened::Tampered));
        }
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_refused() {
        let value = sealed(&key(1), 9);
        for end in 0..value.len() {
            assert!(open(&value[..end], place("acme", 7), &key(1)).is_err());
        }
        for at in 0..value.len() * 8 {
            let mut flipped = value.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            assert!(
                open(&flipped, place("acme", 7), &key(1)).is_err(),
                "bit {at}"
            );
        }
    }

    #[test]
    fn what_is_too_long_to_be_read_is_not_written() {
        let text = |length| Secret::from("x".repeat(length));
        let seal = |length| seal(&text(length), place("acme", 7), &key(1), [9; 24]);
        assert!(seal(LONGEST).is_none());
        let longest = LONGEST - seal(0).unwrap().len();
        assert_eq!(seal(longest).unwrap().len(), LONGEST);
        assert!(seal(longest + 1).is_none());
    }
}
