//! Reads an account. A call that fails ends it: a part would be taken for the whole.

mod chat;
mod connections;
mod support;
mod times;
mod users;

use std::collections::BTreeSet;

use super::area::Area;
use super::arguments::AuditArguments;
use super::inventory::{Inventory, Skipped};
use super::rules;
use crate::account::Account;
use crate::failure::{Failure, Kind};
use times::Times;

/// Everything that the arguments ask for.
pub(super) async fn inventory(
    account: &Account,
    arguments: &AuditArguments,
) -> Result<Inventory, Failure> {
    let mut inventory = Inventory {
        url: account.url().to_owned(),
        ..Inventory::default()
    };
    choose(account, arguments, &mut inventory)?;
    let mut times = Times::default();
    if inventory.has(Area::Credentials) {
        inventory.api_token = account.settings().api_token_email.is_some();
    }
    // Tokens only have their clients' ids.
    let of_clients = [Area::Clients, Area::Tokens];
    if of_clients.iter().any(|&area| inventory.has(area)) {
        support::clients(account, &mut times, &mut inventory).await?;
    }
    let of_global_clients = [Area::GlobalClients, Area::Tokens];
    if of_global_clients.iter().any(|&area| inventory.has(area)) {
        support::global_clients(account, &mut times, &mut inventory).await?;
    }
    if inventory.has(Area::Tokens) {
        let thresholds = arguments.thresholds();
        support::tokens(account, &mut times, thresholds, &mut inventory).await?;
    }
    let has_owners = of_clients.iter().any(|&area| inventory.has(area));
    // A baseline has what all rules find, whichever are to be shown.
    let asks_owners = arguments.write_baseline.is_some()
        || rules::OWNER_RULES.iter().any(|it| arguments.wants(it));
    if has_owners && asks_owners {
        inventory.users = Some(users::read(account, &users::owners(&inventory)).await?);
    }
    if inventory.has(Area::Chat) {
        chat::tokens(account, &mut times, &mut inventory).await?;
    }
    if inventory.has(Area::Connections) {
        connections::read(account, &mut times, &mut inventory).await?;
    }
    inventory.now = times.now();
    inventory.unreadable = times.unreadable();
    Ok(inventory)
}

/// Which areas are looked at. Those that were named have to be; of all others, those that there are credentials for.
fn choose(
    account: &Account,
    arguments: &AuditArguments,
    inventory: &mut Inventory,
) -> Result<(), Failure> {
    let settings = account.settings();
    let missing = |area| match area {
        Area::Chat => settings
            .chat
            .is_none()
            .then_some("no credentials for Chat: set ZENDESK_CHAT_TOKEN"),
        Area::Connections if settings.zis.is_none() => {
            Some("no credentials for ZIS: set ZENDESK_ZIS_TOKEN")
        }
        Area::Connections => settings
            .integration
            .is_none()
            .then_some("no ZIS integration: set ZENDESK_ZIS_INTEGRATION"),
        _ => settings.support.is_none().then_some(
            "no credentials for Support: run `zendesk-oauth login`, or set ZENDESK_TOKEN",
        ),
    };
    let named: BTreeSet<Area> = arguments.areas.iter().copied().collect();
    for area in Area::ALL {
        if !named.is_empty() && !named.contains(&area) {
            continue;
        }
        match missing(area) {
            None => {
                inventory.audited.insert(area);
            }
            Some(reason) if named.is_empty() => inventory.skipped.push(Skipped {
                area,
                reason: reason.to_owned(),
            }),
            Some(reason) => {
                let message = format!("{} cannot be audited: {reason}", area.name());
                return Err(Failure::new(Kind::Auth, message));
            }
        }
    }
    if inventory.audited.is_empty() {
        return Err(crate::account::no_credentials());
    }
    Ok(())
}
