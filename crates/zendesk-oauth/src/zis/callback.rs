//! How a flow's callback is read.

use super::callback_path::CallbackPath;
use super::{FlowError, VerificationCode};
use crate::callback::{Callback, Reading, Texts};

/// The callback of one flow, at a path of its own.
pub(super) struct ZisCallback(CallbackPath);

impl ZisCallback {
    pub(super) fn random() -> Result<Self, FlowError> {
        CallbackPath::random().map(Self)
    }

    /// Where the browser is to be sent.
    pub(super) fn url(&self, port: u16) -> String {
        format!("http://127.0.0.1:{port}{}", self.0.as_str())
    }
}

impl Callback for ZisCallback {
    type Outcome = Result<VerificationCode, FlowError>;

    const TEXTS: Texts = Texts {
        title: "Zendesk connection",
        refused: "The third party did not grant access. You can close this window and go back to \
                  the program.",
        unclear: "This address needs one verification code. Go back and try again.",
    };

    fn is_path(&self, path: &str) -> bool {
        self.0.is(path)
    }

    fn read(&self, query: &str) -> Reading<Self::Outcome> {
        match VerificationCode::from_callback(query) {
            Ok(code) => Reading::Done(Ok(code)),
            Err(error @ FlowError::Refused { .. }) => Reading::Refused(Err(error)),
            Err(_) => Reading::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Reading<Result<VerificationCode, FlowError>> {
        ZisCallback(CallbackPath::of([0; 16])).read(query)
    }

    #[test]
    fn a_code_ends_the_flow_by_either_name() {
        for query in ["?verification_code=abc", "?from=x&verification_token=abc"] {
            let Reading::Done(Ok(code)) = read(query) else {
                panic!("{query}");
            };
            assert_eq!(code.as_secret().expose(), "abc");
        }
    }

    #[test]
    fn a_refusal_ends_the_flow_and_nothing_else_does() {
        let Reading::Refused(Err(error)) = read("?error=access_denied") else {
            panic!("it does not end");
        };
        assert!(error.is_denied());
        for query in [
            "?",
            "?verification_code=",
            "?verification_code=abc&error=access_denied",
        ] {
            assert!(matches!(read(query), Reading::Unclear), "{query}");
        }
    }

    #[test]
    fn it_is_at_its_own_path_on_loopback() {
        let callback = ZisCallback(CallbackPath::of([0x5a; 16]));
        let path = format!("/{}", "5a".repeat(16));
        assert_eq!(callback.url(8085), format!("http://127.0.0.1:8085{path}"));
        assert!(callback.is_path(&path) && !callback.is_path("/"));
    }
}
