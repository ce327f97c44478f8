//! The third party's token endpoint (RFC 6749, sections 4.1.3, 4.4, 5 and 6).

use axum::http::{StatusCode, header};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Renewable, TOKEN, is_own_url};
use crate::auth::Credential;
use crate::http::{Answer, Call, Query};
use crate::state::State;

/// How long an access token lasts, in seconds.
const LIFETIME: i64 = 3_600;

/// A refusal in the terms of RFC 6749, section 5.2.
pub(crate) type Refusal = &'static str;

/// Decides a token request; the answer is the JSON that the third party sends. ZIS asks here in process.
pub(crate) fn token(
    state: &mut State,
    now: Timestamp,
    member: &dyn Fn(&str) -> Option<String>,
) -> Result<Value, Refusal> {
    let given = |name: &str| member(name).filter(|value| !value.is_empty());
    let grant_type = given("grant_type").ok_or("invalid_request")?;
    let client_id = given("client_id").ok_or("invalid_client")?;
    let secret = given("client_secret");
    check_secret(state, &client_id, secret.as_deref())?;
    match grant_type.as_str() {
        "authorization_code" => {
            let code = given("code").ok_or("invalid_request")?;
            let agreed = state.provider.codes.get(&code).ok_or("invalid_grant")?;
            if agreed.client_id != client_id {
                return Err("invalid_grant");
            }
            // A code works once, even if the rest of the request is wrong.
            let agreed = state.provider.codes.remove(&code).ok_or("invalid_grant")?;
            let same_place = given("redirect_uri").as_deref() == Some(&agreed.redirect_uri);
            if now >= agreed.expires_at || !same_place {
                return Err("invalid_grant");
            }
            Ok(issue(state, client_id, agreed.scope, agreed.offline))
        }
        "refresh_token" => {
            let refresh_token = given("refresh_token").ok_or("invalid_request")?;
            let tokens = &mut state.provider.refresh_tokens;
            let own = tokens
                .get(&refresh_token)
                .filter(|it| it.client_id == client_id);
            own.ok_or("invalid_grant")?;
            let renewable = tokens.remove(&refresh_token).ok_or("invalid_grant")?;
            Ok(issue(state, client_id, renewable.scope, true))
        }
        "client_credentials" if secret.is_some() => {
            Ok(issue(state, client_id, given("scope"), false))
        }
        "client_credentials" => Err("invalid_client"),
        _ => Err("unsupported_grant_type"),
    }
}

/// Where a ZIS OAuth client leads here, its secret is the one; anybody else's is not known.
fn check_secret(state: &State, client_id: &str, secret: Option<&str>) -> Result<(), Refusal> {
    let leads_here = |url: &str| {
        // Under whatever host: its path tells.
        let path = url
            .split_once("://")
            .map_or(url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        is_own_url(path, "", TOKEN)
    };
    let secrets = state.zis.client_secrets(client_id, leads_here);
    if secrets.is_empty() {
        return Ok(());
    }
    match secret.is_some_and(|secret| secrets.contains(&secret)) {
        true => Ok(()),
        false => Err("invalid_client"),
    }
}

fn issue(state: &mut State, client_id: String, scope: Option<String>, refreshable: bool) -> Value {
    // As long as those in the examples of Zendesk's page.
    let access_token = state.chance.base64url("provider access token", 40);
    let mut answer = json!({
        "access_token": access_token,
        "expires_in": LIFETIME,
        "token_type": "bearer",
    });
    if let Some(scope) = &scope {
        answer["scope"] = json!(scope);
    }
    if refreshable {
        let refresh_token = state.chance.base64url("provider refresh token", 34);
        answer["refresh_token"] = json!(refresh_token);
        let renewable = Renewable { client_id, scope };
        state
            .provider
            .refresh_tokens
            .insert(refresh_token, renewable);
    }
    answer
}

/// A form, as the RFC has it, or JSON, as many third parties take it too; the client's credentials in the
/// body or in the header.
pub(super) fn create(state: &mut State, call: &Call<'_>) -> Answer {
    let json: Value = match call.is_json() {
        true => serde_json::from_slice(call.body).unwrap_or_default(),
        false => Value::Null,
    };
    let form = match call.is_form() {
        true => Query::parse(call.body),
        false => Query::default(),
    };
    let header = match Credential::of(call) {
        Credential::Basic { user, password } => Some((user, password)),
        _ => None,
    };
    let member = |name: &str| match (name, &header) {
        ("client_id", Some((user, _))) => Some(user.clone()),
        ("client_secret", Some((_, password))) => Some(password.clone()),
        _ => {
            let text = json.get(name).and_then(Value::as_str);
            text.or_else(|| form.get(name)).map(str::to_owned)
        }
    };
    let answer = match token(state, call.now, &member) {
        Ok(answer) => Answer::json(StatusCode::OK, &answer),
        Err("invalid_client") => {
            let body = json!({ "error": "invalid_client" });
            Answer::json(StatusCode::UNAUTHORIZED, &body)
                .with(header::WWW_AUTHENTICATE, "Basic realm=\"provider\"")
        }
        Err(error) => Answer::json(StatusCode::BAD_REQUEST, &json!({ "error": error })),
    };
    answer.with(header::CACHE_CONTROL, "no-store")
}
