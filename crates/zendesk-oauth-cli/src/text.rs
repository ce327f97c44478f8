//! Text in columns.

use unicode_width::UnicodeWidthStr as _;

/// How wide a printed line is at most.
pub(crate) const WIDTH: usize = 100;

/// How many columns of a terminal the text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text with blanks behind it, up to so many columns.
pub(crate) fn padded(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// The text with blanks before it, up to so many columns.
pub(crate) fn right_aligned(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(blanks))
}

/// The text in lines of at most so many columns, broken between words. A word that is wider has a line
/// of its own.
pub(crate) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `1 client`, `2 clients`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// `1 second`, `300 seconds`.
pub(crate) fn seconds(length: std::time::Duration) -> String {
    counted(
        usize::try_from(length.as_secs()).unwrap_or(usize::MAX),
        "second",
    )
}

/// The text without what would steer a terminal or begin a new line.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|it| {
            if it.is_control() || steers_inside_a_line(it) {
                char::REPLACEMENT_CHARACTER
            } else {
                it
            }
        })
        .collect()
}

/// As [`printable`], of a text that may have several lines of its own.
pub(crate) fn printable_lines(text: &str) -> String {
    text.split('\n')
        .map(printable)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether the character steers a terminal, or turns the direction of what stands beside it, though it is no
/// control of ASCII that JSON would escape.
pub(crate) fn steers_inside_a_line(letter: char) -> bool {
    matches!(
        letter,
        '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_a_terminal() {
        assert_eq!(padded("日本", 6), "日本  ");
        assert_eq!(right_aligned("é", 3), "  é");
        assert_eq!(padded("too long", 3), "too long");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(
            wrapped("a bc def  longer-than-that g", 4),
            ["a bc", "def", "longer-than-that", "g"]
        );
        assert!(wrapped("  ", 4).is_empty());
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(printable("a\u{1b}[1m\nb"), "a\u{fffd}[1m\u{fffd}b");
    }
}
