//! What a server wrote and may still be printed: an allow-list, because error texts quote what was
//! sent.

/// The text of an expired, revoked or malformed bearer token (observed on the Support API, header
/// measured 2026-08).
const INVALID_TOKEN: &str =
    "The access token provided is expired, revoked, malformed or invalid for other reasons.";
/// Bad credentials on the Support API.
pub(crate) const NOT_AUTHENTICATED: &str = "Couldn't authenticate you";
/// A token of another OAuth client than the integration's own, on ZIS (observed 2026-07).
pub(crate) const INTEGRATION_MISMATCH: &str = "Authorization failed due to integration mismatch";
/// An OAuth token on an endpoint of ZIS that wants another kind of credentials (observed 2026-07).
pub(crate) const OAUTH_DISABLED: &str =
    "Authorization failed due to OAuth being disabled for this API request";
/// An API token on ZIS's connections (observed 2026-07).
pub(crate) const API_TOKEN_REFUSED: &str = "API token is not supported";
/// Followed by the names of the scopes.
pub(crate) const MISSING_SCOPES: &str = "Missing the following required scopes: ";

/// Texts that Zendesk documents or was seen to send, none of which quotes the request.
const KNOWN: &[&str] = &[
    INVALID_TOKEN,
    NOT_AUTHENTICATED,
    INTEGRATION_MISMATCH,
    OAUTH_DISABLED,
    API_TOKEN_REFUSED,
    "A comment is required to update your request.",
    "Access to this resource is restricted. Please contact the account administrator for assistance.",
    "Authentication failed",
    "Description: cannot be blank",
    "Forbidden",
    "Invalid request",
    "Invalid value for: Integration. Desc: Integration cannot be nil",
    "Not found",
    "Number of allowed API requests per minute exceeded",
    "Pagination requests using Offset Pagination are limited to page 100 or up to 10000 records (page * per_page)",
    "Parameter  cannot specify more than 100 values",
    "Record validation errors",
    "Requester creation collision - please try again",
    "The method is not allowed for the requested URL.",
    "The server could not verify that you are authorized to access the requested resource",
    "Too many requests",
    "Unauthorized",
    "You do not have access to this page. Please contact the account owner of this help desk for further help.",
    "You passed an invalid value for the password attribute. must be a string",
];

/// The longest list of scopes that is printed, in bytes.
const SCOPES_LIMIT: usize = 256;

/// Codes of more than one word that Zendesk was seen to send.
const KNOWN_CODES: &[&str] = &["Invalid attribute", "Method Not Allowed", "Not Found"];

/// A code: one word of up to 48 letters and underscores, or up to five digits, or a known text in
/// its place. Several words may be a sentence that quotes the request.
pub(crate) fn printable_code(code: &str) -> Option<&str> {
    let name = code.len() <= 48
        && code.starts_with(|first: char| first.is_ascii_alphabetic())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let number = (1..=5).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
    (name || number || KNOWN_CODES.contains(&code))
        .then_some(code)
        .or_else(|| printable_message(code))
}

/// A message, when it is one of the known texts word for word.
pub(crate) fn printable_message(message: &str) -> Option<&str> {
    let scopes = message.strip_prefix(MISSING_SCOPES).is_some_and(|scopes| {
        scopes.len() <= SCOPES_LIMIT
            && scopes
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || b"_:, ".contains(&byte))
    });
    (scopes || KNOWN.contains(&message)).then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_names_or_short_numbers() {
        for code in [
            "RecordInvalid",
            "invalid_token",
            "Method Not Allowed",
            "1200",
            "1",
            NOT_AUTHENTICATED,
        ] {
            assert_eq!(printable_code(code), Some(code));
        }
        let long = "a".repeat(49);
        for text in [
            "",
            " a",
            "_a",
            "No user with password correct horse battery",
            "Token abcdefghijkl is unknown",
            "123456",
            "CANARY-1",
            "a1",
            "a\n",
            "é",
            "a.b",
            long.as_str(),
        ] {
            assert_eq!(printable_code(text), None, "{text}");
        }
    }

    #[test]
    fn messages_are_known_word_for_word() {
        for message in KNOWN {
            assert_eq!(printable_message(message), Some(*message));
        }
        for text in [
            "Not found ",
            "not found",
            "Not found: CANARY",
            "",
            "Couldn’t authenticate you",
        ] {
            assert_eq!(printable_message(text), None, "{text}");
        }
    }

    #[test]
    fn missing_scopes_are_named_unless_they_are_not_scopes() {
        let message = "Missing the following required scopes: read, oauth_clients:write";
        assert_eq!(printable_message(message), Some(message));
        assert_eq!(
            printable_message("Missing the following required scopes: CANARY"),
            None
        );
        assert_eq!(
            printable_message(&format!("{MISSING_SCOPES}{}", "a".repeat(257))),
            None
        );
    }
}
