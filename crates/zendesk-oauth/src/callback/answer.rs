//! What a request is answered, and whether it ends the flow.

use hyper::{Method, Uri};

use super::page::Page;
use super::{Callback, Reading};

/// Only a `GET` of the callback's path with one clear answer ends the flow.
pub(super) fn answer<C: Callback>(
    method: &Method,
    uri: &Uri,
    callback: &C,
) -> (Page, Option<C::Outcome>) {
    if !callback.is_path(uri.path()) {
        return (Page::NotFound, None);
    }
    if method != Method::GET {
        return (Page::MethodNotAllowed, None);
    }
    // As a URL's part: the query may be anything.
    let query = format!("?{}", uri.query().unwrap_or_default());
    match callback.read(&query) {
        Reading::Done(outcome) => (Page::Done, Some(outcome)),
        Reading::Refused(outcome) => (Page::Refused, Some(outcome)),
        Reading::Unclear => (Page::Unclear, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::tests::Letters;

    fn answered(method: &str, target: &str) -> (Page, Option<String>) {
        let method = method.parse().unwrap();
        answer(&method, &target.parse().unwrap(), &Letters)
    }

    #[test]
    fn a_clear_answer_on_the_path_ends_the_flow() {
        for target in ["/cb?abc", "http://127.0.0.1/cb?abc"] {
            let outcome = Some("abc".to_owned());
            assert_eq!(answered("GET", target), (Page::Done, outcome), "{target}");
        }
    }

    #[test]
    fn a_refusal_on_the_path_ends_the_flow() {
        let outcome = Some("no".to_owned());
        assert_eq!(answered("GET", "/cb?no"), (Page::Refused, outcome));
    }

    #[test]
    fn nothing_else_does() {
        for (method, target, page) in [
            ("GET", "/", Page::NotFound),
            ("GET", "/favicon.ico", Page::NotFound),
            ("GET", "/?abc", Page::NotFound),
            ("GET", "/cb/?abc", Page::NotFound),
            ("GET", "/x/cb?no", Page::NotFound),
            ("OPTIONS", "*", Page::NotFound),
            ("HEAD", "/cb?abc", Page::MethodNotAllowed),
            ("POST", "/cb?abc", Page::MethodNotAllowed),
            ("BREW", "/cb?no", Page::MethodNotAllowed),
            ("GET", "/cb", Page::Unclear),
            ("GET", "/cb?", Page::Unclear),
            ("GET", "/cb?abc&no", Page::Unclear),
        ] {
            assert_eq!(answered(method, target), (page, None), "{method} {target}");
        }
    }
}
