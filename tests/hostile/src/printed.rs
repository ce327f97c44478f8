//! What may be printed of what others wrote.

use std::error::Error;

/// What no message may show: it stands in what is fed to a target where a secret stands. With a hyphen it is no code of
/// an error, which may be shown.
pub(crate) const CANARY: &str = "CANARY-";

/// More than any message has a reason to be long.
pub(crate) const LONGEST: usize = 64 * 1024;

/// Asserts what holds for every error: it says something, shows no canary, cannot steer a terminal, and ends.
pub(crate) fn assert_fit(error: &(dyn Error + 'static)) {
    assert!(
        !error.to_string().trim().is_empty(),
        "an error says nothing"
    );
    assert_fit_text(&zendesk_oauth_tests::printed(error));
}

/// The same of a text, which may have several lines.
pub(crate) fn assert_fit_text(text: &str) {
    assert!(!text.contains(CANARY), "a canary is shown: {text:?}");
    assert_steers_nothing(text);
    assert!(text.len() <= LONGEST, "{} bytes: {text:?}", text.len());
}

/// Asserts that a terminal shows a text as it is: no control characters, no change of direction.
pub(crate) fn assert_steers_nothing(text: &str) {
    let steers = |letter: char| {
        (letter.is_control() && letter != '\n')
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(steers), "it steers a terminal: {text:?}");
}

/// How many lines a text has at most, by every break that some YAML knows.
pub(crate) fn most_lines(text: &str) -> usize {
    let breaks = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
    text.matches(breaks).count() + 1
}
