//! Support: the life of an OAuth token, and the token that a request is made with.

use zendesk_oauth_core::Secret;
use zendesk_support_oauth_tokens::types::{
    CreateSupportOAuthToken, CreateSupportOAuthTokenRequest, SupportOAuthToken,
};

use super::drive::{Tour, refused};
use super::step::{Deviation, Found, Request, expect, present};
use super::steps_support::TourClient;
use crate::text::counted;

const SCOPE: &str = "read";

/// How much of a token is shown once it was made: its first characters.
const SHOWN: usize = 10;

/// Creates a token for the client, shows it, finds it in the list, and revokes it.
pub(super) async fn keep_a_token(tour: &mut Tour, client: &TourClient) -> Option<()> {
    let body = CreateSupportOAuthToken::builder()
        .client_id(client.id)
        .scopes(vec![SCOPE.to_owned()])
        .expires_in(1_800);
    let body = CreateSupportOAuthTokenRequest::builder().token(body);
    let call = tour.tokens.create_support_oauth_token().body(body).send();
    let request = Request::of("create_support_oauth_token");
    let created = tour
        .steps
        .make(request, 201, call, |answer| {
            let token = &answer.token;
            let is_ours = token.client_id == Some(client.id);
            expect(is_ours, "a token of the client", "another's")?;
            present(token.full_token.as_ref(), "the token in full")?;
            present(token.expires_at.as_ref(), "a token that expires")?;
            Ok(format!("token {}, in full", token.id))
        })
        .await?;
    let id = created.token.id;
    let full = created.token.full_token.clone()?;

    let call = tour.tokens.show_support_oauth_token();
    let call = call.oauth_token_id(id).send();
    let request = Request::of("show_support_oauth_token").path("oauth_token_id", id);
    tour.steps
        .make(request, 200, call, |answer| {
            is_shown(&answer.token, id)?;
            is_cut(&answer.token, &full)?;
            Ok(format!("token {id}, cut to {SHOWN} characters"))
        })
        .await;
    listed(tour, client.id, id, &full).await;
    revoked(tour, id, &full).await
}

async fn listed(tour: &mut Tour, client_id: i64, id: i64, full: &Secret) {
    let call = tour.tokens.list_support_oauth_tokens().all(true);
    let call = call.client_id(client_id).page_size(100).send();
    let request = Request::of("list_support_oauth_tokens")
        .query("all", "true")
        .query("client_id", &client_id.to_string())
        .query("page[size]", "100");
    tour.steps
        .make(request, 200, call, |page| {
            let tokens = counted(page.tokens.len(), "token");
            let found = page.tokens.iter().find(|token| token.id == id);
            let token = found.ok_or_else(|| Deviation {
                expected: format!("token {id} in the list"),
                came: format!("{tokens} without it"),
            })?;
            is_cut(token, full)?;
            let mut owners = page.tokens.iter().map(|token| token.client_id);
            let is_filtered = owners.all(|owner| owner == Some(client_id));
            expect(is_filtered, "the client's tokens only", "others as well")?;
            Ok(format!("{tokens} of the client"))
        })
        .await;
}

async fn revoked(tour: &mut Tour, id: i64, full: &Secret) -> Option<()> {
    let call = tour.tokens.revoke_support_oauth_token();
    let call = call.oauth_token_id(id).send();
    let request = Request::of("revoke_support_oauth_token").path("oauth_token_id", id);
    let check = |(): &()| Ok(format!("token {id} is revoked"));
    tour.steps.make(request, 204, call, check).await?;
    let found = is_gone(tour, id, full).await;
    tour.steps.also("revoke_support_oauth_token", found);
    Some(())
}

async fn is_gone(tour: &Tour, id: i64, full: &Secret) -> Found {
    let shown = tour.tokens.show_support_oauth_token();
    refused(shown.oauth_token_id(id).send().await, 404)?;
    let own = tour.tokens_with(full)?;
    refused(own.show_current_support_oauth_token().send().await, 401)?;
    Ok("it is 404 then, and serves no more".to_owned())
}

/// Shows and revokes a token by itself.
pub(super) async fn end_the_current_token(tour: &mut Tour, token: &Secret) -> Option<()> {
    let client = match tour.tokens_with(token) {
        Ok(client) => client,
        Err(deviation) => {
            tour.steps
                .also("create_token_for_grant_type", Err(deviation));
            return None;
        }
    };
    let call = client.show_current_support_oauth_token().send();
    let request = Request::of("show_current_support_oauth_token");
    tour.steps
        .make(request, 200, call, |answer| {
            is_cut(&answer.token, token)?;
            Ok(format!("token {}, the one in use", answer.token.id))
        })
        .await;
    let call = client.revoke_current_support_oauth_token().send();
    let request = Request::of("revoke_current_support_oauth_token");
    let check = |(): &()| Ok("it revoked itself".to_owned());
    tour.steps.make(request, 204, call, check).await?;
    let shown = client.show_current_support_oauth_token().send().await;
    let found = refused(shown, 401).map(|()| "shown again, it gets 401".to_owned());
    tour.steps.also("revoke_current_support_oauth_token", found);
    Some(())
}

fn is_shown(token: &SupportOAuthToken, id: i64) -> Result<(), Deviation> {
    let came = format!("token {}", token.id);
    expect(token.id == id, format!("token {id}"), came)
}

/// Fails unless the beginning of that token is shown, and no more of it.
fn is_cut(token: &SupportOAuthToken, full: &Secret) -> Result<(), Deviation> {
    let has_full = token.full_token.is_some();
    expect(!has_full, "the token without its full form", "both")?;
    let shown = token.token.as_ref().map(Secret::expose);
    let is_beginning = shown.is_some_and(|shown| full.expose().starts_with(shown));
    expect(is_beginning, "the beginning of the token", "another text")?;
    let is_short = shown.is_some_and(|shown| shown.chars().count() <= SHOWN);
    let expected = format!("{SHOWN} characters of the token");
    expect(is_short, expected, "more of them")
}
