//! A stand-in for the third party of ZIS flows: an OAuth provider as RFC 6749 has it, invented.
//!
//! It knows every client; only where a ZIS OAuth client leads here is its secret checked. It keeps no
//! access tokens, as nothing here takes one. Not modelled: PKCE, revocation, registered redirect URIs.

mod address;
mod authorize;
mod token;

use std::collections::BTreeMap;

use axum::http::Method;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::routes::{Access, Route};

pub(crate) use address::is_own_url;
pub(crate) use token::token;

/// The path of its authorization endpoint.
pub(crate) const AUTHORIZE: &str = "/_provider/oauth/authorize";
/// The path of its token endpoint.
pub(crate) const TOKEN: &str = "/_provider/oauth/token";

const fn route(
    operation: &'static str,
    method: Method,
    path: &'static str,
    run: fn(&mut crate::state::State, &crate::http::Call<'_>) -> crate::http::Answer,
) -> Route {
    Route {
        operation,
        method,
        path,
        access: Access::Open,
        // Showing the consent page issues a code when nobody is asked.
        changes: true,
        run,
    }
}

#[rustfmt::skip]
pub(crate) const ROUTES: &[Route] = &[
    route("show_provider_consent", Method::GET, AUTHORIZE, authorize::ask),
    route("answer_provider_consent", Method::POST, AUTHORIZE, authorize::answer),
    route("create_provider_token", Method::POST, TOKEN, token::create),
];

/// As many codes are not worth looking through.
const FEW: usize = 256;

/// What the third party remembers.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Provider {
    /// What was agreed to, by authorization code.
    codes: BTreeMap<String, Agreed>,
    /// What can be renewed, by refresh token.
    refresh_tokens: BTreeMap<String, Renewable>,
}

impl Provider {
    /// Remembers consent. Expired codes are looked for whenever there are twice as many as before, so that those
    /// that nobody redeems do not stay for ever.
    fn remember(&mut self, code: String, agreed: Agreed, now: Timestamp) {
        let count = self.codes.len();
        if count >= FEW && count.is_power_of_two() {
            self.codes.retain(|_, agreed| now < agreed.expires_at);
        }
        self.codes.insert(code, agreed);
    }

    /// Adds every secret that there is in here: the journal shows none of them.
    pub(crate) fn add_secrets(&self, secrets: &mut crate::state::Secrets) {
        let values = self.codes.keys().chain(self.refresh_tokens.keys());
        values.for_each(|it| secrets.add(it));
    }
}

/// Consent behind an authorization code.
#[derive(Clone, Serialize, Deserialize)]
struct Agreed {
    client_id: String,
    redirect_uri: String,
    scope: Option<String>,
    /// Whether a refresh token was asked for.
    offline: bool,
    expires_at: Timestamp,
}

/// What stands behind a refresh token.
#[derive(Clone, Serialize, Deserialize)]
struct Renewable {
    client_id: String,
    scope: Option<String>,
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn codes_that_nobody_redeems_are_forgotten_after_their_end() {
        let mut provider = Provider::default();
        let mut now = Timestamp::UNIX_EPOCH;
        for number in 0..4 * FEW {
            now += SignedDuration::from_secs(1);
            let agreed = Agreed {
                client_id: "somebody".to_owned(),
                redirect_uri: "http://localhost/back".to_owned(),
                scope: None,
                offline: false,
                expires_at: now + SignedDuration::from_secs(10),
            };
            provider.remember(number.to_string(), agreed, now);
            assert!(provider.codes.contains_key(&number.to_string()));
        }
        assert!(provider.codes.len() <= FEW, "{}", provider.codes.len());
    }
}
