//! What may be shown of text that a caller made up.

use axum::http::Method;

/// What stands for text that is not shown.
pub(crate) const HIDDEN: &str = "…";

/// Longer than every name that is known here, and shorter than most secrets.
const LONGEST_NAME: usize = 32;

/// A name, if it looks like one.
pub(crate) fn shown_name(name: &str) -> &str {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"_[].-".contains(&byte);
    if (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(legal) {
        name
    } else {
        HIDDEN
    }
}

/// A method, if RFC 9110 or RFC 5789 defines it.
pub(crate) fn shown_method(method: &Method) -> &str {
    const KNOWN: [Method; 9] = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
        Method::CONNECT,
    ];
    if KNOWN.contains(method) {
        method.as_str()
    } else {
        HIDDEN
    }
}
