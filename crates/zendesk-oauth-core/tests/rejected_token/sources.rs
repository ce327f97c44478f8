//! Sources of tokens: one that has another after a rejection, and one that has not.

use std::sync::{Arc, Mutex};

use reqwest::header::HeaderValue;
use zendesk_oauth_core::{AuthorizationFuture, CredentialError, CredentialSource};

/// Gives `Bearer CANARY-token-1`, and after each rejection of what it gave last the next one, as
/// many as it has.
#[derive(Clone)]
pub(crate) struct Tokens(Arc<Mutex<Given>>);

struct Given {
    number: usize,
    last: usize,
    rejected: Vec<HeaderValue>,
}

impl Tokens {
    pub(crate) fn up_to(last: usize) -> Self {
        Self(Arc::new(Mutex::new(Given {
            number: 1,
            last,
            rejected: Vec::new(),
        })))
    }

    pub(crate) fn rejected(&self) -> Vec<String> {
        let given = self.0.lock().unwrap();
        let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
        given.rejected.iter().map(text).collect()
    }
}

pub(crate) fn bearer(number: usize) -> String {
    format!("Bearer CANARY-token-{number}")
}

impl CredentialSource for Tokens {
    fn authorization(&self) -> AuthorizationFuture<'_> {
        Box::pin(async {
            let given = self.0.lock().unwrap();
            if given.number > given.last {
                return Err(CredentialError::unavailable("there is no other token"));
            }
            Ok(HeaderValue::from_str(&bearer(given.number)).unwrap())
        })
    }

    fn rejected(&self, value: &HeaderValue) {
        let mut given = self.0.lock().unwrap();
        if *value == bearer(given.number) {
            given.number += 1;
        }
        given.rejected.push(value.clone());
    }
}

/// Gives the same, whatever is said of it, as a source does that knows nothing of rejections.
pub(crate) struct Stubborn;

impl CredentialSource for Stubborn {
    fn ready(&self) -> Option<HeaderValue> {
        Some(HeaderValue::from_static("Bearer CANARY-token-1"))
    }

    fn authorization(&self) -> AuthorizationFuture<'_> {
        Box::pin(async { unreachable!("one is ready") })
    }
}
