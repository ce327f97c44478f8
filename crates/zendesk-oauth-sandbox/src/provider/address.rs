//! Which URLs lead to the stand-in.

use axum::http::Uri;

/// Whether a URL is the stand-in's one at that path: without a host, on loopback, or on the host under
/// which the sandbox is being called. It may be reached under several names.
pub(crate) fn is_own_url(url: &str, base: &str, path: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else {
        return false;
    };
    if uri.path() != path {
        return false;
    }
    let Some(authority) = uri.authority() else {
        return url.starts_with('/');
    };
    let base = base.parse::<Uri>().ok();
    let base = base.as_ref().and_then(Uri::authority);
    is_loopback(authority.host())
        || base.is_some_and(|base| base.as_str().eq_ignore_ascii_case(authority.as_str()))
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<std::net::IpAddr>();
    address.is_ok_and(|it| it.is_loopback()) || host.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::is_own_url;
    use crate::provider::TOKEN;

    #[test]
    fn the_stand_in_has_several_addresses() {
        let base = "http://Sandbox.test:8080";
        for own in [
            "/_provider/oauth/token",
            "http://127.0.0.1:49152/_provider/oauth/token",
            "http://127.8.0.1/_provider/oauth/token",
            "http://localhost:1/_provider/oauth/token?x=1",
            "http://[::1]:1/_provider/oauth/token",
            "http://sandbox.test:8080/_provider/oauth/token",
        ] {
            assert!(is_own_url(own, base, TOKEN), "{own}");
        }
        for other in [
            "https://a.example/_provider/oauth/token",
            "http://sandbox.test/_provider/oauth/token",
            "http://127.0.0.1/oauth/token",
            "http://127.0.0.1/_provider/oauth/token/x",
            "http://localhost.example/_provider/oauth/token",
            "http://127.0.0.1@a.example/_provider/oauth/token",
            "_provider/oauth/token",
            "",
        ] {
            assert!(!is_own_url(other, base, TOKEN), "{other}");
        }
    }
}
