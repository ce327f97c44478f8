//! A token as the Support API writes it.

use serde::Serialize;

use crate::clock::zulu;
use crate::state::Token;

/// How much of a token is shown. Documented: the first ten characters of an access token. Observed on
/// `tokens/current`: the last ten of a refresh token.
const SHOWN: usize = 10;

/// How the access token is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AccessToken {
    /// In `full_token` beside the masked one: observed in the answer to a creation, not documented.
    Full,
    Masked,
}

/// The JSON of a token.
///
/// Zendesk's OpenAPI has no null; those of the times were observed, that of `refresh_token` is inferred.
#[derive(Serialize)]
pub(super) struct Written<'a> {
    client_id: i64,
    created_at: String,
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_token: Option<&'a str>,
    id: i64,
    refresh_token: Option<String>,
    refresh_token_expires_at: Option<String>,
    scopes: &'a [String],
    token: String,
    url: String,
    used_at: Option<String>,
    user_id: i64,
}

/// What is written of a token.
pub(super) fn written<'a>(token: &'a Token, access_token: AccessToken, base: &str) -> Written<'a> {
    let full = access_token == AccessToken::Full;
    Written {
        client_id: token.client_id,
        created_at: zulu(token.created_at),
        expires_at: token.expires_at.map(zulu),
        full_token: full.then_some(token.access_token.as_str()),
        id: token.id,
        refresh_token: token.refresh_token.as_deref().map(last),
        refresh_token_expires_at: token.refresh_token_expires_at.map(zulu),
        scopes: &token.scopes,
        token: first(&token.access_token),
        url: format!("{base}/api/v2/tokens/{}", token.id),
        used_at: token.used_at.map(zulu),
        user_id: token.user_id,
    }
}

/// The first characters. A token that is not longer shows nothing.
fn first(token: &str) -> String {
    match token.char_indices().nth(SHOWN) {
        Some((end, _)) => token[..end].to_owned(),
        None => "...".to_owned(),
    }
}

/// The last characters. A token that is not longer shows nothing.
fn last(token: &str) -> String {
    let mut backwards = token.char_indices().rev();
    match (backwards.nth(SHOWN - 1), backwards.next()) {
        (Some((start, _)), Some(_)) => format!("...{}", &token[start..]),
        _ => "...".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{first, last};

    #[test]
    fn ten_characters_are_shown_and_never_all() {
        assert_eq!(first("af3345kdj3xyz"), "af3345kdj3");
        assert_eq!(last("xyzaf3345kdj3é"), "...f3345kdj3é");
        for short in ["", "af3345kdj3", "ééééé"] {
            assert_eq!(
                (first(short).as_str(), last(short).as_str()),
                ("...", "...")
            );
        }
    }
}
