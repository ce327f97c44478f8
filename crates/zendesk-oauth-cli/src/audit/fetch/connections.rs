//! Connections of the ZIS integration: their names are listed, then each is shown. An answer has the third party's
//! tokens in clear: they are dropped here.

use reqwest::Method;
use serde::Deserialize;

use super::times::Times;
use crate::account::{Account, no_credentials, send};
use crate::api::{Trail, next_page};
use crate::audit::inventory::{Connection, Inventory};
use crate::failure::Failure;

#[derive(Deserialize)]
struct Page {
    oauth: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    name: String,
}

pub(super) async fn read(
    account: &Account,
    times: &mut Times,
    inventory: &mut Inventory,
) -> Result<(), Failure> {
    let names = names(account, times).await?;
    let zis = account.zis()?;
    for name in names {
        let shown = zis.show(name.as_str()).with_response().await;
        let shown = shown.map_err(|error| {
            let name = crate::text::printable(&name);
            Failure::from(error).during(format_args!("the connection {name}"))
        })?;
        times.note(shown.headers());
        let shown = shown.into_inner();
        let refresh_token = shown.refresh_token.as_ref();
        let whose = format_args!("token_expiry of the connection {name}");
        let expires_at = times.read(shown.token_expiry.as_ref(), whose).at();
        inventory.connections.push(Connection {
            name,
            scope: shown.permission_scope,
            expires_at,
            has_refresh_token: refresh_token.is_some_and(|it| !it.expose().is_empty()),
        });
    }
    Ok(())
}

async fn names(account: &Account, times: &mut Times) -> Result<Vec<String>, Failure> {
    let credentials = account.settings().zis.clone().ok_or_else(no_credentials)?;
    let transport = account.transport_with(credentials, None)?;
    let integration = percent_encoding::utf8_percent_encode(
        account.integration()?,
        percent_encoding::NON_ALPHANUMERIC,
    );
    let mut path =
        format!("/api/services/zis/integrations/{integration}/connections/all?page%5Bsize%5D=100");
    let mut names = Vec::new();
    let mut trail = Trail::default();
    loop {
        trail.step(&path).map_err(during)?;
        let answer = send(&transport, Method::GET, &path, None).await;
        let answer = answer.map_err(during)?;
        times.note(answer.0.headers());
        let value = answer.json().ok_or_else(no_list)?;
        let next = next_page(transport.base_url(), &path, &value).map_err(during)?;
        // The error may quote what is secret.
        let page: Page = serde_json::from_value(value).map_err(|_| no_list())?;
        names.extend(page.oauth.into_iter().map(|it| it.name));
        match next {
            Some(next) => path = next,
            None => return Ok(names),
        }
    }
}

fn during(failure: Failure) -> Failure {
    failure.during("the connections")
}

fn no_list() -> Failure {
    during(Failure::failed("the answer is no list of connections"))
}
