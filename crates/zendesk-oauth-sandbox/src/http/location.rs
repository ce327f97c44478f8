//! URLs that a browser is sent to.

use axum::http::Uri;
use percent_encoding::{CONTROLS, utf8_percent_encode};

/// The URL with more parameters at the end of its query, before its fragment.
pub(crate) fn with_query(url: &str, pairs: &[(&str, &str)]) -> String {
    let (rest, fragment) = url
        .split_once('#')
        .map_or((url, None), |(rest, fragment)| (rest, Some(fragment)));
    let added = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    let between = match rest.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    // A header takes neither controls nor what is beyond ASCII.
    let rest = utf8_percent_encode(rest, CONTROLS);
    let mut whole = format!("{rest}{between}{added}");
    if let Some(fragment) = fragment {
        whole.push('#');
        whole.extend(utf8_percent_encode(fragment, CONTROLS));
    }
    whole
}

/// Whether a browser can be sent there: an absolute URL of the web.
pub(crate) fn is_web_url(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else {
        return false;
    };
    let host = uri.host().is_some_and(|host| !host.is_empty());
    host && matches!(uri.scheme_str(), Some("http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::{is_web_url, with_query};

    #[test]
    fn parameters_join_those_that_are_there_and_stay_before_the_fragment() {
        let pairs = [("code", "a b&c"), ("state", "=")];
        for (url, whole) in [
            (
                "https://a.example/cb",
                "https://a.example/cb?code=a+b%26c&state=%3D",
            ),
            (
                "https://a.example/cb?",
                "https://a.example/cb?code=a+b%26c&state=%3D",
            ),
            (
                "https://a.example/?x=1",
                "https://a.example/?x=1&code=a+b%26c&state=%3D",
            ),
            (
                "https://a.example/?x=1&",
                "https://a.example/?x=1&code=a+b%26c&state=%3D",
            ),
            (
                "https://a.example/#top",
                "https://a.example/?code=a+b%26c&state=%3D#top",
            ),
            (
                "https://a.example/?x=1?",
                "https://a.example/?x=1?&code=a+b%26c&state=%3D",
            ),
            (
                "https://a.example/ä?ö#ü\u{7f}",
                "https://a.example/%C3%A4?%C3%B6&code=a+b%26c&state=%3D#%C3%BC%7F",
            ),
        ] {
            assert_eq!(with_query(url, &pairs), whole);
        }
    }

    #[test]
    fn only_the_web_is_a_place_to_be_sent_to() {
        for good in [
            "https://client.int/callback",
            "http://127.0.0.1:3000",
            "http://[::1]/",
        ] {
            assert!(is_web_url(good), "{good}");
        }
        for bad in [
            "",
            "/callback",
            "client.int",
            "javascript:alert(1)",
            "https://",
            "ftp://a.example/",
            "https://a b/",
        ] {
            assert!(!is_web_url(bad), "{bad}");
        }
    }
}
