//! The rule of redirect URIs.

use reqwest::Url;

use crate::RequestError;
use crate::shown_url::ShownUrl;

const MEMBER: &str = "redirect_uri";

/// Refuses what cannot be right: a URI that is not absolute or has a fragment (RFC 6749, 3.1.2),
/// one with userinfo, one that is a script or content and no place, and plain http to another
/// machine, over which the code would travel in clear (RFC 6749, 3.1.2.1; also Zendesk's user
/// interface refuses it).
///
/// That user interface takes no scheme but http and https. Whether the API does is unknown, and apps
/// have schemes of their own (RFC 8252, 7.1): those are left to the server.
/// <https://support.zendesk.com/hc/en-us/articles/4408845965210>
pub(crate) fn check(uri: &str) -> Result<(), RequestError> {
    // What is parsed drops spaces and control characters in silence, but all is sent.
    let is_clean = uri
        .chars()
        .all(|char| !char.is_whitespace() && !char.is_control());
    let parsed = Url::parse(uri);
    if is_clean && parsed.as_ref().is_err_and(is_of_the_port) {
        return Err(RequestError::new(
            MEMBER,
            "the port of a redirect URI is none: give one from 1 to 65535, or leave it out",
        ));
    }
    let Some(parsed) = parsed.ok().filter(|_| is_clean) else {
        return Err(RequestError::new(
            MEMBER,
            "a redirect URI is not an absolute URI (RFC 6749, 3.1.2): give one such as \
             `https://app.example.com/callback`",
        ));
    };
    if let "javascript" | "vbscript" | "data" | "blob" | "about" = parsed.scheme() {
        return Err(RequestError::new(
            MEMBER,
            "a redirect URI is a script or content, such as `javascript:` or `data:`, to which nobody \
             can be sent back: give one such as `https://app.example.com/callback`",
        ));
    }
    if uri.contains('#') {
        let text = format!(
            "the redirect URI at {} has a fragment, which RFC 6749, 3.1.2 forbids: leave `#` and what \
             follows out",
            ShownUrl(uri)
        );
        return Err(RequestError::new(MEMBER, text));
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        let text = format!(
            "the redirect URI at {} has a user or a password in it, which would be shown to \
             whoever sees the address: leave out what stands before `@`",
            ShownUrl(uri)
        );
        return Err(RequestError::new(MEMBER, text));
    }
    if parsed.scheme() == "http" && !is_this_machine(&parsed) {
        let text = format!(
            "the redirect URI at {} would get codes over unencrypted http: use https; http is for \
             localhost and 127.0.0.1 only",
            ShownUrl(uri)
        );
        return Err(RequestError::new(MEMBER, text));
    }
    Ok(())
}

/// The type of the error has no name here.
fn is_of_the_port<E: PartialEq>(error: &E) -> bool
where
    Url: std::str::FromStr<Err = E>,
{
    let of_the_port = "http://localhost:65536".parse::<Url>();
    of_the_port.is_err_and(|of_the_port| of_the_port == *error)
}

fn is_this_machine(uri: &Url) -> bool {
    matches!(uri.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn https_and_loopback_and_schemes_of_apps_pass() {
        for good in [
            "https://app.example.com/callback",
            "https://app.example.com/callback?kept=1",
            "http://localhost:3000/callback",
            "http://127.0.0.1/callback",
            "http://[::1]:8080/",
            "com.example.app:/callback",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_cannot_be_right_is_refused_with_the_rule_and_without_what_may_be_secret() {
        for (bad, rule) in [
            ("", "not an absolute URI"),
            ("/callback", "not an absolute URI"),
            ("app.example.com/callback", "not an absolute URI"),
            ("https://", "not an absolute URI"),
            ("http://127.0.0.1:99999/cb", "the port of"),
            ("http://127.0.0.1:CANARY/cb", "the port of"),
            ("http://127.0.0.1:99999/c b", "not an absolute URI"),
            (" https://app.example.com/", "not an absolute URI"),
            ("https://app.example.com/a\nb", "not an absolute URI"),
            ("javascript:alert('CANARY')", "is a script"),
            ("JavaScript://app.example.com/%0aCANARY", "is a script"),
            ("data:text/html,CANARY", "is a script"),
            ("https://app.example.com/#", "has a fragment"),
            ("https://app.example.com/?x#CANARY-f", "has a fragment"),
            ("http://app.example.com/CANARY-p", "unencrypted http"),
            ("http://CANARY-u:CANARY-p@app.example.com/", "a user"),
            ("https://CANARY-u:CANARY-p@app.example.com/", "a user"),
            ("https://CANARY-u@app.example.com/", "a user"),
            ("https://:CANARY-p@app.example.com/", "a user"),
            ("http://localhost.example.com/", "unencrypted http"),
            ("http://127.0.0.1.example.com/", "unencrypted http"),
        ] {
            let error = check(bad).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(text.contains(rule), "{bad}: {text}");
            assert!(!text.contains("CANARY") && !text.contains('\n'), "{text}");
            assert_eq!(error.member(), "redirect_uri");
        }
    }
}
