//! `Pkce`: proof that who redeems a code is who asked for it (RFC 7636).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zendesk_oauth_core::Secret;

use super::random;
use crate::Error;

/// A code verifier, whose challenge goes into the authorization URL and which itself redeems the
/// code (RFC 7636). The method is `S256`.
#[derive(Clone)]
pub(super) struct Pkce(Secret);

impl Pkce {
    /// The method of the challenge, as it is sent: `plain` would show the verifier.
    pub(super) const METHOD: &'static str = "S256";

    /// A fresh verifier of 43 characters, made from 256 bits of the system's random source, as
    /// RFC 7636, 4.1 recommends.
    ///
    /// # Errors
    ///
    /// If the system gives no random bytes.
    pub(super) fn generate() -> Result<Self, Error> {
        Ok(Self::from_random(&random::bytes()?))
    }

    pub(super) fn from_random(bytes: &[u8; 32]) -> Self {
        Self(random::text(bytes))
    }

    /// What redeems the code. Keep it where only the one who asked can read it.
    pub(super) fn code_verifier(&self) -> &Secret {
        &self.0
    }

    /// What the authorization URL shows of it.
    pub(super) fn code_challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.expose()))
    }
}

impl fmt::Debug for Pkce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pkce([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 7636, 4.1.
    fn is_verifier(text: &str) -> bool {
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        (43..=128).contains(&text.len()) && text.bytes().all(is_unreserved)
    }

    /// RFC 7636, appendix B, from the octets on.
    #[test]
    fn the_example_of_the_rfc() {
        let octets = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212,
            37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        let pkce = Pkce::from_random(&octets);
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(pkce.code_verifier().expose(), verifier);
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(pkce.code_challenge(), challenge);
    }

    #[test]
    fn two_are_never_the_same() {
        let one = Pkce::generate().unwrap();
        let two = Pkce::generate().unwrap();
        assert_ne!(one.code_verifier().expose(), two.code_verifier().expose());
    }

    #[test]
    fn the_verifier_is_not_printed() {
        let pkce = Pkce::from_random(&[0; 32]);
        assert_eq!(format!("{pkce:?}"), "Pkce([redacted])");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_the_system_gives_makes_a_verifier_of_its_own(
            bytes: [u8; 32], others: [u8; 32]
        ) {
            let pkce = Pkce::from_random(&bytes);
            let verifier = pkce.code_verifier().expose();
            prop_assert!(is_verifier(verifier), "{}", verifier);
            prop_assert_eq!(verifier.len(), 43);
            let challenge = pkce.code_challenge();
            prop_assert_eq!(challenge.len(), 43);
            prop_assert_ne!(&challenge, verifier);
            let other = Pkce::from_random(&others);
            prop_assert_eq!(bytes == others, other.code_verifier().expose() == verifier);
        }
    }
}
