//! Addresses that callers sent.

/// An address without query, fragment and userinfo; nothing if it is not one.
pub(super) fn bare_uri(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once("://")?;
    let scheme_like = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
    if scheme.is_empty() || !scheme.bytes().all(scheme_like) {
        return None;
    }
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let rest = &rest[..end];
    // Some take a backslash for a slash, so that what is before an `@` is userinfo to one of them only.
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    let (_, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    (!path.contains('@')).then(|| format!("{scheme}://{host}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_hide_userinfo_are_not_shown() {
        assert_eq!(
            bare_uri("https://a@b@example.com/c").as_deref(),
            Some("https://example.com/c")
        );
        assert_eq!(bare_uri("https://example.com\\CANARY@x"), None);
        assert_eq!(bare_uri("CANARY"), None);
        assert_eq!(bare_uri("CANARY CANARY://x"), None);
    }
}
