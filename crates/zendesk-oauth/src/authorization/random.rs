//! Random texts that nobody can guess.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zendesk_oauth_core::Secret;

use crate::Error;
use crate::error::Kind;

/// 256 bits of the system's random source.
pub(super) fn bytes() -> Result<[u8; 32], Error> {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Error::new(Kind::NoRandomness(error))),
    }
}

/// 43 characters, all of which are unreserved in URLs (RFC 3986, 2.3).
pub(super) fn text(bytes: &[u8; 32]) -> Secret {
    Secret::from(URL_SAFE_NO_PAD.encode(bytes))
}
