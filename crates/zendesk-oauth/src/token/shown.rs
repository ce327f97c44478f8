//! Texts of others in messages.

/// A text in one line: of control characters their escapes.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn control_characters_are_shown_as_their_escapes() {
        let shown = one_line("x\ny\u{1b}[31m \u{85}l\u{e9}er");
        assert_eq!(shown, "x\\ny\\u{1b}[31m \\u{85}l\u{e9}er");
    }
}
