//! `Cursor`: a place in a list.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// A place in a list, to go on from later. It is text that only Zendesk reads, and no secret. It
/// belongs to the sort order of the list that it came from (observed: with another order Zendesk
/// answers 400).
///
/// ```
/// use zendesk_oauth::pages::Cursor;
///
/// let stored = Cursor::new("eyJvIjoiaWQiLCJ2IjoiODY3ODUzMCJ9").to_string();
/// let cursor: Cursor = stored.parse()?;
/// assert_eq!(cursor.as_str(), "eyJvIjoiaWQiLCJ2IjoiODY3ODUzMCJ9");
/// # Ok::<(), std::convert::Infallible>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor(Box<str>);

impl Cursor {
    /// A cursor that was kept as text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into_boxed_str())
    }

    /// Its text, to be kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl FromStr for Cursor {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::new(text))
    }
}

impl From<&str> for Cursor {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&Cursor> for Cursor {
    fn from(cursor: &Cursor) -> Self {
        cursor.clone()
    }
}

impl AsRef<str> for Cursor {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
