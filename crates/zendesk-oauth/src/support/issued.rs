//! `IssuedOAuthToken`: a token with the whole of it.

use std::fmt;

use zendesk_oauth_core::Secret;

use super::SupportOAuthToken;
use super::whole_secret::is_whole;

/// A token with the whole access token, which no later answer shows again.
///
/// The whole of it is here only: the record's member `full_token` is empty.
#[derive(Clone)]
#[must_use = "the token is shown once"]
pub struct IssuedOAuthToken {
    record: SupportOAuthToken,
    token: Secret,
}

impl IssuedOAuthToken {
    /// What Zendesk says of the token: its id, its scopes, when it expires.
    #[must_use]
    pub fn record(&self) -> &SupportOAuthToken {
        &self.record
    }

    /// The whole access token, as for [`Credentials::bearer`](crate::Credentials::bearer).
    #[must_use]
    pub fn token(&self) -> &Secret {
        &self.token
    }

    /// Both, to keep each in its place.
    #[must_use]
    pub fn into_parts(self) -> (SupportOAuthToken, Secret) {
        (self.record, self.token)
    }
}

impl fmt::Debug for IssuedOAuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedOAuthToken")
            .field("id", &self.record.id)
            .finish_non_exhaustive()
    }
}

/// Takes the whole token out of a record; or gives the number of the token, if it is not there.
pub(super) fn with_whole_token(mut record: SupportOAuthToken) -> Result<IssuedOAuthToken, i64> {
    match record.full_token.take() {
        Some(token) if is_whole(&token) => Ok(IssuedOAuthToken { record, token }),
        _ => Err(record.id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(full_token: Option<&str>) -> Result<IssuedOAuthToken, i64> {
        let record = SupportOAuthToken::builder()
            .id(7)
            .token(Secret::from("CANARY-cut"));
        let record = record.full_token(full_token.map(Secret::from));
        with_whole_token(record.try_into().unwrap())
    }

    #[test]
    fn a_whole_token_is_taken_out_of_the_record() {
        let issued = read(Some("CANARY-cut-and-the-rest")).unwrap();
        assert!(issued.record().full_token.is_none());
        assert!(!format!("{issued:?}").contains("CANARY"));
        let (record, token) = issued.into_parts();
        assert_eq!((record.id, token.expose()), (7, "CANARY-cut-and-the-rest"));
    }

    #[test]
    fn a_token_that_is_cut_or_missing_is_none() {
        for cut in [None, Some(""), Some("CANARY-cut...")] {
            assert_eq!(read(cut).unwrap_err(), 7, "{cut:?}");
        }
    }
}
