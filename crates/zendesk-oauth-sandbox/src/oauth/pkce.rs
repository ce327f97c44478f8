//! Proof Key for Code Exchange (RFC 7636).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Whether a challenge could have come from a verifier by this method. Without a method it is `plain`
/// (RFC 7636, section 4.3).
pub(super) fn is_challenge(challenge: &str, method: Option<&str>) -> bool {
    match method {
        // SHA-256 in base64 without padding.
        Some("S256") => challenge.len() == 43 && is_verifier(challenge),
        Some("plain") | None => is_verifier(challenge),
        Some(_) => false,
    }
}

/// Whether a verifier is one, and the one that the challenge was made from.
pub(super) fn matches(verifier: &str, challenge: &str, method: Option<&str>) -> bool {
    if !is_verifier(verifier) {
        return false;
    }
    match method {
        Some("S256") => URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge,
        Some("plain") | None => verifier == challenge,
        Some(_) => false,
    }
}

/// 43 to 128 unreserved characters (RFC 7636, section 4.1).
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_the_rfc_matches() {
        assert!(is_challenge(CHALLENGE, Some("S256")));
        assert!(matches(VERIFIER, CHALLENGE, Some("S256")));
        assert!(!matches(CHALLENGE, CHALLENGE, Some("S256")));
    }

    #[test]
    fn plain_is_the_method_that_is_not_named() {
        assert!(matches(VERIFIER, VERIFIER, None));
        assert!(matches(VERIFIER, VERIFIER, Some("plain")));
        assert!(!matches(VERIFIER, CHALLENGE, Some("plain")));
        assert!(!matches(VERIFIER, VERIFIER, Some("s256")));
    }

    #[test]
    fn lengths_and_characters_are_those_of_the_rfc() {
        assert!(!is_verifier(&"a".repeat(42)));
        assert!(is_verifier(&"a".repeat(43)) && is_verifier(&"~".repeat(128)));
        assert!(!is_verifier(&"a".repeat(129)));
        assert!(!is_verifier(&"+".repeat(43)));
        assert!(!is_challenge(&"a".repeat(44), Some("S256")));
    }
}
