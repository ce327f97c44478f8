//! What keeps pages in a browser of the same machine from using the control API, as it has no
//! credentials of its own.
//!
//! A page of another origin is told by `Origin` (RFC 6454) and `Sec-Fetch-Site` (Fetch Metadata); a name
//! of a stranger that leads here, DNS rebinding, is told by `Host`.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Controlled;
use super::refusal::Refusal;
use crate::http::REQUEST_ID;

/// Refuses what a page of somebody else may have sent, and gives every answer its id and its date.
pub(super) async fn guarded(
    State(shared): State<Controlled>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match refused(request.headers()) {
        Some(error) => Refusal::new(StatusCode::FORBIDDEN, error).into_response(),
        None => next.run(request).await,
    };
    let id = shared.next_control_id().header();
    let date = {
        let mut world = shared.world();
        let now = world.state.now();
        world.date.at(now)
    };
    response.headers_mut().insert(REQUEST_ID, id);
    response.headers_mut().insert(header::DATE, date);
    response
}

/// Why a request is not heeded, if it is not.
fn refused(headers: &HeaderMap) -> Option<&'static str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        // HTTP/1.0; no browser leaves it out.
        (None, _) => "",
        (Some(host), None) => host.to_str().unwrap_or("?"),
        (Some(_), Some(_)) => "?",
    };
    if !host.is_empty() && !is_own(host) {
        return Some(
            "the Host header of the request is a name that anybody may have registered, so this may be \
             a web page's doing; the control API answers under an IP address, localhost, \
             *.localhost, host.docker.internal or a name without dots: use one of these in the URL",
        );
    }
    for origin in headers.get_all(header::ORIGIN) {
        let origin = origin.to_str().unwrap_or_default();
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        if authority.is_none_or(|it| it.is_empty() || !it.eq_ignore_ascii_case(host)) {
            return Some(
                "the request comes from a web page of another origin, by its Origin header; call the \
                 control API from outside of a browser, or from a page of the sandbox itself",
            );
        }
    }
    let site = headers.get_all("sec-fetch-site");
    if site
        .iter()
        .any(|site| site.as_bytes().eq_ignore_ascii_case(b"cross-site"))
    {
        return Some(
            "the request comes from a web page of another site, by its Sec-Fetch-Site header; call the \
             control API from outside of a browser, or open its address by hand",
        );
    }
    None
}

/// Whether a host is an address, or a name that no stranger can make lead here.
fn is_own(host: &str) -> bool {
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(rest) = host.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else {
            return false;
        };
        let port = port.strip_prefix(':').unwrap_or(port);
        return address.parse::<Ipv6Addr>().is_ok() && is_port(port);
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let name = name.to_ascii_lowercase();
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(legal);
    let local = name == "host.docker.internal"
        || name
            .strip_suffix(".localhost")
            .is_some_and(|labels| labels.split('.').all(is_label));
    is_port(port) && (is_label(&name) || local || name.parse::<Ipv4Addr>().is_ok())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn addresses_and_local_names_are_own() {
        for host in [
            "127.0.0.1:8080",
            "192.168.1.5",
            "[::1]:8080",
            "[::1]",
            "localhost:1",
            "LOCALHOST",
            "acme.localhost:80",
            "host.docker.internal:8080",
            "zendesk:8080",
            "my_sandbox-1",
        ] {
            assert!(is_own(host), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:80",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost.",
            ".localhost",
            "a..localhost",
            "host.docker.internal.evil.example",
            "[::1].evil.example",
            "[evil.example]",
            "[::1",
            "localhost:evil",
            "user@localhost",
            "",
        ] {
            assert!(!is_own(host), "{host}");
        }
    }

    #[test]
    fn pages_of_others_are_refused() {
        let refused = |headers: &[(&'static str, &'static str)]| {
            let headers = headers.iter().map(|(name, value)| {
                let name = name.parse::<axum::http::HeaderName>().unwrap();
                (name, HeaderValue::from_static(value))
            });
            refused(&headers.collect()).is_some()
        };
        let host = ("host", "localhost:8080");
        assert!(!refused(&[]));
        assert!(!refused(&[host]));
        assert!(!refused(&[host, ("origin", "http://localhost:8080")]));
        assert!(!refused(&[host, ("sec-fetch-site", "none")]));
        assert!(!refused(&[host, ("sec-fetch-site", "same-origin")]));
        assert!(refused(&[host, ("origin", "http://localhost:3000")]));
        assert!(refused(&[host, ("origin", "https://evil.example")]));
        assert!(refused(&[host, ("origin", "null")]));
        assert!(refused(&[("origin", "http://")]));
        assert!(refused(&[host, ("sec-fetch-site", "cross-site")]));
        let rebound = ("host", "evil.example:8080");
        assert!(refused(&[rebound, ("origin", "http://evil.example:8080")]));
    }
}
