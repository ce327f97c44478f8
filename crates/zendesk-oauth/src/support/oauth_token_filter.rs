//! `OAuthTokenFilter`: which tokens are listed.

use zendesk_support_oauth_tokens::builder::ListSupportOauthTokens;

use crate::RequestError;

/// Which tokens are listed
/// (<https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/>).
///
/// ```
/// use zendesk_oauth::support::OAuthTokenFilter;
///
/// let filter = OAuthTokenFilter::of_everyone().client_id(223443);
/// # let _ = filter;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a filter is given to `list`"]
pub struct OAuthTokenFilter {
    of_everyone: bool,
    include_expired: bool,
    client_id: Option<i64>,
    global_client_id: Option<i64>,
}

impl OAuthTokenFilter {
    /// The tokens of the user of these credentials.
    pub fn mine() -> Self {
        Self {
            of_everyone: false,
            include_expired: false,
            client_id: None,
            global_client_id: None,
        }
    }

    /// `all`: the tokens of all users of the account.
    pub fn of_everyone() -> Self {
        Self {
            of_everyone: true,
            ..Self::mine()
        }
    }

    /// `client_id`: only those of this OAuth client of the account, by its number.
    pub fn client_id(mut self, id: i64) -> Self {
        self.client_id = Some(id);
        self
    }

    /// `global_client_id`: only those of this global OAuth client, by its number.
    pub fn global_client_id(mut self, id: i64) -> Self {
        self.global_client_id = Some(id);
        self
    }

    /// `include_expired`: those that have expired too. It goes with
    /// [`of_everyone`](Self::of_everyone) only, as Zendesk's OpenAPI file says; with
    /// [`mine`](Self::mine) the list is refused and nothing is sent. That it is meant for this list is
    /// inferred.
    pub fn include_expired(mut self) -> Self {
        self.include_expired = true;
        self
    }

    pub(super) fn check(self) -> Result<(), RequestError> {
        if self.include_expired && !self.of_everyone {
            return Err(RequestError::new(
                "include_expired",
                "`include_expired` goes with `all` only: list the tokens `of_everyone`, or leave \
                 expired ones out",
            ));
        }
        Ok(())
    }

    /// The call with this filter; what is not asked for is not sent.
    pub(super) fn on(self, call: ListSupportOauthTokens<'_>) -> ListSupportOauthTokens<'_> {
        let mut call = call;
        if self.of_everyone {
            call = call.all(true);
        }
        if self.include_expired {
            call = call.include_expired(true);
        }
        if let Some(id) = self.client_id {
            call = call.client_id(id);
        }
        if let Some(id) = self.global_client_id {
            call = call.global_client_id(id);
        }
        call
    }
}

impl Default for OAuthTokenFilter {
    /// [`mine`](Self::mine), as without any parameter.
    fn default() -> Self {
        Self::mine()
    }
}
