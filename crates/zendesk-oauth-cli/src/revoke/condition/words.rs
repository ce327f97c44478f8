//! The words of a condition, each with its place.

use super::mistake::Mistake;

/// A word, and the character that it begins with, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) what: What<'a>,
    pub(super) place: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What<'a> {
    /// Letters, digits and what else stands in names.
    Plain(&'a str),
    /// What stood between double quotes.
    Quoted(&'a str),
    /// `(`, `)`, `,`, `=`, `>`, `>=`, `<`, `<=`.
    Sign(&'a str),
    /// Behind the last word.
    End,
}

impl What<'_> {
    /// As it is shown to the person who wrote it.
    pub(super) fn shown(self) -> String {
        match self {
            Self::Plain(text) | Self::Sign(text) => format!("`{}`", crate::text::printable(text)),
            Self::Quoted(text) => format!("`\"{}\"`", crate::text::printable(text)),
            Self::End => "the end".to_owned(),
        }
    }
}

/// Whether a text needs no quotes.
pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_of_a_name)
}

fn is_of_a_name(it: char) -> bool {
    !it.is_whitespace()
        && !it.is_control()
        && !matches!(it, '(' | ')' | ',' | '=' | '<' | '>' | '"')
}

/// The words of the text, and the end.
pub(super) fn words(text: &str) -> Result<Vec<Word<'_>>, Mistake> {
    let mut words = Vec::new();
    let mut rest = text;
    let mut place = 1;
    loop {
        let blanks = rest.len() - rest.trim_start().len();
        place += rest[..blanks].chars().count();
        rest = &rest[blanks..];
        let Some(first) = rest.chars().next() else {
            words.push(Word {
                what: What::End,
                place,
            });
            return Ok(words);
        };
        let (what, bytes) = match first {
            '(' | ')' | ',' | '=' => (What::Sign(&rest[..1]), 1),
            '<' | '>' => {
                let bytes = if rest[1..].starts_with('=') { 2 } else { 1 };
                (What::Sign(&rest[..bytes]), bytes)
            }
            '"' => match rest[1..].find('"') {
                Some(length) => (What::Quoted(&rest[1..=length]), length + 2),
                None => {
                    return Err(Mistake::new(
                        place,
                        "a quote begins",
                        "the `\"` that ends it",
                    ));
                }
            },
            it if !is_of_a_name(it) => {
                return Err(Mistake::new(
                    place,
                    "there is a control character",
                    "letters, digits and signs",
                ));
            }
            _ => {
                let bytes = rest.find(|it| !is_of_a_name(it)).unwrap_or(rest.len());
                (What::Plain(&rest[..bytes]), bytes)
            }
        };
        words.push(Word { what, place });
        place += rest[..bytes].chars().count();
        rest = &rest[bytes..];
    }
}
