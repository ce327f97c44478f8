//! What is wrong with a document: where, why, and the way out.

use std::fmt;

/// A place in a file, both numbers counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

/// One thing that is wrong with one document.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The document's path from the top of the repository.
    pub file: String,
    /// Where in the text, if that is known.
    pub position: Option<Position>,
    /// The rule that is broken, as `cargo xtask lint --rules` lists it.
    pub rule: &'static str,
    /// JSON pointer of the place; empty for the whole document.
    pub pointer: String,
    /// What is wrong, and why that matters.
    pub reason: String,
    /// What to write instead.
    pub way_out: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.file))?;
        if let Some(Position { line, column }) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": error[{}]", self.rule)?;
        if !self.pointer.is_empty() {
            write!(f, " at {}", visible(&self.pointer).replace('\n', "\\n"))?;
        }
        let (reason, way_out) = (visible(&self.reason), visible(&self.way_out));
        write!(f, "\n  why: {reason}\n  do:  {way_out}")
    }
}

/// Whether a character steers a terminal, or turns the direction of what stands beside it.
pub(crate) fn steers(character: char) -> bool {
    let is_bidirectional = matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    is_bidirectional || (character.is_control() && character != '\n')
}

/// The text of a document may be anybody's, and is quoted where it is wrong: what would steer the terminal is named.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if steers(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Everything that is wrong, never empty.
#[derive(Clone, Debug)]
pub struct Problems(pub Vec<Problem>);

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        let count = self.0.len();
        write!(f, "{count} problem{}", if count == 1 { "" } else { "s" })
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_of_a_document_does_not_steer_the_terminal() {
        let problem = Problem {
            file: "a\u{1b}[2J.yaml".to_owned(),
            position: None,
            rule: "parse",
            pointer: "/a\u{1}\nb".to_owned(),
            reason: "`\u{202e}x\u{9b}`\nis wrong".to_owned(),
            way_out: "leave `\r` out".to_owned(),
        };
        assert_eq!(
            problem.to_string(),
            r"a\u{1b}[2J.yaml: error[parse] at /a\u{1}\nb
  why: `\u{202e}x\u{9b}`
is wrong
  do:  leave `\u{d}` out"
        );
    }
}
