//! What a request is answered, and whether it ends the flow.

use hyper::{Method, Uri};

use super::page::Page;
use super::path::CallbackPath;
use super::{FlowError, Outcome, VerificationCode};

/// Only a `GET` of the callback's path with one clear answer ends the flow.
pub(super) fn answer(method: &Method, uri: &Uri, path: &CallbackPath) -> (Page, Option<Outcome>) {
    if !path.is(uri.path()) {
        return (Page::NotFound, None);
    }
    if method != Method::GET {
        return (Page::MethodNotAllowed, None);
    }
    // As a URL's part: the query may be anything.
    let query = format!("?{}", uri.query().unwrap_or_default());
    match VerificationCode::from_callback(&query) {
        Ok(code) => (Page::Done, Some(Ok(code))),
        Err(error @ FlowError::Refused { .. }) => (Page::Refused, Some(Err(error))),
        Err(_) => (Page::Unclear, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(method: &str, target: &str) -> (Page, Option<Outcome>) {
        let path = CallbackPath::of([0; 16]);
        let target = target.replace("{path}", path.as_str());
        let method = method.parse().unwrap();
        answer(&method, &target.parse().unwrap(), &path)
    }

    #[test]
    fn a_code_on_the_path_ends_the_flow() {
        for target in [
            "{path}?verification_code=abc",
            "{path}?from=x&verification_token=abc",
            "http://127.0.0.1{path}?verification_code=abc",
        ] {
            let (page, outcome) = answered("GET", target);
            assert_eq!(page, Page::Done);
            assert_eq!(outcome.unwrap().unwrap().as_secret().expose(), "abc");
        }
    }

    #[test]
    fn a_refusal_on_the_path_ends_the_flow() {
        let (page, outcome) = answered("GET", "{path}?error=access_denied");
        assert_eq!(page, Page::Refused);
        assert!(outcome.unwrap().unwrap_err().is_denied());
    }

    #[test]
    fn nothing_else_does() {
        for (method, target, page) in [
            ("GET", "/", Page::NotFound),
            ("GET", "/favicon.ico", Page::NotFound),
            ("GET", "/?verification_code=abc", Page::NotFound),
            ("GET", "{path}/?verification_code=abc", Page::NotFound),
            ("GET", "/x{path}?error=access_denied", Page::NotFound),
            ("OPTIONS", "*", Page::NotFound),
            (
                "HEAD",
                "{path}?verification_code=abc",
                Page::MethodNotAllowed,
            ),
            (
                "POST",
                "{path}?verification_code=abc",
                Page::MethodNotAllowed,
            ),
            ("BREW", "{path}?error=access_denied", Page::MethodNotAllowed),
            ("GET", "{path}", Page::Unclear),
            ("GET", "{path}?", Page::Unclear),
            ("GET", "{path}?verification_code=", Page::Unclear),
            (
                "GET",
                "{path}?verification_code=abc&error=access_denied",
                Page::Unclear,
            ),
        ] {
            let (answered, outcome) = answered(method, target);
            assert_eq!(answered, page, "{method} {target}");
            assert!(outcome.is_none(), "{method} {target}");
        }
    }
}
