//! The page that a browser gets. Nothing of the request is in it.

use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Response, StatusCode};

/// Takes the code out of the address bar, where people look and take pictures.
const SCRIPT: &str = r#"history.replaceState(null,"",location.pathname)"#;

/// Nothing but that script is run (by its hash, CSP 3, section 2.3.1), and nothing is loaded.
const POLICY: &str = "default-src 'none'; \
    script-src 'sha256-8A+3er73YJf04rRHGhbZwZQACPiiipi9EPduIeAAIDk='; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the pages of a flow say that others do not.
pub(crate) struct Texts {
    /// The title of each page.
    pub(crate) title: &'static str,
    /// That access was refused.
    pub(crate) refused: &'static str,
    /// What the address needs.
    pub(crate) unclear: &'static str,
}

/// One of the few pages there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// The flow goes on well.
    Done,
    /// Access was refused.
    Refused,
    /// The request is no clear answer.
    Unclear,
    /// Another path.
    NotFound,
    /// Another method.
    MethodNotAllowed,
}

impl Page {
    fn status(self) -> StatusCode {
        match self {
            Self::Done | Self::Refused => StatusCode::OK,
            Self::Unclear => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    fn text(self, of: &Texts) -> &'static str {
        match self {
            Self::Done => "Thank you. You can close this window and go back to the program.",
            Self::Refused => of.refused,
            Self::Unclear => of.unclear,
            Self::NotFound => "There is nothing here.",
            Self::MethodNotAllowed => "This address is for a browser that is sent here.",
        }
    }

    pub(super) fn response(self, of: &Texts) -> Response<String> {
        let body = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
             <script>{SCRIPT}</script>\n<p>{}</p>\n</html>\n",
            of.title,
            self.text(of)
        );
        let mut response = Response::new(body);
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        for (name, value) in [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            // The address of the page holds the code.
            (CACHE_CONTROL, "no-store"),
            (REFERRER_POLICY, "no-referrer"),
            (CONTENT_SECURITY_POLICY, POLICY),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if self == Self::MethodNotAllowed {
            headers.insert(ALLOW, HeaderValue::from_static("GET"));
        }
        response
    }
}

#[cfg(all(test, any(feature = "support", feature = "tokens")))]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    use super::{POLICY, SCRIPT};

    #[test]
    fn the_policy_allows_the_script_and_no_other() {
        let hash = STANDARD.encode(Sha256::digest(SCRIPT));
        assert!(
            POLICY.contains(&format!("; script-src 'sha256-{hash}'; ")),
            "{hash}"
        );
    }
}
