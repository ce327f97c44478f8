//! `encode_path`: text as one segment of a path.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters (2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Percent-encodes a path parameter, so that it stays one segment whatever it holds.
///
/// No encoding saves `.`, `..` and the empty text, because URL parsers take them (and `%2e`) away:
/// the transport refuses such a call, see [`Refusal::PathMismatch`](crate::Refusal::PathMismatch).
#[must_use]
pub fn encode_path(parameter: &str) -> Cow<'_, str> {
    utf8_percent_encode(parameter, RESERVED).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_the_segment() {
        assert_eq!(
            encode_path("zis_my-integration.v1~"),
            "zis_my-integration.v1~"
        );
        assert_eq!(
            encode_path("../a?b#c%2e d\\e\n"),
            "..%2Fa%3Fb%23c%252e%20d%5Ce%0A"
        );
        assert_eq!(encode_path("é:@&="), "%C3%A9%3A%40%26%3D");
    }
}
