//! `TokenSummaryFilter`: whose tokens are counted, and which.

use zendesk_support_global_oauth_clients::builder::ListGlobalOauthClientTokenSummaries;

/// Whose tokens are counted, and which
/// (<https://developer.zendesk.com/api-reference/ticketing/oauth/global_clients/>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "a filter is given to `token_summaries`"]
pub struct TokenSummaryFilter {
    global_client_id: Option<i64>,
    include_expired: bool,
}

impl TokenSummaryFilter {
    /// The good tokens of all global clients. That expired ones are left out is inferred.
    pub fn new() -> Self {
        Self::default()
    }

    /// `global_client_id`: only those of this global client, by its number.
    pub fn global_client_id(mut self, id: i64) -> Self {
        self.global_client_id = Some(id);
        self
    }

    /// `include_expired`: those that have expired too.
    pub fn include_expired(mut self) -> Self {
        self.include_expired = true;
        self
    }

    /// The call with this filter; what is not asked for is not sent.
    pub(super) fn on(
        self,
        call: ListGlobalOauthClientTokenSummaries<'_>,
    ) -> ListGlobalOauthClientTokenSummaries<'_> {
        let mut call = call;
        if let Some(id) = self.global_client_id {
            call = call.global_client_id(id);
        }
        if self.include_expired {
            call = call.include_expired(true);
        }
        call
    }
}
