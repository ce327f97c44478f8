//! Scopes as OAuth writes them (RFC 6749, 3.3).

use crate::RequestError;

/// The scopes with one space between them, and nothing if there is none. A text that has several
/// already is taken apart first.
pub(crate) fn joined<S: AsRef<str>>(scopes: impl IntoIterator<Item = S>) -> Option<String> {
    let mut joined = String::new();
    for scope in scopes {
        for scope in scope.as_ref().split(' ').filter(|scope| !scope.is_empty()) {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(scope);
        }
    }
    (!joined.is_empty()).then_some(joined)
}

/// Refuses what is no scope anywhere: a blank or a control character in one, where others may have
/// rules that are not known.
#[cfg(feature = "zis")]
pub(crate) fn check(member: &'static str, joined: &str) -> Result<(), RequestError> {
    if joined.contains(|char: char| char != ' ' && (char.is_whitespace() || char.is_control())) {
        let text = format!(
            "a scope of `{member}` has a blank or a control character in it: give scopes such as \
             `read`"
        );
        return Err(RequestError::new(member, text));
    }
    Ok(())
}

/// The same as `joined`, where a scope has to be there: `none` says what to do without one.
#[cfg(any(
    feature = "support",
    feature = "oauth-tokens",
    feature = "grant-type-tokens"
))]
pub(crate) fn required<S: AsRef<str>>(
    member: &'static str,
    none: &'static str,
    scopes: impl IntoIterator<Item = S>,
) -> Result<String, RequestError> {
    let joined = joined(scopes).ok_or_else(|| RequestError::new(member, none))?;
    if !joined.bytes().all(is_scope_character_or_space) {
        return Err(RequestError::new(
            member,
            "a scope has a character that RFC 6749, 3.3 forbids: give scopes such as `read` or \
             `tickets:write`",
        ));
    }
    Ok(joined)
}

#[cfg(any(
    feature = "support",
    feature = "oauth-tokens",
    feature = "grant-type-tokens"
))]
fn is_scope_character_or_space(byte: u8) -> bool {
    matches!(byte, b' ' | 0x21 | 0x23..=0x5b | 0x5d..=0x7e)
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn scopes_are_joined_by_one_space_and_none_is_nothing() {
        assert_eq!(joined(["read", "write"]).as_deref(), Some("read write"));
        assert_eq!(joined(vec!["read".to_owned()]).as_deref(), Some("read"));
        assert_eq!(
            joined(["read", "", "write  read"]).as_deref(),
            Some("read write read")
        );
        assert_eq!(joined([""; 0]), None);
        assert_eq!(joined(["", " "]), None);
    }

    #[cfg(feature = "zis")]
    #[test]
    fn blanks_and_control_characters_are_no_part_of_a_scope() {
        use super::check;

        assert_eq!(check("scope", "read l\u{e9}er:\"x\""), Ok(()));
        for bad in ["CANARY\t", "read CANARY\n", "\u{a0}CANARY", "CANARY\0"] {
            let text = check("scope", bad).unwrap_err().to_string();
            assert!(
                text.contains("`scope`") && !text.contains("CANARY"),
                "{text}"
            );
        }
    }

    #[cfg(any(
        feature = "support",
        feature = "oauth-tokens",
        feature = "grant-type-tokens"
    ))]
    #[test]
    fn none_and_odd_ones_are_refused_where_one_is_required() {
        use super::required;

        assert_eq!(
            required("scope", "no scope", ["read  write", "", "tickets:write"]).as_deref(),
            Ok("read write tickets:write")
        );
        for (scopes, what) in [
            (&[][..], "no scope"),
            (&["", " "], "no scope"),
            (&["read\twrite"], "forbids"),
            (&["CANARY-\""], "forbids"),
            (&["l\u{e9}er"], "forbids"),
        ] {
            let error = required("scope", "no scope", scopes).unwrap_err();
            let text = error.to_string();
            assert!(text.contains(what) && !text.contains("CANARY"), "{text}");
            assert_eq!(error.member(), "scope");
        }
    }
}
