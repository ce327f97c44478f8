//! What a browser comes back with, and what a person pastes.

use reqwest::Url;
use zendesk_oauth::Secret;
use zendesk_oauth::authorization::{AuthorizationCode, AuthorizationRequest, CallbackError};
use zendesk_oauth::zis::VerificationCode;

use crate::printed::{CANARY, assert_fit};

/// Nobody can guess it, but the corpus knows it.
const STATE: &str = "CANARY-state";

/// The text. What is no UTF-8 comes as a browser would show it.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let read = AuthorizationCode::from_callback(&text, &Secret::from(STATE));
    // Nothing is believed, a refusal neither, without the state.
    let has_state = decoded(&text).contains(STATE);
    match &read {
        Ok(code) => {
            assert!(has_state, "believed without its state: {text:?}");
            assert!(!code.secret().expose().is_empty());
            assert_eq!(format!("{code:?}"), "AuthorizationCode([redacted])");
        }
        Err(error) => {
            assert_fit(error);
            let unread = matches!(
                error,
                CallbackError::StateMismatch
                    | CallbackError::Repeated {
                        parameter: "state",
                        ..
                    }
                    | CallbackError::NotUtf8 {
                        parameter: "state",
                        ..
                    }
            );
            assert!(unread || has_state, "{error}: {text:?}");
        }
    }
    // Another state, of as many characters.
    let other = AuthorizationCode::from_callback(&text, &Secret::from("CANARY-stat\u{65}s"));
    assert!(other.is_err() || read.is_err(), "two states fit: {text:?}");

    match VerificationCode::from_callback(&text) {
        Ok(code) => assert!(!format!("{code:?}").contains("CANARY")),
        Err(error) => assert_fit(&error),
    }

    // A redirect URI, of which the request is made.
    match AuthorizationRequest::new("app", text.as_ref(), ["read"]) {
        Ok(request) => {
            let uri = Url::parse(request.redirect_uri()).expect("a URL is asked with");
            assert!(uri.fragment().is_none(), "{uri}");
            assert!(!format!("{request:?}").contains(request.state().expose()));
            let forged = request.code_from_callback(&format!("{text}?code=x&state={STATE}"));
            assert!(forged.is_err(), "any state fits: {text:?}");
        }
        // Scheme and host are shown on purpose. Without `http` a host may be any text.
        Err(_) if host(&text).contains(CANARY) => {}
        Err(error) => assert_fit(&error),
    }
}

fn host(text: &str) -> String {
    let url = Url::parse(text).ok();
    let host = url.as_ref().and_then(Url::host_str);
    host.unwrap_or_default().to_owned()
}

/// With its percent-encoding taken off, in any order of bytes.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.as_bytes();
    while let Some((&byte, rest)) = left.split_first() {
        let code = rest.get(..2).and_then(|it| str::from_utf8(it).ok());
        let code = code.and_then(|it| u8::from_str_radix(it, 16).ok());
        left = rest;
        match code {
            Some(code) if byte == b'%' => {
                bytes.push(code);
                left = &rest[2..];
            }
            _ => bytes.push(if byte == b'+' { b' ' } else { byte }),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
