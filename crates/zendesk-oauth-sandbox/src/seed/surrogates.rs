//! The one thing that JSON writes and YAML does not read: a character beyond the basic plane as two
//! escapes (RFC 8259, section 7).

use std::borrow::Cow;

/// The text with each such pair as the one escape that YAML has for it, if it looks like JSON. Columns
/// to the right of one are two less.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    if !text.trim_start().starts_with('{') || !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        joined.push_str(before);
        // An escaped backslash does not begin an escape.
        let length = match pair(escape) {
            Some(character) => {
                joined.push_str(&format!("\\U{:08X}", u32::from(character)));
                PAIR
            }
            None => {
                let next = escape.chars().nth(1).map_or(0, char::len_utf8);
                joined.push_str(&escape[..=next]);
                1 + next
            }
        };
        rest = &escape[length..];
    }
    joined.push_str(rest);
    Cow::Owned(joined)
}

/// The length of `\ud83d\ude00`.
const PAIR: usize = 12;

fn pair(text: &str) -> Option<char> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        let hexadecimal = digits.bytes().all(|it| it.is_ascii_hexdigit());
        hexadecimal.then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let mut decoded = char::decode_utf16([unit(0)?, unit(6)?]);
    match (decoded.next(), decoded.next()) {
        (Some(Ok(character)), None) => Some(character),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn pairs_are_joined_and_nothing_else_is_touched() {
        let cases = [
            (r#"{"a\ud83d\ude00b"}"#, r#"{"a\U0001F600b"}"#),
            (r#"{"\\ud83d\ude00"}"#, r#"{"\\ud83d\ude00"}"#),
            (r#"{"\u00eb\u00eb"}"#, r#"{"\u00eb\u00eb"}"#),
            (r#"{"\ud83d"}"#, r#"{"\ud83d"}"#),
            (r#"{"\ud83dé\"#, r#"{"\ud83dé\"#),
            (r#"{"\u"é\é"#, r#"{"\u"é\é"#),
            (r"a: \ud83d\ude00", r"a: \ud83d\ude00"),
        ];
        for (text, expected) in cases {
            assert_eq!(joined(text), expected);
        }
    }
}
