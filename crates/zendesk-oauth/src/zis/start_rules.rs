//! The rules of what starts a flow.

use reqwest::Url;

use super::web_url::is_safe;
use crate::RequestError;
use crate::shown_url::ShownUrl;

const ORIGIN: &str = "origin_oauth_redirect_url";
const SUBDOMAIN: &str = "oauth_url_subdomain";

/// Refuses where no browser can go in the end, or where the verification code would travel in
/// clear. As of any redirect URI (RFC 6749, 3.1.2) nothing may be a fragment.
pub(super) fn check_origin_url(url: &str) -> Result<(), RequestError> {
    // What is parsed drops spaces and control characters in silence, but all is sent.
    let is_clean = !url.contains(|char: char| char.is_whitespace() || char.is_control());
    let Some(parsed) = Url::parse(url).ok().filter(|_| is_clean) else {
        return Err(RequestError::new(
            ORIGIN,
            "`origin_oauth_redirect_url` is not an absolute URL: give one such as \
             `https://app.example.com/callback`",
        ));
    };
    let refused = |why: &str| {
        let text = format!("`origin_oauth_redirect_url` at {} {why}", ShownUrl(url));
        Err(RequestError::new(ORIGIN, text))
    };
    if !is_safe(&parsed) {
        return refused(
            "is neither https nor http to this machine, so that the code would not be secret on \
             its way: use https",
        );
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return refused("has a user or a password in it: leave out what stands before `@`");
    }
    if url.contains('#') {
        return refused("has a fragment (RFC 6749, 3.1.2): leave `#` and what follows out");
    }
    Ok(())
}

/// Refuses what would make another host, or no URL, of the third party's URLs. What else a subdomain
/// may be, and whether it may have several labels, only the third party knows.
pub(super) fn check_subdomain(subdomain: &str) -> Result<(), RequestError> {
    let is_refused = |char: char| {
        char.is_whitespace()
            || char.is_control()
            || matches!(char, '/' | '\\' | '?' | '#' | '@' | ':' | '%')
    };
    let is_ended = |text: &str| text.starts_with('.') || text.ends_with('.');
    if subdomain.is_empty() || subdomain.contains(is_refused) || is_ended(subdomain) {
        return Err(RequestError::new(
            SUBDOMAIN,
            "`oauth_url_subdomain` is no part of a host name: give the subdomain at the third party \
             alone, such as `acme`",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_comes_back_by_https_or_to_this_machine() {
        for good in [
            "https://client.int/callback?from=us",
            "http://localhost:3000/callback",
            "http://127.0.0.1/",
            "http://[::1]:80/",
        ] {
            assert_eq!(check_origin_url(good), Ok(()), "{good}");
        }
        for (bad, why) in [
            ("", "not an absolute URL"),
            ("/CANARY", "not an absolute URL"),
            ("client.int/CANARY", "not an absolute URL"),
            ("https://client.int/CANARY\n", "not an absolute URL"),
            (" https://client.int/CANARY", "not an absolute URL"),
            ("http://client.int/CANARY", "neither https"),
            ("javascript:alert('CANARY')", "neither https"),
            ("com.example.app:/CANARY", "neither https"),
            ("https://CANARY:CANARY@client.int/", "a user"),
            ("https://client.int/CANARY#", "a fragment"),
        ] {
            let error = check_origin_url(bad).unwrap_err();
            let text = error.to_string();
            assert!(text.contains(why) && !text.contains("CANARY"), "{text}");
            assert_eq!(error.member(), "origin_oauth_redirect_url");
        }
    }

    #[test]
    fn a_subdomain_leads_to_no_other_host() {
        for good in ["foobar", "acme--test", "acme.eu", "acme_1"] {
            assert_eq!(check_subdomain(good), Ok(()), "{good}");
        }
        for bad in [
            "", " ", "a b", "a\n", "a/b", "a?", "a#", "a@b", "a:1", "a\\b", "%2f", ".a", "a.",
        ] {
            let error = check_subdomain(bad).unwrap_err();
            assert_eq!(error.member(), "oauth_url_subdomain", "{bad}");
        }
    }
}
