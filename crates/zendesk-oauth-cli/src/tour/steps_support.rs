//! Support: the life of an OAuth client.

use zendesk_oauth_core::Secret;
use zendesk_support_oauth_clients::types::{
    CreateOAuthClient, CreateOAuthClientRequest, OAuthClient, OAuthClientKind, OAuthClientsPage,
    UpdateOAuthClient, UpdateOAuthClientRequest,
};

use super::drive::{Tour, refused};
use super::step::{Deviation, Found, Request, expect};
use super::steps_grant_types::minted;
use crate::failure::with_causes;
use crate::text::counted;

const NAME: &str = "Tour client";
const NEW_NAME: &str = "Tour client, renamed";

/// The client that the tour has made.
pub(super) struct TourClient {
    pub(super) id: i64,
    pub(super) identifier: String,
    pub(super) secret: Secret,
    pub(super) redirect_uri: &'static str,
}

/// Creates a client, finds it in both lists, shows and changes it, and gives it a new secret.
pub(super) async fn keep_a_client(tour: &mut Tour) -> Option<TourClient> {
    let redirect_uri = "http://localhost/tour-callback";
    let identifier = "zendesk_oauth_tour";
    let body = CreateOAuthClient::builder()
        .name(NAME)
        .identifier(identifier)
        .kind(OAuthClientKind::Confidential)
        .redirect_uri(vec![redirect_uri.to_owned()]);
    let body = CreateOAuthClientRequest::builder().client(body);
    let call = tour.support.create_oauth_client().body(body).send();
    let request = Request::of("create_oauth_client");
    let created = tour
        .steps
        .make(request, 201, call, |answer| {
            let client = &answer.client;
            expect(client.name == NAME, "the name that was sent", "another")?;
            whole_secret(client)?;
            Ok(format!("client {}, its secret in full", client.id))
        })
        .await?;
    let id = created.client.id;

    lists(tour, id).await;
    shown(tour, id).await;
    updated(tour, id).await;

    let call = tour.support.generate_oauth_client_secret();
    let call = call.oauth_client_id(id).send();
    let old = created.client.secret.clone();
    let request = Request::of("generate_oauth_client_secret").path("oauth_client_id", id);
    let generated = tour
        .steps
        .make(request, 200, call, |answer| {
            let new = whole_secret(&answer.client)?;
            let is_new = old.as_ref().is_none_or(|old| old.expose() != new.expose());
            expect(is_new, "another secret than before", "the same")?;
            Ok("a new secret in full".to_owned())
        })
        .await?;
    let secret = generated.client.secret.clone()?;
    let minting = minting(tour, identifier, old.as_ref(), &secret).await;
    tour.steps.also("generate_oauth_client_secret", minting);
    Some(TourClient {
        id,
        identifier: identifier.to_owned(),
        secret,
        redirect_uri,
    })
}

async fn lists(tour: &mut Tour, id: i64) {
    let check = |page: &OAuthClientsPage| {
        let found = page.clients.iter().find(|client| client.id == id);
        let client = found.ok_or_else(|| Deviation {
            expected: format!("client {id} in the list"),
            came: format!("{} without it", counted(page.clients.len(), "client")),
        })?;
        shortened_secret(client)?;
        let more = page.meta.as_ref().is_some_and(|meta| meta.has_more);
        let more = if more { "yes" } else { "no" };
        let clients = counted(page.clients.len(), "client");
        Ok(format!("{clients}, more to come: {more}"))
    };
    let call = tour.support.list_oauth_clients().page_size(100).send();
    let request = Request::of("list_oauth_clients").query("page[size]", "100");
    tour.steps.make(request, 200, call, check).await;
    let call = tour.support.list_my_oauth_clients().page_size(100).send();
    let request = Request::of("list_my_oauth_clients").query("page[size]", "100");
    tour.steps.make(request, 200, call, check).await;
}

async fn shown(tour: &mut Tour, id: i64) {
    let call = tour.support.show_oauth_client().oauth_client_id(id).send();
    let request = Request::of("show_oauth_client").path("oauth_client_id", id);
    let check = |answer: &zendesk_support_oauth_clients::types::OAuthClientResponse| {
        let client = &answer.client;
        expect(
            client.id == id,
            format!("client {id}"),
            format!("client {}", client.id),
        )?;
        expect(client.name == NAME, "the name that was sent", "another")?;
        shortened_secret(client)?;
        Ok(format!("«{NAME}», its secret shortened"))
    };
    tour.steps.make(request, 200, call, check).await;
}

async fn updated(tour: &mut Tour, id: i64) {
    let changes = UpdateOAuthClient::builder().name(NEW_NAME.to_owned());
    let body = UpdateOAuthClientRequest::builder().client(changes);
    let call = tour.support.update_oauth_client().oauth_client_id(id);
    let call = call.body(body).send();
    let request = Request::of("update_oauth_client").path("oauth_client_id", id);
    let is_renamed =
        |client: &OAuthClient| expect(client.name == NEW_NAME, "the new name", "another");
    let updated = tour
        .steps
        .make(request, 200, call, |answer| {
            is_renamed(&answer.client)?;
            Ok(format!("«{NEW_NAME}»"))
        })
        .await;
    if updated.is_none() {
        return;
    }
    let shown = tour.support.show_oauth_client().oauth_client_id(id).send();
    let found = match shown.await {
        Ok(answer) => is_renamed(&answer.client).map(|()| "shown so too".to_owned()),
        Err(error) => Err(Deviation {
            expected: "the client, shown again".to_owned(),
            came: with_causes(&error),
        }),
    };
    tour.steps.also("update_oauth_client", found);
}

/// The new secret gets a token, the old one none.
async fn minting(tour: &Tour, identifier: &str, old: Option<&Secret>, new: &Secret) -> Found {
    let status = minted(tour, identifier, new).await?;
    let came = format!("{status} from /oauth/tokens");
    expect(status.is_success(), "a token for the new secret", came)?;
    let Some(old) = old else {
        return Ok("it gets a token".to_owned());
    };
    let status = minted(tour, identifier, old).await?;
    let came = format!("{status} from /oauth/tokens");
    expect(
        status.is_client_error(),
        "a refusal of the old secret",
        came,
    )?;
    Ok(format!("the old one gets {}", status.as_u16()))
}

/// Deletes the client; it is gone then.
pub(super) async fn delete_the_client(tour: &mut Tour, client: &TourClient) {
    let id = client.id;
    let call = tour
        .support
        .delete_oauth_client()
        .oauth_client_id(id)
        .send();
    let request = Request::of("delete_oauth_client").path("oauth_client_id", id);
    let check = |(): &()| Ok("deleted".to_owned());
    if tour.steps.make(request, 204, call, check).await.is_none() {
        return;
    }
    let shown = tour.support.show_oauth_client().oauth_client_id(id).send();
    let found = refused(shown.await, 404).map(|()| "shown again, it is 404".to_owned());
    tour.steps.also("delete_oauth_client", found);
}

fn whole_secret(client: &OAuthClient) -> Result<&Secret, Deviation> {
    let secret = client.secret.as_ref();
    let whole = secret.filter(|it| !it.expose().is_empty() && !it.expose().ends_with("..."));
    whole.ok_or_else(|| Deviation {
        expected: "the secret in full".to_owned(),
        came: secret.map_or("none", |_| "a shortened one").to_owned(),
    })
}

fn shortened_secret(client: &OAuthClient) -> Result<(), Deviation> {
    let secret = client.secret.as_ref();
    let is_short = secret.is_none_or(|it| it.expose().ends_with("..."));
    expect(is_short, "a shortened secret", "one in full")
}
