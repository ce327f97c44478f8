//! The id of an answer.

use axum::http::{HeaderName, HeaderValue};

/// The header that the id is in.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const LENGTH: usize = 20;

/// An id as long as those that were observed. It does not show that it is a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestId([u8; LENGTH]);

impl RequestId {
    /// The id of that number. The suffix is a few letters.
    pub(crate) fn of(number: u64, suffix: &'static str) -> Self {
        // SplitMix64: any bijection that hides the counting will do.
        let mut mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let mut id = *b"                -   ";
        let (digits, rest) = id.split_at_mut(16);
        for digit in digits.iter_mut().rev() {
            *digit = b"0123456789abcdef"[(mixed & 0xf) as usize];
            mixed >>= 4;
        }
        for (letter, own) in suffix.bytes().zip(&mut rest[1..]) {
            *own = letter;
        }
        Self(id)
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("digits and letters are text")
    }

    pub(crate) fn header(self) -> HeaderValue {
        HeaderValue::from_bytes(&self.0).expect("digits and letters are a header")
    }
}

#[cfg(test)]
mod tests {
    use super::RequestId;

    #[test]
    fn ids_are_hexadecimal_and_their_own() {
        let written = |number| RequestId::of(number, "SBX").as_str().to_owned();
        assert_eq!(written(0), "0000000000000000-SBX");
        assert_eq!(written(1), "e220a8397b1dcdaf-SBX");
        assert_ne!(written(1), written(2));
        assert_eq!(&RequestId::of(1, "CTL").as_str()[16..], "-CTL");
    }
}
