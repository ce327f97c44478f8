//! What of a caller's input may stand in an error.

/// `input` in backticks, as far as it is surely a name, or scheme, host and path of a URL; else
/// `[not shown]`, since somebody may have passed a token by mistake.
///
/// What is shown has one line of at most 100 lower-case letters, digits and `.-_/:{}[]`. No part of
/// a path has more than 24 of them, nor, without a scheme, what is between dots. Userinfo is never
/// shown, as `@` is none of them, nor what begins with `?` or `#`.
///
/// ```
/// use zendesk_oauth_core::printable_input;
///
/// assert_eq!(printable_input("https://acme.example/?token=1"), "`https://acme.example/`");
/// assert_eq!(printable_input("ps55XW1CbNj_hKnzwJU3yc"), "[not shown]");
/// ```
#[doc(hidden)]
#[must_use]
pub fn printable_input(input: &str) -> String {
    let hidden = || "[not shown]".to_owned();
    let (scheme, rest) = input.trim().split_once("://").unwrap_or(("", input.trim()));
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    if rest.len() > 100 {
        return hidden();
    }
    let host_like = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_/:{}[]".contains(&byte)
    };
    if !rest.bytes().all(host_like)
        || !scheme.bytes().all(|byte| byte.is_ascii_lowercase())
        || scheme.len() > 8
    {
        return hidden();
    }
    // A longer part might be a token in hexadecimal, or the random half of one with a prefix.
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_short = |text: &str| text.split(['.', '/', ':']).all(|part| part.len() <= 24);
    if !is_short(path) || (scheme.is_empty() && !is_short(host)) {
        return hidden();
    }
    if scheme.is_empty() {
        format!("`{rest}`")
    } else {
        format!("`{scheme}://{rest}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_token_between_dots_or_slashes_is_not_shown() {
        let hex = "0123456789abcdef".repeat(4);
        for token in [
            format!("sk_live.{}", &hex[..48]),
            format!("zendesk.{}", &hex[..57]),
            hex[..25].to_owned(),
            format!("acme.zendesk.com/{}", &hex[..25]),
            format!("acme.zendesk.com:{}", &hex[..25]),
            format!("https://acme.zendesk.com/api/{}", &hex[..25]),
            format!("https://acme.zendesk.com/{}/x", &hex[..25]),
        ] {
            assert_eq!(printable_input(&token), "[not shown]", "{token}");
        }
    }

    #[test]
    fn what_is_neither_a_name_nor_an_address_is_not_shown() {
        for input in [
            "Secret",
            "two words",
            "https://user@acme.example/",
            "user:pass@acme.example",
            "Https://acme.example/",
            "ht-tps://acme.example/",
            "abcdefghi://acme.example/",
            "https://acme.example/Token",
        ] {
            assert_eq!(printable_input(input), "[not shown]", "{input}");
        }
        assert_eq!(printable_input("abcdefgh://a"), "`abcdefgh://a`");
        assert_eq!(printable_input(" acme#token "), "`acme`");
    }

    #[test]
    fn at_most_100_characters_are_shown() {
        let longest = "name.".repeat(20);
        assert_eq!(printable_input(&longest), format!("`{longest}`"));
        for more in ["s", "some.more"] {
            let input = format!("{longest}{more}");
            assert_eq!(printable_input(&input), "[not shown]", "{input}");
        }
    }

    #[test]
    fn what_looks_like_a_name_or_an_address_is_shown() {
        for name in [
            "acme",
            "acme.zendesk.com",
            "https://a-company-with-a-rather-long-name.zendesk.com/api/v2",
            "http://[::1]:8080/api/services/zis",
            "{subdomain}.zendesk.com",
            &"a".repeat(24),
        ] {
            assert_eq!(printable_input(name), format!("`{name}`"));
        }
    }
}
