//! The path of a callback, which nobody can guess.

use std::fmt::Write as _;

use super::FlowError;

/// A path of 128 random bits: another program, or a page in the same browser, cannot hand the
/// listener a code of its own.
pub(super) struct CallbackPath(String);

impl CallbackPath {
    pub(super) fn random() -> Result<Self, FlowError> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| FlowError::NoRandomness)?;
        Ok(Self::of(bytes))
    }

    pub(super) fn of(bytes: [u8; 16]) -> Self {
        let mut path = "/".to_owned();
        for byte in bytes {
            let _ = write!(path, "{byte:02x}");
        }
        Self(path)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `path` is this one, in a time that does not depend on how much of it is.
    pub(super) fn is(&self, path: &str) -> bool {
        let pairs = self.0.bytes().zip(path.bytes());
        let difference = pairs.fold(0, |difference, (own, other)| difference | (own ^ other));
        self.0.len() == path.len() && difference == 0
    }
}

#[cfg(test)]
mod tests {
    use super::CallbackPath;

    #[test]
    fn only_the_whole_path_is_it_and_no_two_are_the_same() {
        let path = CallbackPath::of([0x5a; 16]);
        let text = format!("/{}", "5a".repeat(16));
        assert_eq!(path.as_str(), text);
        assert!(path.is(&text));
        for other in ["", "/", &text[1..], &text[..32], &format!("{text}/"), "/é"] {
            assert!(!path.is(other), "{other}");
        }
        assert!(!path.is(&text.to_uppercase()));
        let random = CallbackPath::random().unwrap();
        assert!(!random.is(CallbackPath::random().unwrap().as_str()));
    }
}
