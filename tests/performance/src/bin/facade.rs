//! Our side: the work that peers do too, by `zendesk-oauth` as it is without any setting.

use std::error::Error;

use zendesk_oauth::support::{NewOAuthClient, OAuthTokenFilter};
use zendesk_oauth::token::{OAuthClientCredentials, TokenEndpoint};
use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_performance::order::{Got, NotDone, Order, failed, same, serve};

fn main() -> Result<(), Box<dyn Error>> {
    let token = std::env::var("ZENDESK_TOKEN")?;
    let zendesk = Zendesk::at(&std::env::var("ZENDESK_URL")?)
        .support(Credentials::bearer(token))
        .build()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    serve("zendesk-oauth", |order| {
        runtime.block_on(work(&zendesk, order))
    })?;
    Ok(())
}

async fn work(zendesk: &Zendesk, order: &Order) -> Result<Got, NotDone> {
    let mut got = Got::default();
    match order.work.as_str() {
        "show" => {
            let id = order.number("id")?;
            for _ in 0..order.times {
                let client = zendesk.oauth_clients().show(id).await.map_err(failed)?;
                same(&client.id, &id)?;
                got.and(client.id);
            }
        }
        "list" => {
            for _ in 0..order.times {
                let mut clients = zendesk.oauth_clients().list().page_size(100).items();
                while let Some(client) = clients.next().await {
                    got.and(client.map_err(failed)?.id);
                }
            }
        }
        "create-delete" => {
            for number in 0..order.times {
                let identifier = format!("peer_{number}");
                let new = NewOAuthClient::confidential("Peer", &identifier);
                let made = zendesk.oauth_clients().create(new).await.map_err(failed)?;
                same(&made.identifier, &identifier)?;
                let delete = zendesk.oauth_clients().delete(made.id);
                delete.await.map_err(failed)?;
                got.and(0);
            }
        }
        "token" => {
            let (id, secret) = (order.text("client_id")?, order.text("client_secret")?);
            let app = OAuthClientCredentials::confidential(id, secret.to_owned());
            let endpoint = TokenEndpoint::new(zendesk, app);
            for _ in 0..order.times {
                let issued = endpoint.client_credentials(["read"]).await;
                let issued = issued.map_err(failed)?;
                same(&issued.access_token.expose().is_empty(), &false)?;
                got.and(0);
            }
        }
        "tokens" => {
            for _ in 0..order.times {
                let everyone = OAuthTokenFilter::of_everyone();
                let tokens = zendesk.oauth_tokens().list(everyone);
                let mut tokens = tokens.page_size(100).items();
                while let Some(token) = tokens.next().await {
                    got.and(token.map_err(failed)?.id);
                }
            }
        }
        other => return Err(NotDone::Unable(format!("there is no work `{other}`"))),
    }
    Ok(got)
}
