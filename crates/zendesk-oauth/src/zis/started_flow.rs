//! `StartedFlow`: a flow that waits for its user, or has its code already.

use reqwest::Url;
use zendesk_oauth_core::Secret;

use super::web_url::is_safe;
use super::{IntegrationName, VerificationCode};

/// A flow that was started. It waits for the user, or, with the grant `client_credentials`, has its
/// verification code already.
#[derive(Clone, Debug)]
pub struct StartedFlow {
    redirect_url: Secret,
    verification_code: Option<VerificationCode>,
    is_exchange: bool,
}

impl StartedFlow {
    pub(super) fn new(redirect_url: Secret, integration: Option<&IntegrationName>) -> Self {
        let url = Url::parse(redirect_url.expose()).ok();
        let url = url.as_ref();
        let has_path = url.is_some_and(|url| has_path_of_exchange(url, integration));
        let verification_code = url
            .filter(|url| has_path && is_safe(url))
            .and_then(|url| parameter(url, "verification_code"));
        Self {
            verification_code: verification_code.map(VerificationCode::from),
            is_exchange: has_path || url.is_some_and(names_a_code),
            redirect_url,
        }
    }

    /// The URL for the user's browser. It carries the flow token: who opens it first goes through
    /// the flow, so show it to that user only. With a
    /// [`verification_code`](Self::verification_code) there is nothing to open; else ask
    /// [`is_for_browser`](Self::is_for_browser) before.
    #[must_use]
    pub fn browser_url(&self) -> &Secret {
        &self.redirect_url
    }

    /// The flow token of that URL, for
    /// [`start_oauth_redirect`](super::Zis::start_oauth_redirect).
    #[must_use]
    pub fn flow_token(&self) -> Option<Secret> {
        let url = Url::parse(self.redirect_url.expose()).ok()?;
        parameter(&url, "flow_token")
    }

    /// The code to exchange, when nobody has to be asked: with the grant `client_credentials` the
    /// answer is the URL of the exchange already (observed).
    ///
    /// That URL has Zendesk's own host, which is not the client's base URL behind a proxy. So its
    /// host and what its path begins with do not matter: only the code is taken from it, and
    /// [`exchange`](super::Zis::exchange) sends the code to the client's base URL and nowhere else.
    #[must_use]
    pub fn verification_code(&self) -> Option<VerificationCode> {
        self.verification_code.clone()
    }

    /// Whether the URL may be opened in a browser: it is https, or http to this machine, and not
    /// that of the exchange, which holds a code that is not for browsers. Where it is false and
    /// there is no [`verification_code`](Self::verification_code) either, do not go on: most likely
    /// it was not Zendesk that answered.
    #[must_use]
    pub fn is_for_browser(&self) -> bool {
        !self.is_exchange && Url::parse(self.redirect_url.expose()).is_ok_and(|url| is_safe(&url))
    }

    /// Whether the URL is that of an exchange, but without one code that can be taken from it.
    pub(super) fn is_exchange_without_code(&self) -> bool {
        self.is_exchange && self.verification_code.is_none()
    }
}

/// Whether the path is that of the exchange for this integration, wherever it leads.
fn has_path_of_exchange(url: &Url, integration: Option<&IntegrationName>) -> bool {
    integration.is_some_and(|integration| {
        let path = format!("/connections/oauth/access_codes/{}", integration.as_str());
        url.path().ends_with(&path)
    })
}

/// Whether a URL of any path holds what is for an exchange.
fn names_a_code(url: &Url) -> bool {
    url.query_pairs()
        .any(|(name, _)| name == "verification_code")
}

/// The value of a parameter that is there once (RFC 6749, section 3.1).
fn parameter(url: &Url, name: &str) -> Option<Secret> {
    let mut found = url
        .query_pairs()
        .filter(|(known, value)| known == name && !value.is_empty());
    let (_, value) = found.next()?;
    found
        .next()
        .is_none()
        .then(|| Secret::from(value.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/api/services/zis/connections/oauth/access_codes";

    fn flow(url: &str) -> StartedFlow {
        let integration = IntegrationName::new("mine").unwrap();
        StartedFlow::new(Secret::from(url), Some(&integration))
    }

    #[test]
    fn an_exchange_holds_a_code_wherever_it_leads() {
        let query = "?verification_code=a%2Bb";
        for url in [
            format!("https://acme.zendesk.com{PATH}/mine{query}"),
            format!("https://ACME.zendesk.com:443{PATH}/mine{query}"),
            format!("https://acme.zendesk.com/stem{PATH}/mine{query}&x=1"),
            format!("https://help.acme.example/connections/oauth/access_codes/mine{query}"),
            format!("http://localhost:8080{PATH}/mine{query}"),
            format!("http://127.0.0.1:8080{PATH}/mine{query}"),
        ] {
            let flow = flow(&url);
            let code = flow.verification_code().expect(&url);
            assert_eq!(code.as_secret().expose(), "a+b", "{url}");
            assert!(!flow.is_exchange_without_code(), "{url}");
            assert!(!flow.is_for_browser(), "{url}");
        }
    }

    #[test]
    fn what_is_like_an_exchange_has_no_code_and_is_not_for_a_browser() {
        let query = "?verification_code=a";
        for url in [
            format!("http://acme.zendesk.com{PATH}/mine{query}"),
            format!("ftp://acme.zendesk.com{PATH}/mine{query}"),
            format!("https://acme.zendesk.com{PATH}/other{query}"),
            format!("https://acme.zendesk.com{PATH}/mine/{query}"),
            format!("https://acme.zendesk.com{PATH}/mine"),
            format!("https://acme.zendesk.com/stem{PATH}/mine"),
            format!("https://acme.zendesk.com{PATH}/mine?verification_code="),
            format!("https://acme.zendesk.com{PATH}/mine{query}&verification_code=c"),
            format!("https://acme.zendesk.com{PATH}/mine#verification_code=a"),
            "https://acme.zendesk.com/x?verification_code=a".to_owned(),
        ] {
            let flow = flow(&url);
            assert!(flow.verification_code().is_none(), "{url}");
            assert!(flow.is_exchange_without_code(), "{url}");
            assert!(!flow.is_for_browser(), "{url}");
        }
        let start = "/api/services/zis/connections/oauth/start_redirect?flow_token=x";
        for url in [
            format!("https://acme.zendesk.com{start}"),
            format!("{PATH}/mine{query}"),
            String::new(),
        ] {
            let flow = flow(&url);
            assert!(flow.verification_code().is_none(), "{url}");
            assert!(!flow.is_exchange_without_code(), "{url}");
        }
    }

    #[test]
    fn the_flow_token_is_had_and_nothing_is_printed() {
        let url = "https://acme.zendesk.com/start_redirect?flow_token=CANARY%2B";
        let flow = StartedFlow::new(Secret::from(url), None);
        assert_eq!(flow.flow_token().unwrap().expose(), "CANARY+");
        assert!(flow.is_for_browser());
        assert!(!format!("{flow:?}").contains("CANARY"));
        for no in [
            "",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "--help",
            "http://acme.zendesk.com/start_redirect?flow_token=x",
            "http://localhost.example/",
            "https://other.example/?x=1&verification_code=CANARY",
        ] {
            let flow = StartedFlow::new(Secret::from(no), None);
            assert!(!flow.is_for_browser(), "{no}");
        }
        for yes in [
            "http://localhost:1/",
            "http://127.1.2.3/",
            "http://[::1]:8/",
        ] {
            let flow = StartedFlow::new(Secret::from(yes), None);
            assert!(flow.is_for_browser(), "{yes}");
        }
    }
}
