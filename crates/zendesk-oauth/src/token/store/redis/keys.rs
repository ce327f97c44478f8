//! The keys of one credential in Redis.

use super::super::{StoreError, StoreErrorKind};

/// How long a name may be.
const LONGEST: usize = 200;

/// The keys of one credential. The braces make its name the hash tag, so that a cluster keeps them in
/// one slot, as a script needs it.
pub(super) struct Keys {
    pub(super) name: String,
    pub(super) record: String,
    pub(super) lease: String,
}

impl Keys {
    /// The keys of the credential of this name.
    pub(super) fn of(name: &str) -> Result<Self, StoreError> {
        let refused = |what: &str| {
            let advice = "Name the credential in 1 to 200 characters, without braces and control \
                          characters; such as acme-login.";
            let what = format!("its name {what}. {advice}");
            Err(StoreError::new(
                StoreErrorKind::Settings,
                "the credential in Redis",
                what,
            ))
        };
        if name.is_empty() {
            return refused("is empty");
        }
        if name.chars().count() > LONGEST {
            return refused("is too long");
        }
        if name.contains(['{', '}']) {
            return refused("has a brace, which would end the hash tag of its keys");
        }
        if name.contains(char::is_control) {
            return refused("has a control character");
        }
        Ok(Self {
            name: name.to_owned(),
            record: format!("zendesk-oauth:{{{name}}}:record"),
            lease: format!("zendesk-oauth:{{{name}}}:lease"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hash slot of a key, as the cluster specification of Redis has it: CRC-16/XMODEM of the
    /// hash tag.
    fn slot(key: &str) -> u16 {
        let tag = key
            .split_once('{')
            .and_then(|(_, rest)| rest.split_once('}'));
        let hashed = tag.map_or(key, |(tag, _)| tag);
        let crc = hashed.bytes().fold(0_u16, |crc, byte| {
            (0..8).fold(crc ^ (u16::from(byte) << 8), |crc, _| {
                (crc << 1) ^ if crc & 0x8000 == 0 { 0 } else { 0x1021 }
            })
        });
        crc % 16384
    }

    #[test]
    fn both_keys_of_a_credential_are_in_the_slot_of_its_name() {
        // The check value of that CRC.
        assert_eq!(slot("123456789"), 0x31c3);
        for name in ["acme", "a b:c", "ü", "zendesk-oauth:", &"x".repeat(200)] {
            let keys = Keys::of(name).unwrap();
            assert_eq!(slot(&keys.record), slot(name));
            assert_eq!(slot(&keys.lease), slot(name));
            assert_ne!(keys.record, keys.lease);
        }
    }

    #[test]
    fn a_name_that_would_break_the_keys_is_refused() {
        for name in ["", "a{b", "a}b", "{}", "a\nb", "a\0", &"x".repeat(201)] {
            let error = Keys::of(name).err().unwrap();
            assert_eq!(error.kind(), StoreErrorKind::Settings);
            assert!(!error.to_string().contains(['\n', '\0']), "{error}");
        }
    }
}
