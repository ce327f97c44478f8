//! The public key that an integration gets: an RSA key of 2,048 bits in form, to which nobody has the
//! private key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::chance::Chance;

/// `SubjectPublicKeyInfo` of an RSA key (RFC 8017, appendix A.1) up to the modulus.
const BEFORE_THE_MODULUS: [u8; 33] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00, 0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01,
    0x00,
];

/// The exponent 65,537.
const EXPONENT: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];

pub(super) fn invented(chance: &mut Chance) -> String {
    let mut modulus = chance.bytes("jwt public key", 256);
    modulus[0] |= 0x80;
    modulus[255] |= 1;
    let der = [&BEFORE_THE_MODULUS[..], &modulus, &EXPONENT].concat();
    let mut pem = String::from("-----BEGIN PUBLIC KEY-----\n");
    for (at, character) in STANDARD.encode(der).chars().enumerate() {
        if at > 0 && at % 64 == 0 {
            pem.push('\n');
        }
        pem.push(character);
    }
    pem.push_str("\n-----END PUBLIC KEY-----\n");
    pem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_pem_and_the_same_each_time() {
        let pem = invented(&mut Chance::new(1));
        assert_eq!(pem, invented(&mut Chance::new(1)));
        assert!(pem.starts_with(
            "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"
        ));
        assert!(pem.lines().all(|line| line.len() <= 64), "{pem}");
        assert!(pem.ends_with("AQAB\n-----END PUBLIC KEY-----\n"), "{pem}");
    }
}
