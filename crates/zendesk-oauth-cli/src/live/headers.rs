//! Headers that say nothing about an API: HTTP's own, and those of whatever stands before a server.

/// In small letters.
const ORDINARY: [&str; 40] = [
    "accept-ranges",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "age",
    "alt-svc",
    "cache-control",
    "cf-cache-status",
    "cf-ray",
    "connection",
    "content-encoding",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "date",
    "etag",
    "expires",
    "keep-alive",
    "last-modified",
    "link",
    "nel",
    "permissions-policy",
    "pragma",
    "referrer-policy",
    "report-to",
    "server",
    "server-timing",
    "set-cookie",
    "strict-transport-security",
    "traceparent",
    "transfer-encoding",
    "vary",
    "via",
    "www-authenticate",
    "x-cache",
    "x-content-type-options",
    "x-frame-options",
    "x-permitted-cross-domain-policies",
    "x-runtime",
    "x-xss-protection",
];

/// Whether a document need not name this header.
pub(super) fn is_ordinary(name: &str) -> bool {
    ORDINARY.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(ORDINARY.is_sorted());
        assert!(is_ordinary("date") && is_ordinary("x-runtime") && !is_ordinary("x-rate-limit"));
    }
}
