//! Whom clients and tokens belong to, a hundred at a time.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde::Deserialize;

use crate::account::{Account, send};
use crate::audit::inventory::Inventory;
use crate::audit::users::User;
use crate::failure::Failure;

/// The most ids that `show_many` takes.
const MOST_IDS: usize = 100;

#[derive(Deserialize)]
struct Answer {
    users: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    id: i64,
    name: Option<String>,
    role: Option<String>,
    suspended: Option<bool>,
    active: Option<bool>,
}

/// The ids of all owners.
pub(super) fn owners(inventory: &Inventory) -> Vec<i64> {
    let of_clients = inventory.clients.values().filter_map(|it| it.user_id);
    let of_tokens = inventory.tokens.by_user.keys().copied();
    let ids: BTreeSet<i64> = of_clients.chain(of_tokens).collect();
    ids.into_iter().collect()
}

/// Those of them who are there.
pub(super) async fn read(account: &Account, ids: &[i64]) -> Result<BTreeMap<i64, User>, Failure> {
    let mut users = BTreeMap::new();
    if ids.is_empty() {
        return Ok(users);
    }
    let transport = account.transport()?;
    for ids in ids.chunks(MOST_IDS) {
        let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
        let path = format!("/api/v2/users/show_many?ids={}", ids.join(","));
        let answer = send(&transport, Method::GET, &path, None).await;
        let answer = answer.map_err(|failure| failure.during("the owners"))?;
        let answer: Answer = serde_json::from_slice(answer.0.body()).map_err(|error| {
            Failure::failed("the owners: the answer has no users").because(error)
        })?;
        users.extend(answer.users.into_iter().map(|it| (it.id, user(it))));
    }
    Ok(users)
}

/// What an answer does not say is taken for good.
fn user(record: Record) -> User {
    User {
        name: record.name.unwrap_or_default(),
        is_admin: record.role.is_none_or(|role| role == "admin"),
        suspended: record.suspended.unwrap_or(false),
        active: record.active.unwrap_or(true),
    }
}
