//! OAuth clients of Support.

use std::collections::HashSet;

use reqwest::header::RETRY_AFTER;
use zendesk::{
    apis::{
        ResponseContent,
        support_o_auth_clients_api::{
            CreateOauthClientError, CreateOauthClientSuccess, GenerateOauthClientSecretSuccess,
            ListOauthClientsSuccess, ShowOauthClientError, ShowOauthClientSuccess,
            UpdateOauthClientSuccess, create_oauth_client, delete_oauth_client,
            generate_oauth_client_secret, list_my_oauth_clients, list_oauth_clients,
            show_oauth_client, update_oauth_client,
        },
    },
    models::{
        CreateOAuthClient, CreateOAuthClientRequest, OAuthClient, SupportError, SupportErrorCause,
        UpdateOAuthClient, UpdateOAuthClientRequest,
    },
};

use crate::scenario::{Report, Unmet, configuration, ensure, expect, limit, refusal};

pub async fn run(report: &mut Report) {
    let created = report.step("create", create().await).unwrap_or_default();
    report.step("secret-once", secret_once(&created).await);
    report.step("list-pages", list_pages(&created).await);
    report.step("update", update(&created).await);
    report.step("generate-secret", generate_secret(&created).await);
    report.step("not-found", not_found().await);
    report.step("unprocessable", unprocessable().await);
    report.step("too-many-requests", too_many_requests().await);
    report.step("delete", delete(&created).await);
}

async fn create() -> Result<OAuthClient, Unmet> {
    let client = configuration("ZENDESK_TOKEN")?;
    let wanted = CreateOAuthClient {
        kind: Some("confidential".to_owned()),
        ..CreateOAuthClient::new("Scenario".to_owned(), "scenario".to_owned())
    };
    let answer = create_oauth_client(&client, CreateOAuthClientRequest::new(wanted)).await?;
    expect("status", answer.status.as_u16(), 201)?;
    let Some(CreateOauthClientSuccess::Status201(created)) = answer.entity else {
        return Err("the body is not a client".into());
    };
    let created = *created.client;
    expect("kind", created.kind.as_deref(), Some("confidential"))?;
    expect("identifier", created.identifier.as_str(), "scenario")?;
    ensure(created.id > 0, "the id is not positive")?;
    Ok(created)
}

async fn secret_once(created: &OAuthClient) -> Result<(), Unmet> {
    let shown = show(created.id).await?;
    ensure_whole(created)?;
    ensure(
        shown
            .secret
            .as_ref()
            .is_some_and(|secret| secret.ends_with("...")),
        "the secret that show gives is not truncated",
    )?;
    ensure(
        shown.secret != created.secret,
        "show gives the secret of create",
    )
}

async fn list_pages(created: &OAuthClient) -> Result<(), Unmet> {
    let client = configuration("ZENDESK_TOKEN")?;
    let mut ids = HashSet::new();
    let mut after: Option<String> = None;
    for (clients, has_more) in [(2, true), (2, true), (1, false)] {
        let size = Some(2);
        let answer =
            list_oauth_clients(&client, size, after.as_deref(), None, None, None, None).await?;
        let Some(ListOauthClientsSuccess::Status200(page)) = answer.entity else {
            return Err("the body is not a page".into());
        };
        let meta = page.meta.ok_or("the page has no meta")?;
        expect("clients on the page", page.clients.len(), clients)?;
        expect("has_more", meta.has_more, has_more)?;
        ids.extend(page.clients.iter().map(|client| client.id));
        after = meta.after_cursor.flatten();
    }
    expect("different ids", ids.len(), 5)?;
    ensure(
        ids.contains(&created.id),
        "the new client is on none of the pages",
    )
}

async fn update(created: &OAuthClient) -> Result<(), Unmet> {
    let client = configuration("ZENDESK_TOKEN")?;
    let change = UpdateOAuthClient {
        name: Some("Scenario, renamed".to_owned()),
        ..UpdateOAuthClient::new()
    };
    let request = UpdateOAuthClientRequest::new(change);
    let answer = update_oauth_client(&client, created.id, request).await?;
    let Some(UpdateOauthClientSuccess::Status200(updated)) = answer.entity else {
        return Err("the body is not a client".into());
    };
    expect("name", updated.client.name.as_str(), "Scenario, renamed")?;
    let shown = show(created.id).await?;
    expect(
        "name that show gives",
        shown.name.as_str(),
        "Scenario, renamed",
    )
}

async fn generate_secret(created: &OAuthClient) -> Result<(), Unmet> {
    let client = configuration("ZENDESK_TOKEN")?;
    let answer = generate_oauth_client_secret(&client, created.id).await?;
    let Some(GenerateOauthClientSecretSuccess::Status200(generated)) = answer.entity else {
        return Err("the body is not a client".into());
    };
    ensure_whole(&generated.client)?;
    ensure(
        generated.client.secret != created.secret,
        "the secret is still that of create",
    )
}

async fn not_found() -> Result<(), Unmet> {
    let client = configuration("ZENDESK_TOKEN")?;
    let refused = refusal(show_oauth_client(&client, 9_007_199_254_740_993).await, 404)?;

    // The variants are tried in their order, so the body of a 404 stands in the first that fits.
    let Some(ShowOauthClientError::Status400(error)) = refused.entity else {
        return Err("the body is not in the first variant".into());
    };
    limit("not-found", "first-error-variant");
    expect("error", cause(error), Some("RecordNotFound".to_owned()))
}

async fn unprocessable() -> Result<(), Unmet> {
    let client = configuration("ZENDESK_TOKEN")?;
    let taken = CreateOAuthClient::new("Again".to_owned(), "first".to_owned());
    let request = CreateOAuthClientRequest::new(taken);
    let refused = refusal(create_oauth_client(&client, request).await, 422)?;

    let Some(CreateOauthClientError::Status400(error)) = refused.entity else {
        return Err("the body is not in the first variant".into());
    };
    limit("unprocessable", "first-error-variant");
    expect("error", cause(error), Some("RecordInvalid".to_owned()))
}

async fn too_many_requests() -> Result<(), Unmet> {
    let client = configuration("ZENDESK_TOKEN")?;
    let answer = list_my_oauth_clients(&client, None, None, None, None, None, None).await;

    // All that the client gives of a response: were there headers, this would not compile.
    let ResponseContent {
        status: _,
        content: _,
        entity: _,
    } = refusal(answer, 429)?;
    limit("too-many-requests", "no-headers");
    let address = format!("{}/api/v2/users/me/oauth/clients", client.base_path);
    let token = client.bearer_access_token.unwrap_or_default();
    let response = client.client.get(address).bearer_auth(token).send().await?;
    let retry_after = response.headers().get(RETRY_AFTER);
    let retry_after = retry_after.and_then(|value| value.to_str().ok());
    expect("Retry-After", retry_after, Some("7"))
}

async fn delete(created: &OAuthClient) -> Result<(), Unmet> {
    let client = configuration("ZENDESK_TOKEN")?;
    let deleted = delete_oauth_client(&client, created.id).await?;
    expect("status", deleted.status.as_u16(), 204)?;
    refusal(show_oauth_client(&client, created.id).await, 404)?;
    Ok(())
}

async fn show(id: i64) -> Result<OAuthClient, Unmet> {
    let client = configuration("ZENDESK_TOKEN")?;
    match show_oauth_client(&client, id).await?.entity {
        Some(ShowOauthClientSuccess::Status200(shown)) => Ok(*shown.client),
        _ => Err("the body is not a client".into()),
    }
}

/// The member `error`, which is a name here and an object elsewhere.
fn cause(error: SupportError) -> Option<String> {
    match *error.error? {
        SupportErrorCause::SupportErrorName(name) => Some(name),
        SupportErrorCause::SupportErrorMessage(_) => None,
    }
}

fn ensure_whole(client: &OAuthClient) -> Result<(), Unmet> {
    let secret = client.secret.as_deref().unwrap_or_default();
    ensure(
        secret.len() > 20 && !secret.contains("..."),
        "the secret is not whole",
    )
}
