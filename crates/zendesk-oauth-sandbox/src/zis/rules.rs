//! What names, addresses and scopes may look like.

use axum::http::Uri;

use crate::http::is_web_url;

/// What stands for the subdomain in the URLs of a third party.
const SUBDOMAIN: &str = "{subdomain}";

/// The longest text that is taken.
const LONGEST: usize = 2_048;

/// The name of an integration: up to 64 of a-z, 0-9, `-` and `_`.
pub(crate) fn is_integration_name(text: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}

/// The name of a connection: 3 to 64 of A-Z, a-z, 0-9, `-` and `_`. Inferred for a ZIS OAuth client's.
pub(crate) fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (3..=64).contains(&text.len()) && text.bytes().all(allowed)
}

/// 8-4-4-4-12 hexadecimal digits.
pub(super) fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    let digits = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(digits)
}

/// Words of RFC 6749, section 3.3, with single spaces between them.
pub(super) fn is_scope(text: &str) -> bool {
    let allowed = |byte: u8| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    let word = |word: &str| !word.is_empty() && word.bytes().all(allowed);
    text.len() <= LONGEST && text.split(' ').all(word)
}

/// The first label of a host name.
pub(super) fn is_subdomain(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&text.len()) && text.bytes().all(allowed)
}

/// Some text, and not without end.
pub(super) fn is_filled(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= LONGEST
}

/// An absolute URL of the web.
pub(super) fn is_url(text: &str) -> bool {
    text.len() <= LONGEST && is_web_url(text)
}

/// An absolute URL of the web, in which a subdomain may be left open.
pub(super) fn is_url_pattern(text: &str) -> bool {
    is_url(&text.replace(SUBDOMAIN, "subdomain"))
}

/// The URL with its subdomain; none if it has an open one and there is nothing to put there.
pub(super) fn with_subdomain(pattern: &str, subdomain: Option<&str>) -> Option<String> {
    if !pattern.contains(SUBDOMAIN) {
        return Some(pattern.to_owned());
    }
    subdomain.map(|subdomain| pattern.replace(SUBDOMAIN, subdomain))
}

/// Whether OAuth towards this token URL is OAuth towards Zendesk: the one use for which the connection
/// name `zendesk` is reserved. That the token URL decides is our reading of it.
pub(super) fn is_zendesk(token_url: &str) -> bool {
    let Ok(uri) = token_url.parse::<Uri>() else {
        return false;
    };
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let known = host.ends_with(".zendesk.com") || host == "localhost" || host == "127.0.0.1";
    known && uri.path() == "/oauth/tokens"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_documented() {
        for good in ["abc", "my_Oauth-Client9", &"x".repeat(64)] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "ab", "a b", "näme", "a.b", &"x".repeat(65)] {
            assert!(!is_name(bad), "{bad}");
        }
        assert!(is_integration_name("my_integration-2"));
        for bad in ["", "My_integration", "a.json", &"x".repeat(65)] {
            assert!(!is_integration_name(bad), "{bad}");
        }
    }

    #[test]
    fn a_uuid_has_five_groups() {
        assert!(is_uuid("9c81f444-4beb-4ba7-9bcc-6b2d068e7ade"));
        for bad in [
            "",
            "9c81f4444beb4ba79bcc6b2d068e7ade",
            "9c81f444-4beb-4ba7-9bcc-6b2d068e7adg",
            "-----",
        ] {
            assert!(!is_uuid(bad), "{bad}");
        }
    }

    #[test]
    fn an_open_subdomain_is_filled_or_missed() {
        let pattern = "https://{subdomain}.example.com/oauth/token";
        assert!(is_url_pattern(pattern) && !is_url(pattern));
        assert_eq!(
            with_subdomain(pattern, Some("foobar")).as_deref(),
            Some("https://foobar.example.com/oauth/token")
        );
        assert_eq!(with_subdomain(pattern, None), None);
        assert_eq!(
            with_subdomain("https://a.example", None).as_deref(),
            Some("https://a.example")
        );
    }

    #[test]
    fn scopes_are_words() {
        assert!(is_scope("read tickets:write api://audience/.default"));
        for bad in ["", " read", "read  write", "read\nwrite", "\"read\""] {
            assert!(!is_scope(bad), "{bad}");
        }
    }
}
