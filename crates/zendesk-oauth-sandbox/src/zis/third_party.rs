//! What ZIS asks of a third party's token URL.
//!
//! The sandbox calls no other host. A token URL that leads to its own stand-in is answered in process;
//! any other is as one that refuses.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::records::{OAuthClient, ThirdPartyTokens};
use super::rules;
use crate::http::Call;
use crate::provider;
use crate::state::State;

/// Asks for tokens with the client's credentials; none if the third party refuses or cannot be asked.
pub(super) fn tokens(
    state: &mut State,
    call: &Call<'_>,
    client: &OAuthClient,
    subdomain: Option<&str>,
    members: &[(&str, Option<&str>)],
) -> Option<ThirdPartyTokens> {
    let token_url = rules::with_subdomain(&client.token_url, subdomain)?;
    if !provider::is_own_url(&token_url, call.base, provider::TOKEN) {
        return None;
    }
    let member = |name: &str| match name {
        "client_id" => Some(client.client_id.clone()),
        "client_secret" => Some(client.client_secret.clone()),
        _ => {
            let mut members = members.iter();
            let found = members.find(|(known, _)| *known == name)?;
            found.1.map(str::to_owned)
        }
    };
    let answer = provider::token(state, call.now, &member).ok()?;
    read(&answer, call.now)
}

/// Reads a token answer (RFC 6749, section 5.1).
fn read(answer: &Value, now: Timestamp) -> Option<ThirdPartyTokens> {
    let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
    let seconds = answer.get("expires_in").and_then(Value::as_i64);
    let end = |seconds| {
        let end = now.saturating_add(SignedDuration::from_secs(seconds));
        end.unwrap_or(Timestamp::MAX)
    };
    Some(ThirdPartyTokens {
        access_token: text("access_token")?,
        refresh_token: text("refresh_token"),
        token_type: text("token_type").unwrap_or_else(|| "bearer".to_owned()),
        expires_at: seconds.map(end),
        body: answer.to_string(),
    })
}
