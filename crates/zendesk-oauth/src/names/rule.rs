//! What a name breaks its rule with.

use std::fmt;
use std::ops::RangeInclusive;

/// The first thing about a text that the rule of a name forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It is as many characters long.
    Length(usize),
    /// This character, counted from 1, cannot be in it.
    Character { at: usize, found: char },
    /// It begins or ends with a hyphen.
    HyphenAtEnd,
}

/// Whether `text` has a length of `lengths` and consists of `allowed` alone, which are ASCII.
pub(super) fn check(
    text: &str,
    lengths: RangeInclusive<usize>,
    allowed: impl Fn(u8) -> bool,
) -> Result<(), Broken> {
    let is_allowed =
        |char: char| u8::try_from(char).is_ok_and(|byte| byte.is_ascii() && allowed(byte));
    if let Some((before, found)) = text
        .chars()
        .enumerate()
        .find(|(_, char)| !is_allowed(*char))
    {
        let at = before + 1;
        return Err(Broken::Character { at, found });
    }
    if !lengths.contains(&text.len()) {
        return Err(Broken::Length(text.len()));
    }
    Ok(())
}

/// One line of ASCII, whatever was found.
impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(0) => f.write_str("it is empty"),
            Self::Length(1) => f.write_str("it is 1 character long"),
            Self::Length(count) => write!(f, "it is {count} characters long"),
            Self::Character { at, found } => {
                write!(f, "its character {at} is `{}`", found.escape_default())
            }
            Self::HyphenAtEnd => f.write_str("it begins or ends with a hyphen"),
        }
    }
}
