//! `RequestError`: a request that breaks a rule, and so was not sent.

use std::borrow::Cow;
use std::fmt;

/// A request that breaks a rule. Nothing was sent. `Display` says which member, and the rule.
///
/// Of what was given it shows no more than scheme and host of a URL.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestError {
    member: &'static str,
    text: Cow<'static, str>,
}

impl RequestError {
    /// `text` says what is wrong and what to do, as a sentence without its full stop.
    pub(crate) fn new(member: &'static str, text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        Self { member, text }
    }

    /// The member of the request, named as it is sent, such as `redirect_uri`.
    #[must_use]
    pub fn member(&self) -> &'static str {
        self.member
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. Nothing was sent.", self.text)
    }
}

impl fmt::Debug for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for RequestError {}
