//! New tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::Lifetimes;
use crate::state::{IssuedTo, State, Token};
use crate::switches::AccessTokenForm;

const ACCESS_TOKEN_LENGTH: usize = 64;
const REFRESH_TOKEN_LENGTH: usize = 64;

/// How long an Ed25519 signature is, in bytes (RFC 8032).
const SIGNATURE_LENGTH: usize = 64;

/// What a token is to be. No Debug: it may hold a code.
pub(crate) struct Issue {
    pub(crate) client_id: i64,
    pub(crate) issued_to: IssuedTo,
    pub(crate) user_id: i64,
    pub(crate) scopes: Vec<String>,
    pub(crate) lifetimes: Lifetimes,
    /// The authorization code that it all began with.
    pub(crate) authorization_code: Option<String>,
}

/// Makes a token and remembers it.
pub(crate) fn issue(state: &mut State, now: Timestamp, issue: Issue) -> Token {
    let end = |seconds| {
        let end = now.saturating_add(SignedDuration::from_secs(seconds));
        end.unwrap_or(Timestamp::MAX)
    };
    let expires_at = issue.lifetimes.access.map(end);
    let refresh_token_expires_at = issue.lifetimes.refresh.map(end);
    let refresh_token = refresh_token_expires_at.map(|_| {
        let kind = "refresh token";
        state.chance.lowercase(kind, REFRESH_TOKEN_LENGTH)
    });
    let token = Token {
        id: state.next_id(),
        client_id: issue.client_id,
        issued_to: issue.issued_to,
        user_id: issue.user_id,
        scopes: issue.scopes,
        access_token: access_token(state, expires_at),
        refresh_token,
        created_at: now,
        expires_at,
        refresh_token_expires_at,
        used_at: None,
        authorization_code: issue.authorization_code,
    };
    state.tokens.insert(token.clone());
    token
}

/// The one claim that was observed in a JWT is `exp`: what does not expire has nothing to claim, and is
/// opaque as older tokens are.
fn access_token(state: &mut State, expires_at: Option<Timestamp>) -> String {
    match (state.switches.access_token, expires_at) {
        (AccessTokenForm::Jwt, Some(end)) => jwt(state, end),
        _ => state
            .chance
            .alphanumeric("access token", ACCESS_TOKEN_LENGTH),
    }
}

/// Header and payload as observed. The signature is of random bytes: nothing verifies it, and clients
/// are to treat a token as opaque.
fn jwt(state: &mut State, end: Timestamp) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"EdDSA","typ":"at+jwt"}"#);
    let payload = URL_SAFE_NO_PAD.encode(json!({ "exp": end.as_second() }).to_string());
    let signature = state.chance.bytes("signature", SIGNATURE_LENGTH);
    let jwt = format!("{header}.{payload}.{}", URL_SAFE_NO_PAD.encode(signature));
    state.chance.note_secret(&jwt);
    jwt
}
