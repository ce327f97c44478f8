//! Support's clients, global clients and tokens, page by page.

use zendesk_oauth::Timestamp;
use zendesk_oauth::support::{OAuthTokenFilter, SupportOAuthToken, TokenSummaryFilter};

use super::times::Times;
use crate::account::Account;
use crate::account::time::Moment;
use crate::audit::inventory::{Client, GlobalClient, Inventory};
use crate::audit::tokens::{Issuer, Thresholds, TokenFacts, UnreadableTimes};
use crate::failure::Failure;
use crate::output::Progress;

/// The most that a page has.
const PAGE: u32 = 100;

pub(super) async fn clients(
    account: &Account,
    times: &mut Times,
    inventory: &mut Inventory,
) -> Result<(), Failure> {
    let list = account.zendesk().oauth_clients().list();
    let mut pages = list.page_size(PAGE).read_ahead(true).pages();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| Failure::from(error).during("the clients"))?;
        times.note(page.response().headers());
        for client in page.into_items() {
            let client = Client {
                id: client.id,
                identifier: client.identifier,
                name: client.name,
                kind: client.kind.map(|it| it.to_string()),
                redirect_uri: client.redirect_uri.unwrap_or_default(),
                user_id: client.user_id,
                created_at: times
                    .read(
                        client.created_at.as_ref(),
                        format_args!("created_at of client {}", client.id),
                    )
                    .at(),
            };
            inventory.clients.insert(client.id, client);
        }
    }
    Ok(())
}

pub(super) async fn global_clients(
    account: &Account,
    times: &mut Times,
    inventory: &mut Inventory,
) -> Result<(), Failure> {
    let resource = account.zendesk().global_oauth_clients();
    let list = resource.list().page_size(PAGE).read_ahead(true);
    let mut pages = list.pages();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| Failure::from(error).during("the global clients"))?;
        times.note(page.response().headers());
        for client in page.into_items() {
            let identifier = client.identifier.unwrap_or_default();
            let client = GlobalClient {
                id: client.id,
                name: client.name.unwrap_or_else(|| identifier.clone()),
                identifier,
                ..GlobalClient::default()
            };
            inventory.global_clients.insert(client.id, client);
        }
    }
    let list = resource.token_summaries(TokenSummaryFilter::new());
    let mut summaries = list.page_size(PAGE).read_ahead(true).items();
    while let Some(summary) = summaries.next().await {
        let context = "what global clients use";
        let summary = summary.map_err(|error| Failure::from(error).during(context))?;
        let client = inventory.global_clients.entry(summary.id);
        let client = client.or_insert_with(|| GlobalClient {
            id: summary.id,
            ..GlobalClient::default()
        });
        client.tokens_count = summary.tokens_count.unwrap_or_default();
        let whose = format_args!("last_used_at of global client {}", summary.id);
        let used = times.read(summary.last_used_at.as_ref(), whose);
        client.last_used_at = used.at();
        client.is_use_unreadable = used == Moment::Unreadable;
    }
    Ok(())
}

/// Expired ones too: many can be refreshed.
pub(super) async fn tokens(
    account: &Account,
    times: &mut Times,
    thresholds: Thresholds,
    inventory: &mut Inventory,
) -> Result<(), Failure> {
    let filter = OAuthTokenFilter::of_everyone().include_expired();
    let list = account.zendesk().oauth_tokens().list(filter);
    let mut pages = list.page_size(PAGE).read_ahead(true).pages();
    let progress = Progress::new(None, "tokens");
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| Failure::from(error).during("the tokens"))?;
        times.note(page.response().headers());
        let now = times.now();
        progress.advance(page.items().len() as u64);
        for token in page.into_items() {
            let token = facts(token, inventory, times);
            inventory.tokens.add(&token, now, thresholds);
        }
    }
    progress.finish();
    Ok(())
}

/// The record names a client by its id alone: one of the account's own, if the account has such a client.
fn facts(token: SupportOAuthToken, inventory: &Inventory, times: &mut Times) -> TokenFacts {
    let client_id = token.client_id.unwrap_or_default();
    let is_global = inventory.global_clients.contains_key(&client_id);
    let issuer = if is_global && !inventory.clients.contains_key(&client_id) {
        Issuer::GlobalClient(client_id)
    } else {
        Issuer::Client(client_id)
    };
    let id = token.id;
    let mut read = |written: Option<&Timestamp>, what: &str| {
        times.read(written, format_args!("{what} of token {id}"))
    };
    let used_at = read(token.used_at.as_ref(), "used_at");
    let expires_at = read(token.expires_at.as_ref(), "expires_at");
    let refresh_end = token.refresh_token_expires_at.as_ref();
    TokenFacts {
        id,
        issuer,
        user_id: token.user_id,
        scopes: token.scopes.unwrap_or_default(),
        created_at: read(token.created_at.as_ref(), "created_at").at(),
        used_at: used_at.at(),
        expires_at: expires_at.at(),
        has_refresh_token: token.refresh_token.is_some(),
        refresh_token_expires_at: read(refresh_end, "refresh_token_expires_at").at(),
        unreadable: UnreadableTimes {
            used_at: used_at == Moment::Unreadable,
            expires_at: expires_at == Moment::Unreadable,
        },
    }
}
