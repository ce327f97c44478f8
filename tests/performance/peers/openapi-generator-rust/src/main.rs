//! The work by the Rust clients that openapi-generator makes of our documents.

mod order;

use std::error::Error;

use order::{Got, NotDone, Order, failed, same, serve};
use zendesk::apis::configuration::Configuration;
use zendesk::apis::support_o_auth_clients_api as clients;
use zendesk::models::{CreateOAuthClient, CreateOAuthClientRequest};
use zendesk_tokens::apis::configuration::Configuration as TokenConfiguration;
use zendesk_tokens::apis::support_grant_type_tokens_api as tokens;
use zendesk_tokens::models::CreateTokenForGrantTypeRequest;

fn main() -> Result<(), Box<dyn Error>> {
    let base_url = std::env::var("ZENDESK_URL")?;
    let configuration = Configuration {
        base_path: base_url.clone(),
        bearer_access_token: Some(std::env::var("ZENDESK_TOKEN")?),
        ..Configuration::new()
    };
    let for_tokens = TokenConfiguration {
        base_path: base_url,
        ..TokenConfiguration::new()
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let version = std::env::var("OPENAPI_GENERATOR").unwrap_or_default();
    serve(&format!("openapi-generator {version} (Rust)"), |order| {
        runtime.block_on(work(&configuration, &for_tokens, order))
    })?;
    Ok(())
}

fn no_entity() -> NotDone {
    NotDone::Failed("a success without the documented body".to_owned())
}

async fn work(
    configuration: &Configuration,
    for_tokens: &TokenConfiguration,
    order: &Order,
) -> Result<Got, NotDone> {
    let mut got = Got::default();
    match order.work.as_str() {
        "show" => {
            let id = order.number("id")?;
            for _ in 0..order.times {
                let answer = clients::show_oauth_client(configuration, id).await;
                let Some(clients::ShowOauthClientSuccess::Status200(shown)) =
                    answer.map_err(failed)?.entity
                else {
                    return Err(no_entity());
                };
                same(&shown.client.id, &id)?;
                got.and(shown.client.id);
            }
        }
        "list" => {
            for _ in 0..order.times {
                list(configuration, &mut got).await?;
            }
        }
        "create-delete" => {
            for number in 0..order.times {
                let identifier = format!("peer_{number}");
                let new = CreateOAuthClient {
                    kind: Some("confidential".to_owned()),
                    ..CreateOAuthClient::new("Peer".to_owned(), identifier.clone())
                };
                let new = CreateOAuthClientRequest::new(new);
                let answer = clients::create_oauth_client(configuration, new).await;
                let Some(clients::CreateOauthClientSuccess::Status201(made)) =
                    answer.map_err(failed)?.entity
                else {
                    return Err(no_entity());
                };
                same(&made.client.identifier, &identifier)?;
                let deleted = clients::delete_oauth_client(configuration, made.client.id).await;
                deleted.map_err(failed)?;
                got.and(0);
            }
        }
        "token" => {
            let (id, secret) = (order.text("client_id")?, order.text("client_secret")?);
            for _ in 0..order.times {
                let request: CreateTokenForGrantTypeRequest =
                    serde_json::from_value(serde_json::json!({
                        "grant_type": "client_credentials", "client_id": id,
                        "client_secret": secret, "scope": "read", "expires_in": 172_800,
                    }))
                    .map_err(failed)?;
                let answer = tokens::create_token_for_grant_type(for_tokens, request).await;
                let issued = match answer.map_err(failed)?.entity {
                    Some(tokens::CreateTokenForGrantTypeSuccess::Status200(issued)) => issued,
                    Some(tokens::CreateTokenForGrantTypeSuccess::Status201(issued)) => issued,
                    _ => return Err(no_entity()),
                };
                same(&issued.access_token.is_empty(), &false)?;
                got.and(0);
            }
        }
        other => return Err(NotDone::Unable(format!("there is no work `{other}`"))),
    }
    Ok(got)
}

async fn list(configuration: &Configuration, got: &mut Got) -> Result<(), NotDone> {
    let mut after: Option<String> = None;
    loop {
        let answer = clients::list_oauth_clients(
            configuration,
            Some(100),
            after.as_deref(),
            None,
            None,
            None,
            None,
        )
        .await;
        let Some(clients::ListOauthClientsSuccess::Status200(page)) =
            answer.map_err(failed)?.entity
        else {
            return Err(no_entity());
        };
        for client in &page.clients {
            got.and(client.id);
        }
        let meta = page.meta.ok_or_else(no_entity)?;
        if !meta.has_more {
            return Ok(());
        }
        after = meta.after_cursor.flatten();
    }
}
