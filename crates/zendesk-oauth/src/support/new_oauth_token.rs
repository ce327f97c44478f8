//! `NewOAuthToken`: a token to create.

use std::time::Duration;

use zendesk_support_oauth_tokens::types::builder;
use zendesk_support_oauth_tokens::types::{
    CreateSupportOAuthToken, CreateSupportOAuthTokenRequest,
};

use super::token_lifetimes::TokenLifetimes;
use crate::{RequestError, scope};

/// A token to create, for an OAuth client of the account
/// (<https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/>).
///
/// No scope, a scope with a character that no scope has (RFC 6749, 3.3), and a lifetime outside of
/// Zendesk's limits make the call fail before anything is sent. A scope that does not exist is taken by
/// Zendesk, and calls with the token are then forbidden.
///
/// ```
/// use std::time::Duration;
/// use zendesk_oauth::support::NewOAuthToken;
///
/// let token = NewOAuthToken::new(223443, ["tickets:read"]).expires_in(Duration::from_secs(1800));
/// # let _ = token;
/// ```
#[derive(Clone, Debug)]
#[must_use = "a token is created by `create` or `issue`"]
pub struct NewOAuthToken {
    body: builder::CreateSupportOAuthToken,
    lifetimes: TokenLifetimes,
    defect: Option<RequestError>,
}

impl NewOAuthToken {
    /// A token of the client with this number, which is its `id` and not its identifier, for the user
    /// who makes the call. A text with spaces is several scopes, as elsewhere in OAuth.
    pub fn new<S: AsRef<str>>(client_id: i64, scopes: impl IntoIterator<Item = S>) -> Self {
        let none = "the token has no scope, so that it could do nothing: give the least that serves, \
                    such as `read`";
        let (scopes, defect) = match scope::required("scopes", none, scopes) {
            Ok(joined) => (joined.split(' ').map(str::to_owned).collect(), None),
            Err(refused) => (Vec::new(), Some(refused)),
        };
        let body = CreateSupportOAuthToken::builder().client_id(client_id);
        Self {
            body: body.scopes::<Vec<String>>(scopes),
            lifetimes: TokenLifetimes::default(),
            defect,
        }
    }

    /// How long the access token is to last, in whole seconds, from 5 minutes to 48 hours. Without it,
    /// that is 30 minutes for a client made on or after 2026-04-30, and without end for an older one.
    ///
    /// Zendesk documents that lifetimes can be asked for, and not how it is done here; that the member
    /// is called `expires_in`, as in `POST /oauth/tokens`, is inferred. Believe the answer, not the
    /// request.
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetimes.set_access(lifetime);
        self
    }

    /// How long the refresh token is to last, if there is one, in whole seconds, from 7 to 90 days; 30
    /// days without it. The name of the member is inferred as that of
    /// [`expires_in`](Self::expires_in).
    pub fn refresh_token_expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetimes.set_refresh(lifetime);
        self
    }

    pub(super) fn check(&self) -> Result<(), RequestError> {
        self.defect.clone().map_or(Ok(()), Err)?;
        self.lifetimes.check()
    }

    pub(super) fn into_body(self) -> builder::CreateSupportOAuthTokenRequest {
        let mut token = self.body;
        if let Some(seconds) = self.lifetimes.access() {
            token = token.expires_in(seconds);
        }
        if let Some(seconds) = self.lifetimes.refresh() {
            token = token.refresh_token_expires_in(seconds);
        }
        CreateSupportOAuthTokenRequest::builder().token(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(new: NewOAuthToken) -> (&'static str, String) {
        let refused = new.check().unwrap_err();
        (refused.member(), refused.to_string())
    }

    #[test]
    fn scopes_are_needed_and_have_no_odd_characters() {
        assert_eq!(NewOAuthToken::new(1, ["read"]).check(), Ok(()));
        for scopes in [&[][..], &["", " "]] {
            let (member, text) = refused(NewOAuthToken::new(1, scopes));
            assert!(member == "scopes" && text.contains("no scope"), "{text}");
        }
        for odd in ["CANARY-\"", "CANARY\t", "l\u{e9}er CANARY"] {
            let (member, text) = refused(NewOAuthToken::new(1, [odd]));
            assert!(member == "scopes" && !text.contains("CANARY"), "{text}");
        }
    }

    #[test]
    fn lifetimes_are_within_zendesks_limits_and_the_first_defect_counts() {
        let new = || NewOAuthToken::new(1, ["read"]);
        for good in [300, 1_800, 172_800] {
            let checked = new().expires_in(Duration::from_secs(good)).check();
            assert_eq!(checked, Ok(()), "{good}");
        }
        for bad in [0, 299, 172_801, u64::MAX] {
            let (member, text) = refused(new().expires_in(Duration::from_secs(bad)));
            assert_eq!(member, "expires_in");
            assert!(text.contains(&format!("is {bad} seconds")), "{text}");
        }
        for (days, good) in [(6, false), (7, true), (90, true), (91, false)] {
            let lifetime = Duration::from_secs(days * 86_400);
            let checked = new().refresh_token_expires_in(lifetime).check();
            assert_eq!(checked.is_ok(), good, "{days}");
        }
        let both = NewOAuthToken::new(1, [""; 0]).expires_in(Duration::ZERO);
        assert_eq!(refused(both).0, "scopes");
    }
}
