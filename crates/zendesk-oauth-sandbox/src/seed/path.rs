//! Where in a seed file something stands: `clients[0].identifier`.

use std::fmt;

/// One step down from the top of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The way from the top of the file to a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(pub(super) Vec<Step>);

impl Path {
    /// A section of the file.
    pub(super) fn of(section: &str) -> Self {
        Self::default().key(section)
    }

    pub(super) fn key(mut self, key: &str) -> Self {
        self.0.push(Step::Key(key.to_owned()));
        self
    }

    pub(super) fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if at == 0 => f.write_str(shown(key))?,
                Step::Key(key) => write!(f, ".{}", shown(key))?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A key as it is shown. Our own keys are short words; what does not look like one may be a secret that
/// slipped into the place of a key.
pub(super) fn shown(key: &str) -> &str {
    let word = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    if key.len() <= 24 && !key.is_empty() && key.bytes().all(word) {
        key
    } else {
        "?"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_like_code_and_hides_what_is_no_word() {
        let path = Path::of("clients").index(3).key("identifier");
        assert_eq!(path.to_string(), "clients[3].identifier");
        assert_eq!(Path::of("CANARY-secret").to_string(), "?");
    }
}
