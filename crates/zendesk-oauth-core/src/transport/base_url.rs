//! The base URL: what it may be, and what follows from it. No IO.

use std::net::Ipv4Addr;

use reqwest::Url;

use super::BuildError;

/// The placeholder of a document's server URL.
const SUBDOMAIN: &str = "{subdomain}";

/// A base URL that has been checked: http or https, with a host, and without userinfo, query and
/// fragment.
#[derive(Clone)]
pub(super) struct BaseUrl {
    url: Url,
    /// The URL without its trailing slashes.
    text: String,
    /// Whether nobody on the network can read along: asked for with every call.
    is_confidential: bool,
}

impl BaseUrl {
    pub(super) fn parse(input: &str) -> Result<Self, BuildError> {
        let refuse = |problem| BuildError::base_url(input, problem);
        let not_filled_in =
            || refuse("{subdomain} is not filled in: write the account's subdomain in its place");
        if input.contains(SUBDOMAIN) {
            return Err(not_filled_in());
        }
        // The URL parser would drop or turn them round in silence.
        if input
            .trim()
            .contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\')
        {
            return Err(refuse(
                "it has a control character, a blank or a backslash: leave it out",
            ));
        }
        let url = Url::parse(input.trim()).map_err(|_| refuse(NOT_A_URL))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(refuse(NOT_A_URL));
        }
        if !url.username().is_empty() || url.password().is_some() {
            // Of the rest the server's part is no secret.
            let server = url.origin().ascii_serialization();
            return Err(BuildError::base_url(
                &server,
                "it came with a user name or password in it: give those as Credentials",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refuse(
                "it has a `?` or `#`: leave out everything from there on",
            ));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(refuse(NOT_A_URL));
        }
        // The parser makes the placeholder of `{Subdomain}`, and of a host with its percent-encoding.
        if url.host_str().is_some_and(|host| host.contains(SUBDOMAIN)) {
            return Err(not_filled_in());
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        let mut base = Self {
            url,
            text,
            is_confidential: false,
        };
        base.is_confidential = base.url.scheme() == "https" || base.is_loopback();
        Ok(base)
    }

    pub(super) fn for_subdomain(template: &str, subdomain: &str) -> Result<Self, BuildError> {
        if !template.contains(SUBDOMAIN) {
            return Err(BuildError::base_url(
                template,
                "it has no {subdomain} to fill in: use Transport::builder",
            ));
        }
        if !is_label(subdomain) {
            return Err(BuildError::subdomain(subdomain));
        }
        Self::parse(&template.replace(SUBDOMAIN, subdomain))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The path that every operation's path is below: empty, or `/` and segments.
    pub(super) fn path(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether `url` has this scheme, host and port, and no userinfo.
    pub(super) fn has_origin_of(&self, url: &Url) -> bool {
        self.url.scheme() == url.scheme()
            && self.url.host_str() == url.host_str()
            && self.url.port_or_known_default() == url.port_or_known_default()
            && url.username().is_empty()
            && url.password().is_none()
    }

    /// Whether nobody on the network can read along.
    pub(super) fn is_confidential(&self) -> bool {
        self.is_confidential
    }

    /// Whether the host is this machine: localhost, 127.0.0.0/8 or ::1. The URL parser has
    /// normalised addresses.
    pub(super) fn is_loopback(&self) -> bool {
        match self.host() {
            "localhost" | "[::1]" => true,
            host => host
                .parse::<Ipv4Addr>()
                .is_ok_and(|address| address.is_loopback()),
        }
    }
}

const NOT_A_URL: &str =
    "it is not an http or https URL: write the whole of it, as in https://acme.zendesk.com";

/// One label of a host name (RFC 1123, 2.1).
fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "https://{subdomain}.zendesk.com/api/v2";

    #[test]
    fn the_path_stem_stays_and_trailing_slashes_go() {
        for (input, text, path) in [
            ("https://acme.zendesk.com", "https://acme.zendesk.com", ""),
            ("https://acme.zendesk.com/", "https://acme.zendesk.com", ""),
            (
                "https://ACME.zendesk.com:443/api/v2//",
                "https://acme.zendesk.com/api/v2",
                "/api/v2",
            ),
            (
                " http://127.0.0.1:8080/x\n",
                "http://127.0.0.1:8080/x",
                "/x",
            ),
            ("http://[::1]:80", "http://[::1]", ""),
        ] {
            let base = BaseUrl::parse(input).unwrap();
            assert_eq!((base.as_str(), base.path()), (text, path));
        }
    }

    #[test]
    fn what_is_no_base_url_is_refused_and_secrets_in_it_are_not_printed() {
        for input in [
            "",
            "acme.zendesk.com",
            "/api/v2",
            "ftp://acme.zendesk.com",
            "https://",
            "https://CANARY@acme.zendesk.com",
            "https://user:CANARY@acme.zendesk.com/x",
            "https://user:CANARY/x@acme.zendesk.com",
            "user:CANARY@acme.zendesk.com",
            "https://acme.zendesk.com/?token=CANARY",
            "https://acme.zendesk.com/#CANARY",
            "CANARYps55XW1CbNj_hKnzwJU3yc968SL39yh3C3Okn1fpC-ThYWDqY2_M5w==",
            "https://acme\n.zendesk.com",
            "https://acme.zendesk.com/\u{7}",
            "https://acme.zendesk.com\\@evil.example",
            "https://acme.zendesk.com/a b",
            TEMPLATE,
        ] {
            let Err(error) = BaseUrl::parse(input) else {
                panic!("{input}")
            };
            assert!(!format!("{error} {error:?}").contains("CANARY"), "{error}");
        }
        let Err(error) = BaseUrl::parse("https://user:CANARY@acme.zendesk.com:8443/x") else {
            panic!()
        };
        assert!(
            error
                .to_string()
                .starts_with("`https://acme.zendesk.com:8443`"),
            "{error}"
        );
        let Err(error) = BaseUrl::parse("acme.zendesk.com") else {
            panic!()
        };
        assert!(
            error.to_string().contains("acme.zendesk.com")
                && error.to_string().contains("https://")
        );
    }

    #[test]
    fn a_subdomain_is_one_label() {
        for subdomain in ["acme", "Acme-2", "9", &"a".repeat(63)] {
            let base = BaseUrl::for_subdomain(TEMPLATE, subdomain).unwrap();
            assert_eq!(
                base.as_str(),
                format!(
                    "https://{}.zendesk.com/api/v2",
                    subdomain.to_ascii_lowercase()
                )
            );
        }
        for subdomain in [
            "",
            "-a",
            "a-",
            "a.b",
            "evil.example/",
            "a@b",
            "a#",
            "é",
            "a b",
            "a_b",
            &"a".repeat(64),
            "%61",
            "a\n",
        ] {
            assert!(
                BaseUrl::for_subdomain(TEMPLATE, subdomain).is_err(),
                "{subdomain}"
            );
        }
        assert!(BaseUrl::for_subdomain("https://www.zopim.com/api/v2", "acme").is_err());
    }

    #[test]
    fn a_placeholder_in_any_spelling_is_not_a_host() {
        for input in [
            "https://{subdomain}.zendesk.com",
            "https://{Subdomain}.zendesk.com",
            "https://%7Bsubdomain%7d.zendesk.com",
            "https://{%53ubdomain}.zendesk.com",
        ] {
            let error = BaseUrl::parse(input).err().expect("it is refused");
            assert!(error.to_string().contains("not filled in"), "{error}");
        }
    }
}
