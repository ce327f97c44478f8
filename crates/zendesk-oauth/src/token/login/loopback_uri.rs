//! `LoopbackUri`: a redirect URI that can be listened on.

use reqwest::Url;

const SCHEME: &str = "http://";

/// A redirect URI of http to 127.0.0.1 or localhost, taken apart around its port. What is sent is
/// put together from the text as it was given, since Zendesk compares it with the registered one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LoopbackUri<'a> {
    scheme_and_host: &'a str,
    /// None if it is to be any that is free.
    port: Option<u16>,
    rest: &'a str,
}

impl<'a> LoopbackUri<'a> {
    /// Nothing if it cannot be listened on: another scheme, or another host.
    pub(super) fn parse(uri: &'a str) -> Option<Self> {
        let url = Url::parse(uri).ok()?;
        let host = url.host_str()?;
        let is_known = url.scheme() == "http"
            && matches!(host, "localhost" | "127.0.0.1")
            && url.username().is_empty()
            && url.password().is_none();
        if !is_known {
            return None;
        }
        // Of spellings that browsers mend, such as one with more slashes, nothing is made.
        let authority_and_rest = uri.get(SCHEME.len()..)?;
        let end = authority_and_rest.find(['/', '?', '#', '\\']);
        let authority = &authority_and_rest[..end.unwrap_or(authority_and_rest.len())];
        // No host of ours has a colon in it.
        let (written, port) = authority.split_once(':').unwrap_or((authority, ""));
        if !written.eq_ignore_ascii_case(host) || !uri[..SCHEME.len()].eq_ignore_ascii_case(SCHEME)
        {
            return None;
        }
        let port = match port {
            "" => None,
            digits => Some(digits.parse().ok()?),
        };
        let (scheme_and_host, _) = uri.split_at(SCHEME.len() + written.len());
        let (_, rest) = uri.split_at(SCHEME.len() + authority.len());
        Some(Self {
            scheme_and_host,
            port: port.filter(|port| *port != 0),
            rest,
        })
    }

    /// The port to listen on; 0 is any that is free.
    pub(super) fn port(&self) -> u16 {
        self.port.unwrap_or(0)
    }

    /// The URI to be sent, where this port is listened on: as it was given if it has a port.
    pub(super) fn listened_on(&self, port: u16) -> String {
        let port = self.port.unwrap_or(port);
        format!("{}:{port}{}", self.scheme_and_host, self.rest)
    }

    /// The URI to be sent, where nothing is listened on.
    pub(super) fn not_listened_on(&self) -> String {
        match self.port {
            Some(port) => self.listened_on(port),
            None => format!("{}{}", self.scheme_and_host, self.rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_port_is_used_as_it_is_given() {
        for uri in [
            "http://127.0.0.1:8085/callback",
            "http://localhost:8085/callback?kept=1",
            "http://127.0.0.1:80/a:b",
            "http://127.0.0.1:1",
            "http://127.0.0.1:65535?kept=http://x:2/",
            "HTTP://LOCALHOST:3000/cb",
        ] {
            let parsed = LoopbackUri::parse(uri).expect(uri);
            assert_ne!(parsed.port(), 0, "{uri}");
            assert_eq!(parsed.listened_on(9), uri);
            assert_eq!(parsed.not_listened_on(), uri);
        }
        let parsed = LoopbackUri::parse("http://127.0.0.1:8085/callback").unwrap();
        assert_eq!(parsed.port(), 8085);
    }

    #[test]
    fn without_a_port_it_is_any_that_is_free() {
        for (uri, listened_on, not) in [
            (
                "http://127.0.0.1/cb",
                "http://127.0.0.1:9/cb",
                "http://127.0.0.1/cb",
            ),
            (
                "http://127.0.0.1:0/cb",
                "http://127.0.0.1:9/cb",
                "http://127.0.0.1/cb",
            ),
            (
                "http://localhost:?x",
                "http://localhost:9?x",
                "http://localhost?x",
            ),
            ("http://localhost", "http://localhost:9", "http://localhost"),
        ] {
            let parsed = LoopbackUri::parse(uri).expect(uri);
            assert_eq!(parsed.port(), 0, "{uri}");
            assert_eq!(parsed.listened_on(9), listened_on);
            assert_eq!(parsed.not_listened_on(), not);
        }
    }

    #[test]
    fn other_places_are_not_listened_on() {
        for uri in [
            "",
            "/callback",
            "https://127.0.0.1:8085/callback",
            "http://127.0.0.2:8085/callback",
            "http://[::1]:8085/callback",
            "http://0.0.0.0:8085/callback",
            "http://localhost.example:8085/",
            "http://127.0.0.1.example:8085/",
            "http://user@127.0.0.1:8085/",
            "http:127.0.0.1/x?y=http://localhost",
            "http:///127.0.0.1/cb",
            "http://127%2e0.0.1/cb",
            "http://127.0.0.1:65536/",
            "com.example.app:/callback",
        ] {
            assert_eq!(LoopbackUri::parse(uri), None, "{uri}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_panics_and_what_is_sent_names_the_same_place(
            uri in "(http:|//|/|127.0.0.1|localhost|:[0-9]{0,6}|[?#@:\\\\]|[a-z]|\\PC){0,10}"
        ) {
            if let Some(parsed) = LoopbackUri::parse(&uri) {
                let sent = Url::parse(&parsed.listened_on(9)).unwrap();
                let given = Url::parse(&uri).unwrap();
                prop_assert_eq!(sent.host_str(), given.host_str());
                prop_assert_eq!(sent.path(), given.path());
                prop_assert_eq!(sent.query(), given.query());
            }
        }
    }
}
