//! The query of a URL, or a form body: names and values, decoded.

use std::borrow::Cow;

/// Decoded pairs in the order in which they were sent.
#[derive(Default)]
pub(crate) struct Query<'a> {
    pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Query<'a> {
    /// The pairs of `application/x-www-form-urlencoded` text. Bytes that are not UTF-8 become U+FFFD,
    /// so that they match nothing that the sandbox knows.
    pub(crate) fn parse(text: &'a [u8]) -> Self {
        Self {
            pairs: form_urlencoded::parse(text).collect(),
        }
    }

    /// The last value of that name: what Rails takes when a name comes twice.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.pairs.iter().rev();
        found
            .find(|(key, _)| key == name)
            .map(|(_, value)| &**value)
    }

    /// Whether the name was sent, with a value or without.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Every pair, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (&**name, &**value))
    }
}
