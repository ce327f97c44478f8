//! Base URLs, subdomains, names and scopes, as a caller may have got them from elsewhere.

use std::error::Error;

use reqwest::Url;
use zendesk_oauth::authorization::AuthorizationRequest;
use zendesk_oauth::zis::{ConnectionName, IntegrationName, Uuid};
use zendesk_oauth::{Subdomain, Timestamp, Zendesk};
use zendesk_oauth_core::{Transport, printable_input};

use crate::canned::without_certificates;
use crate::printed::{assert_fit, assert_fit_text, assert_steers_nothing};

thread_local! {
    static CLIENT: reqwest::Client = without_certificates()
        .build()
        .expect("it needs nothing that may be missing");
}

/// The text.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let shown = printable_input(text);
    assert_fit_text(&shown);
    assert!(shown.len() <= 200, "{shown}");
    base_url(text);
    subdomain(text);
    if let Err(error) = IntegrationName::new(text) {
        assert_fit_name(&error, text);
    }
    if let Err(error) = ConnectionName::new(text) {
        assert_fit_name(&error, text);
    }
    match Uuid::new(text) {
        Ok(uuid) => assert_eq!(uuid.as_str().len(), 36),
        Err(error) => assert_fit_name(&error, text),
    }
    let scopes = AuthorizationRequest::new("app", "https://app.example/", [text]);
    match scopes {
        Ok(request) => {
            let scope = request.scope();
            assert!(!scope.is_empty() && !scope.contains("  "), "{scope:?}");
            assert!(
                scope.bytes().all(|byte| (b' '..=b'~').contains(&byte)),
                "{scope:?}"
            );
            let again = AuthorizationRequest::new("app", "https://app.example/", [scope]);
            assert_eq!(again.expect("it was taken").scope(), scope);
        }
        Err(error) => assert_fit(&error),
    }
    let time: Result<Timestamp, _> = serde_json::from_value(text.into());
    if let Ok(time) = time {
        assert_eq!(time.as_str(), text);
        let _ = time.to_system_time();
    }
}

fn base_url(text: &str) {
    let http = CLIENT.with(Clone::clone);
    match Transport::builder(text).http_client(http.clone()).build() {
        Ok(transport) => {
            let url = Url::parse(transport.base_url()).expect("a base URL is a URL");
            assert!(matches!(url.scheme(), "http" | "https"), "{url}");
            assert!(
                url.username().is_empty() && url.password().is_none(),
                "{url}"
            );
            assert!(url.query().is_none() && url.fragment().is_none(), "{url}");
            // The host is that of the text, and of nothing that a parser made of it.
            let host = url.host_str().unwrap_or_default();
            assert!(!host.is_empty(), "{url}");
            let again = Transport::builder(transport.base_url())
                .http_client(http)
                .build();
            let again = again.expect("it was taken");
            assert_eq!(again.base_url(), transport.base_url());
            if transport.is_confidential() && url.scheme() == "http" {
                let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
                let name = host.trim_end_matches('.');
                assert!(
                    name == "localhost"
                        || name.ends_with(".localhost")
                        || address.is_ok_and(|it| it.is_loopback()),
                    "credentials would go in clear to {url}"
                );
            }
        }
        Err(error) => assert_fit(&error),
    }
}

fn subdomain(text: &str) {
    match Subdomain::new(text) {
        Ok(subdomain) => assert_eq!(subdomain.as_str(), text),
        Err(error) => assert_fit_name(&error, text),
    }
    let built = Zendesk::for_subdomain(text).map(|builder| {
        let builder = builder.http_client_builder(without_certificates());
        builder.build()
    });
    match built {
        Ok(Ok(zendesk)) => {
            let expected = format!("https://{}.zendesk.com", text.to_ascii_lowercase());
            assert_eq!(zendesk.base_url(), expected);
        }
        Ok(Err(error)) => assert_fit_name(&error, text),
        Err(error) => assert_fit_name(&error, text),
    }
}

/// A name of at most 24 characters is shown as it is: no token is as short.
fn assert_fit_name(error: &(dyn Error + 'static), text: &str) {
    if text.chars().count() > 24 {
        assert_fit(error);
    } else {
        assert_steers_nothing(&zendesk_oauth_tests::printed(error));
    }
}
