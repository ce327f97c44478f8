//! The address that links start with.

use std::borrow::Cow;

/// Scheme and host as the caller wrote them in `Host`, if they look like a host; or else the address that
/// is bound.
pub(crate) fn base<'a>(host: &str, address: &'a str) -> Cow<'a, str> {
    // What most callers write costs no copy.
    if address.strip_prefix("http://") == Some(host) {
        return Cow::Borrowed(address);
    }
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    if !host.is_empty() && host.len() <= 255 && host.bytes().all(legal) {
        Cow::Owned(format!("http://{host}"))
    } else {
        Cow::Borrowed(address)
    }
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn only_what_looks_like_a_host_is_repeated() {
        let address = "http://127.0.0.1:4000";
        for host in ["", "127.0.0.1:4000", "a\"b", "a/b", "é", &"x".repeat(256)] {
            assert_eq!(base(host, address), address, "{host}");
        }
        for host in ["localhost:4000", "[::1]:4000", "zendesk_1", "127.0.0.1"] {
            assert_eq!(base(host, address), format!("http://{host}"));
        }
    }
}
