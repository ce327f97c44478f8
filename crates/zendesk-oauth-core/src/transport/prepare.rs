//! Everything about a request that is decided before it is sent. No IO.

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, Entry, HeaderName, HeaderValue, USER_AGENT};

use super::base_url::BaseUrl;
use super::path::is_path_of;
use crate::{Operation, Refusal};

/// A client that progenitor generates sends its document's version, which Zendesk does not ask for.
/// Ours have been rid of it.
static API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// Refuses a request that would reach another server or another path than the operation's.
pub(super) fn check(
    operation: &'static Operation,
    base: &BaseUrl,
    request: &Request,
) -> Result<(), Refusal> {
    if !base.has_origin_of(request.url()) {
        return Err(Refusal::OtherServer { operation });
    }
    if !is_path_of(operation.path, base.path(), request.url().path()) {
        return Err(Refusal::PathMismatch { operation });
    }
    Ok(())
}

/// Refuses a request that would carry credentials or other secrets unencrypted to another machine.
pub(super) fn check_encryption(
    operation: &'static Operation,
    base: &BaseUrl,
    request: &Request,
) -> Result<(), Refusal> {
    let secret = || operation.sends_secrets || request.headers().contains_key(AUTHORIZATION);
    if !base.is_confidential() && secret() {
        return Err(Refusal::InsecureTransport {
            operation,
            host: base.host().to_owned(),
        });
    }
    Ok(())
}

/// Makes the headers ours.
pub(super) fn set_headers(request: &mut Request, user_agent: &HeaderValue) {
    let headers = request.headers_mut();
    headers.remove(&API_VERSION);
    headers.insert(USER_AGENT, user_agent.clone());
}

/// Adds the credentials, unless a hook has already put others in. Returns what was added.
pub(super) fn attach(
    request: &mut Request,
    credentials: Option<HeaderValue>,
) -> Option<&HeaderValue> {
    match request.headers_mut().entry(AUTHORIZATION) {
        Entry::Vacant(place) => credentials.map(|value| &*place.insert(value)),
        Entry::Occupied(_) => None,
    }
}

/// A copy of a request, unless its body is a stream. One without body and time is made by hand, since
/// reqwest takes a map of extensions into each of its copies.
pub(super) fn copy_of(request: &Request) -> Option<Request> {
    if request.body().is_some() || request.timeout().is_some() {
        return request.try_clone();
    }
    let mut copy = Request::new(request.method().clone(), request.url().clone());
    copy.headers_mut().clone_from(request.headers());
    *copy.version_mut() = request.version();
    Some(copy)
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::*;

    static OPEN: Operation = Operation::new("open", "GET", "/a/{id}");
    static SECRET: Operation = Operation::new("secret", "GET", "/a/{id}").sends_secrets();

    fn request(url: &str) -> Request {
        Request::new(Method::GET, url.parse().unwrap())
    }

    fn base(url: &str) -> BaseUrl {
        BaseUrl::parse(url).unwrap()
    }

    #[test]
    fn another_server_is_refused() {
        let base = base("https://acme.zendesk.com/api");
        assert!(
            check(
                &OPEN,
                &base,
                &request("https://acme.zendesk.com/api/a/1?q#f")
            )
            .is_ok()
        );
        assert!(
            check(
                &OPEN,
                &base,
                &request("https://acme.zendesk.com:443/api/a/1")
            )
            .is_ok()
        );
        for other in [
            "http://acme.zendesk.com/api/a/1",
            "https://acme.zendesk.com:8443/api/a/1",
            "https://evil.example/api/a/1",
            "https://user@acme.zendesk.com/api/a/1",
            "https://:pw@acme.zendesk.com/api/a/1",
        ] {
            let refusal = check(&OPEN, &base, &request(other)).unwrap_err();
            assert!(matches!(refusal, Refusal::OtherServer { .. }), "{other}");
        }
        assert!(matches!(
            check(&OPEN, &base, &request("https://acme.zendesk.com/a/1")),
            Err(Refusal::PathMismatch { .. })
        ));
    }

    #[test]
    fn secrets_travel_over_https_or_loopback_only() {
        let with_credentials = |url: &str| {
            let mut request = request(url);
            attach(&mut request, Some(HeaderValue::from_static("Bearer x")));
            request
        };
        for url in [
            "https://a.example",
            "http://localhost:1",
            "http://127.0.0.1:2",
            "http://127.9.9.9",
            "http://[::1]",
        ] {
            assert!(
                check_encryption(&SECRET, &base(url), &with_credentials(url)).is_ok(),
                "{url}"
            );
        }
        for url in [
            "http://a.example",
            "http://localhost.a.example",
            "http://127.0.0.1.nip.io",
            "http://10.0.0.1",
            "http://[::2]",
            "http://0.0.0.0",
        ] {
            let base = base(url);
            assert!(
                check_encryption(&SECRET, &base, &request(url)).is_err(),
                "{url}"
            );
            assert!(
                check_encryption(&OPEN, &base, &with_credentials(url)).is_err(),
                "{url}"
            );
            assert!(
                check_encryption(&OPEN, &base, &request(url)).is_ok(),
                "{url}"
            );
        }
    }

    #[test]
    fn headers_are_ours_and_a_hooks_credentials_stay() {
        let mut request = request("https://a.example");
        request
            .headers_mut()
            .insert(&API_VERSION, HeaderValue::from_static("1.0.0"));
        request
            .headers_mut()
            .insert(AUTHORIZATION, HeaderValue::from_static("Bearer hook"));
        set_headers(&mut request, &HeaderValue::from_static("me"));
        attach(&mut request, Some(HeaderValue::from_static("Bearer ours")));
        assert_eq!(request.headers()[AUTHORIZATION], "Bearer hook");
        assert_eq!(request.headers()[USER_AGENT], "me");
        assert!(!request.headers().contains_key(&API_VERSION));
    }
}
