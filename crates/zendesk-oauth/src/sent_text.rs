//! What no text of a request may hold, whatever else its rule is. What it is is never shown.

use crate::RequestError;

/// Refuses a text that is blank or holds a control character.
pub(crate) fn check_filled(member: &'static str, text: &str) -> Result<(), RequestError> {
    if text.trim().is_empty() {
        let text = format!("`{member}` is empty, and Zendesk demands one: give it");
        return Err(RequestError::new(member, text));
    }
    check_printable(member, text)
}

/// Refuses a text that holds a control character.
pub(crate) fn check_printable(member: &'static str, text: &str) -> Result<(), RequestError> {
    check_without(member, text, char::is_control)
}

/// Refuses a text of several lines that holds any other control character than a line feed or a tab.
#[cfg(feature = "support")]
pub(crate) fn check_lines(member: &'static str, text: &str) -> Result<(), RequestError> {
    check_without(member, text, |char| {
        char.is_control() && !matches!(char, '\n' | '\t')
    })
}

fn check_without(
    member: &'static str,
    text: &str,
    is_refused: impl Fn(char) -> bool,
) -> Result<(), RequestError> {
    let Some(before) = text.chars().position(is_refused) else {
        return Ok(());
    };
    let text = format!(
        "character {} of `{member}` is a control character, such as a line feed that was pasted \
         with it: leave it out",
        before + 1
    );
    Err(RequestError::new(member, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_texts_and_control_characters_are_refused_and_not_shown() {
        assert_eq!(check_filled("name", "Caf\u{e9} 1"), Ok(()));
        assert_eq!(check_printable("name", ""), Ok(()));
        for (text, why) in [
            ("", "`name` is empty"),
            (" \t", "`name` is empty"),
            ("CANARY\n", "character 7 of `name`"),
            ("\u{7f}CANARY", "character 1 of `name`"),
            ("\u{e9}\u{85}CANARY", "character 2 of `name`"),
            ("CAN\0ARY", "character 4 of `name`"),
        ] {
            let error = check_filled("name", text).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(text.contains(why) && !text.contains("CAN"), "{text}");
            assert!(!text.contains(char::is_control), "{text}");
            assert_eq!(error.member(), "name");
        }
    }

    #[cfg(feature = "support")]
    #[test]
    fn a_text_of_several_lines_may_have_line_feeds_and_tabs() {
        assert_eq!(check_lines("description", "a\n\tb"), Ok(()));
        assert!(check_lines("description", "a\rb").is_err());
        assert!(check_lines("description", "a\0b").is_err());
    }
}
