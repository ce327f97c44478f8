//! How a login's callback is read, whether a browser or a person brings it.

use std::sync::Arc;

use crate::authorization::{AuthorizationCode, AuthorizationRequest, CallbackError};
use crate::callback::{Callback, Reading, Texts};

/// What a login waits for: the code, or why there is none.
pub(super) type Outcome = Result<AuthorizationCode, CallbackError>;

/// The callback of one login.
pub(super) struct LoginCallback {
    request: Arc<AuthorizationRequest>,
    path: String,
}

impl LoginCallback {
    /// At the path of the request's redirect URI.
    pub(super) fn of(request: Arc<AuthorizationRequest>) -> Self {
        let url = reqwest::Url::parse(request.redirect_uri());
        let path = url.map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
        Self { request, path }
    }
}

impl Callback for LoginCallback {
    type Outcome = Outcome;

    const TEXTS: Texts = Texts {
        title: "Zendesk login",
        refused: "Access was not granted. You can close this window and go back to the program.",
        unclear: "This is not the answer to the login that is under way. Go back to the program, and \
                  open the address that it shows.",
    };

    fn is_path(&self, path: &str) -> bool {
        path == self.path
    }

    fn read(&self, query: &str) -> Reading<Outcome> {
        match read(&self.request, query) {
            Ok(code) => Reading::Done(Ok(code)),
            Err(error @ CallbackError::Refused { .. }) => Reading::Refused(Err(error)),
            Err(_) => Reading::Unclear,
        }
    }
}

/// Reads a callback: the URL, its path with the query, or the query alone. A refusal ends the login,
/// as it has the login's `state`; every other error is of something else that came instead.
pub(super) fn read(request: &AuthorizationRequest, callback: &str) -> Outcome {
    request.code_from_callback(callback.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_state_ends_the_login_and_only_on_the_path() {
        let uri = "http://127.0.0.1:8085/call%20back?kept=1";
        let request = AuthorizationRequest::new("app", uri, ["read"]).unwrap();
        let state = request.state().expose().to_owned();
        let callback = LoginCallback::of(Arc::new(request));
        assert!(callback.is_path("/call%20back"));
        assert!(!callback.is_path("/") && !callback.is_path("/call%20back/"));

        let done = callback.read(&format!("?kept=1&code=abc&state={state}"));
        let Reading::Done(Ok(code)) = done else {
            panic!("it goes on");
        };
        assert_eq!(code.secret().expose(), "abc");
        let refused = callback.read(&format!("?error=access_denied&state={state}"));
        assert!(matches!(refused, Reading::Refused(Err(error)) if error.is_denied()));
        for query in [
            "?".to_owned(),
            "?code=abc".to_owned(),
            "?error=access_denied".to_owned(),
            "?code=abc&state=other".to_owned(),
            "?error=access_denied&state=other".to_owned(),
            format!("?state={state}"),
            format!("?code=a&code=b&state={state}"),
            format!("?code=a&error=access_denied&state={state}"),
            format!("?code=%ff&state={state}"),
        ] {
            assert!(matches!(callback.read(&query), Reading::Unclear), "{query}");
        }
    }

    #[test]
    fn a_redirect_uri_without_a_path_is_asked_for_as_the_root() {
        let uri = "http://127.0.0.1:8085";
        let request = AuthorizationRequest::new("app", uri, ["read"]).unwrap();
        assert!(LoginCallback::of(Arc::new(request)).is_path("/"));
    }
}
