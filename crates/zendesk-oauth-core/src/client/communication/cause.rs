//! `Cause`: why the HTTP client failed, in words of a fixed list.
//!
//! Errors below reqwest are an open set and some quote what they were given: host names of a
//! certificate, bytes of an answer. So none of their text is passed on; it is recognised, and
//! replaced by ours.

use std::error::Error;
use std::fmt;
use std::io;

use CauseKind::{Interruption, NoTls, Other, Tls};

/// The causes of a failed exchange, outermost first.
#[derive(Clone)]
pub(in crate::client) struct Cause {
    text: Box<str>,
    kind: CauseKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CauseKind {
    Tls,
    Interruption,
    /// This side has no TLS.
    NoTls,
    Other,
}

/// What a cause's text contains, what it says in our words, and what that means. The first match
/// counts.
const KNOWN: &[(&str, &str, CauseKind)] = &[
    ("certificate expired", "the certificate has expired", Tls),
    (
        "certificate not valid yet",
        "the certificate is not valid yet",
        Tls,
    ),
    (
        "certificate not valid for name",
        "the certificate is for another host",
        Tls,
    ),
    (
        "invalid peer certificate: UnknownIssuer",
        "the certificate's issuer is not trusted",
        Tls,
    ),
    (
        "invalid peer certificate",
        "the certificate is not accepted",
        Tls,
    ),
    (
        "certificate verify failed",
        "the certificate is not accepted",
        Tls,
    ),
    (
        "unexpected error while verifying certificate",
        "the certificate could not be checked",
        Tls,
    ),
    (
        "received corrupt message",
        "the server does not speak TLS on this port",
        Tls,
    ),
    (
        "wrong version number",
        "the server does not speak TLS on this port",
        Tls,
    ),
    (
        "received fatal alert",
        "the server broke off the TLS handshake",
        Tls,
    ),
    (
        "peer is incompatible",
        "the server and this client share no version of TLS",
        Tls,
    ),
    (
        "tls handshake eof",
        "the server broke off the TLS handshake",
        Tls,
    ),
    ("SSL routines", "the TLS handshake failed", Tls),
    (
        "URL scheme is not allowed",
        "the HTTP client was built for another scheme, or without TLS",
        NoTls,
    ),
    (
        "scheme is not http",
        "the HTTP client was built without TLS",
        NoTls,
    ),
    (
        "failed to lookup address",
        "the host name does not resolve",
        Other,
    ),
    (
        "error resolving DNS",
        "the host name does not resolve",
        Other,
    ),
    ("dns error", "the host name does not resolve", Other),
    ("unsuccessful tunnel", "the proxy refused to connect", Other),
    (
        "proxy authorization required",
        "the proxy wants credentials",
        Other,
    ),
    ("timed out", "the time ran out", Other),
    ("deadline has elapsed", "the time ran out", Other),
    (
        "connection closed before message completed",
        "the server closed the connection",
        Interruption,
    ),
    (
        "end of file before message length reached",
        "the server closed the connection too early",
        Interruption,
    ),
    (
        "unexpected EOF",
        "the server closed the connection too early",
        Interruption,
    ),
    (
        "peer closed connection without sending TLS close_notify",
        "the server closed the connection",
        Interruption,
    ),
    (
        "stream closed because of a broken pipe",
        "the server closed the connection",
        Interruption,
    ),
    ("http2 error", "the HTTP/2 connection broke", Interruption),
    ("channel closed", "the connection was closed", Interruption),
    (
        "operation was canceled",
        "the connection was closed",
        Interruption,
    ),
    ("invalid HTTP", "the answer is not HTTP", Other),
    (
        "invalid content-length parsed",
        "the answer is not HTTP",
        Other,
    ),
    (
        "message head is too large",
        "the headers of the answer are too large",
        Other,
    ),
];

impl Cause {
    /// The recognised causes below `error`.
    pub(in crate::client) fn of(error: &(dyn Error + 'static)) -> Option<Self> {
        let mut found = Vec::new();
        let mut next = error.source();
        // Errors can in principle be their own source.
        for _ in 0..16 {
            let Some(cause) = next else { break };
            found.extend(recognise(cause));
            next = inner(cause);
        }
        let kind = [NoTls, Tls, Interruption]
            .into_iter()
            .find(|kind| found.iter().any(|(_, found)| found == kind));
        let mut texts: Vec<String> = found.into_iter().map(|(text, _)| text).collect();
        texts.dedup();
        (!texts.is_empty()).then(|| Self {
            text: texts.join(": ").into(),
            kind: kind.unwrap_or(Other),
        })
    }

    pub(super) fn is_tls(&self) -> bool {
        matches!(self.kind, Tls | NoTls)
    }

    /// Whether this side has no TLS at all.
    pub(super) fn lacks_tls(&self) -> bool {
        self.kind == NoTls
    }

    pub(super) fn is_interruption(&self) -> bool {
        self.kind == Interruption
    }
}

/// The next error down. That of an `io::Error` is what it wraps, which its own `source` skips.
fn inner<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

/// One error in our words, or the operating system's for its own codes.
fn recognise(error: &(dyn Error + 'static)) -> Option<(String, CauseKind)> {
    if let Some(io) = error.downcast_ref::<io::Error>() {
        if let Some(code) = io.raw_os_error() {
            return Some((
                io::Error::from_raw_os_error(code).to_string(),
                broken(io.kind()),
            ));
        }
        // A wrapped error is recognised by itself, one level down.
        return io
            .get_ref()
            .is_none()
            .then(|| (io.kind().to_string(), broken(io.kind())));
    }
    let text = error.to_string();
    let (_, ours, kind) = KNOWN.iter().find(|(theirs, ..)| text.contains(theirs))?;
    Some(((*ours).to_owned(), *kind))
}

fn broken(kind: io::ErrorKind) -> CauseKind {
    use io::ErrorKind::{
        BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof,
    };
    match kind {
        BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected | UnexpectedEof => {
            Interruption
        }
        _ => Other,
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for Cause {}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Layer(&'static str, Option<Box<dyn Error + 'static>>);

    impl fmt::Display for Layer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Layer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref()
        }
    }

    fn cause(inner: impl Error + 'static) -> Option<Cause> {
        Cause::of(&Layer(
            "top CANARY",
            Some(Box::new(Layer("middle CANARY", Some(Box::new(inner))))),
        ))
    }

    #[test]
    fn known_texts_are_replaced_and_unknown_ones_left_out() {
        assert!(cause(Layer("CANARY", None)).is_none());
        let found = cause(Layer("certificate not valid for name \"CANARY\"", None)).unwrap();
        assert_eq!(found.to_string(), "the certificate is for another host");
        assert!(found.is_tls());
    }

    #[test]
    fn io_errors_give_their_code_or_what_they_wrap() {
        let refused = cause(io::Error::from_raw_os_error(111)).unwrap();
        assert!(refused.to_string().contains("os error 111"));
        let wrapped = Layer("invalid peer certificate: UnknownIssuer", None).0;
        let tls = cause(io::Error::new(io::ErrorKind::InvalidData, wrapped)).unwrap();
        assert_eq!(tls.to_string(), "the certificate's issuer is not trusted");
        let reset = cause(io::Error::from(io::ErrorKind::ConnectionReset)).unwrap();
        assert!(reset.is_interruption());
        assert!(cause(io::Error::other("CANARY")).is_none());
    }
}
