//! The token endpoint of Support: a token for a client's secret, for a code, and for a refresh token.

use reqwest::StatusCode;
use zendesk_oauth_core::Secret;
use zendesk_support_grant_type_tokens::types::{
    CreateTokenForGrantTypeRequest, SupportGrantType, TokenForGrantType, builder,
};

use super::drive::{Tour, refused};
use super::step::{Deviation, Found, Request, expect, present};
use super::steps_support::TourClient;
use crate::failure::with_causes;

const ID: &str = "create_token_for_grant_type";

/// The scope of what is only looked at.
const SCOPE: &str = "read";

/// Seconds that each token is to live.
const LIFETIME: i64 = 1_800;

fn asked(
    grant_type: SupportGrantType,
    client_id: &str,
    secret: &Secret,
) -> builder::CreateTokenForGrantTypeRequest {
    CreateTokenForGrantTypeRequest::builder()
        .grant_type(grant_type)
        .client_id(client_id)
        .client_secret(secret.clone())
        .expires_in(LIFETIME)
}

/// Whether a client gets a token for its secret: the status of the answer.
pub(super) async fn minted(
    tour: &Tour,
    client_id: &str,
    secret: &Secret,
) -> Result<StatusCode, Deviation> {
    let body = asked(SupportGrantType::ClientCredentials, client_id, secret);
    let call = tour.grant_types.create_token_for_grant_type();
    match call.body(body.scope(SCOPE.to_owned())).send().await {
        Ok(answer) => Ok(answer.status()),
        Err(error) => error.status().ok_or_else(|| Deviation {
            expected: "an answer of /oauth/tokens".to_owned(),
            came: with_causes(&error),
        }),
    }
}

/// A token that the account's own client gets for its secret.
pub(super) async fn token_for_a_secret(tour: &mut Tour) -> Option<Secret> {
    let client_id = tour.credentials.client_id.clone()?;
    let secret = Secret::from(tour.credentials.client_secret.clone()?);
    let scope = "read write";
    let body = asked(SupportGrantType::ClientCredentials, &client_id, &secret);
    let body = body.scope(scope.to_owned());
    let call = tour.grant_types.create_token_for_grant_type();
    let answer = tour
        .steps
        .make(Request::of(ID), 200, call.body(body).send(), |token| {
            is_asked(token, scope)?;
            let refreshes = token.refresh_token.is_some();
            expect(!refreshes, "no refresh token for a secret", "one")?;
            Ok(format!("for a secret: a token of {LIFETIME} s"))
        })
        .await?;
    Some(answer.access_token.clone())
}

/// A pair for a code that a person's browser brought, and another for its refresh token.
pub(super) async fn pair_for_a_code(tour: &mut Tour, client: &TourClient) -> Option<()> {
    let code = tour
        .browser
        .code(&client.identifier, client.redirect_uri, SCOPE);
    let (code, stopped) = code.await;
    let grant_type = SupportGrantType::AuthorizationCode;
    let body = asked(grant_type, &client.identifier, &client.secret)
        .code(code)
        .redirect_uri(client.redirect_uri.to_owned())
        .scope(SCOPE.to_owned());
    let call = tour.grant_types.create_token_for_grant_type();
    let answer = tour
        .steps
        .make(Request::of(ID), 200, call.body(body).send(), |token| {
            is_asked(token, SCOPE)?;
            present(token.refresh_token.as_ref(), "a refresh token")?;
            Ok("for a code: a token and a refresh token".to_owned())
        })
        .await;
    if let Some(deviation) = stopped {
        tour.steps.also(ID, Err(deviation));
    }
    let answer = answer?;
    let pair = (answer.access_token.clone(), answer.refresh_token.clone()?);
    refreshed(tour, client, pair).await
}

async fn refreshed(tour: &mut Tour, client: &TourClient, old: (Secret, Secret)) -> Option<()> {
    let (access_token, refresh_token) = old;
    let body = || {
        let grant_type = SupportGrantType::RefreshToken;
        let body = asked(grant_type, &client.identifier, &client.secret);
        body.refresh_token(refresh_token.clone())
    };
    let call = tour.grant_types.create_token_for_grant_type();
    let answer = tour
        .steps
        .make(Request::of(ID), 200, call.body(body()).send(), |token| {
            is_asked(token, SCOPE)?;
            let is_new = token.access_token.expose() != access_token.expose();
            expect(is_new, "another access token than before", "the same")?;
            let new = token.refresh_token.as_ref();
            present(new, "a refresh token")?;
            let is_new = new.is_some_and(|new| new.expose() != refresh_token.expose());
            expect(is_new, "another refresh token than before", "the same")?;
            Ok("for a refresh token: a new pair".to_owned())
        })
        .await?;
    let again = tour.grant_types.create_token_for_grant_type();
    let again = again.body(body()).send().await;
    let found = match refused(again, 400) {
        Ok(()) => is_replaced(tour, &access_token, &answer.access_token).await,
        Err(deviation) => Err(deviation),
    };
    tour.steps.also(ID, found);
    Some(())
}

/// The old access token is dead, and the new one is not.
async fn is_replaced(tour: &Tour, old: &Secret, new: &Secret) -> Found {
    let (old, new) = (tour.tokens_with(old)?, tour.tokens_with(new)?);
    refused(old.show_current_support_oauth_token().send().await, 401)?;
    let shown = new.show_current_support_oauth_token().send();
    shown.await.map_err(|error| Deviation {
        expected: "the new token, shown by itself".to_owned(),
        came: with_causes(&error),
    })?;
    Ok("of the old one, both are dead".to_owned())
}

/// Fails unless it is a token as it was asked for.
fn is_asked(token: &TokenForGrantType, scope: &str) -> Result<(), Deviation> {
    let has_token = !token.access_token.expose().is_empty();
    expect(has_token, "an access token", "an empty one")?;
    let kind = token.token_type.as_deref();
    let is_bearer = kind.is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
    expect(is_bearer, "a bearer token", "another kind")?;
    let granted = token.scope.as_deref();
    let is_granted = granted.is_none_or(|granted| granted == scope);
    expect(is_granted, format!("the scope {scope}"), "another")?;
    let came = token
        .expires_in
        .map_or("none".to_owned(), |it| it.to_string());
    let expected = format!("expires_in {LIFETIME}");
    expect(token.expires_in == Some(LIFETIME), expected, came)
}
