//! Rules about OAuth clients of the account.

use std::collections::BTreeMap;

use super::Rule;
use crate::audit::area::Area;
use crate::audit::finding::{Finding, Subject, ago, revocation};
use crate::audit::inventory::{Client, Inventory};
use crate::audit::severity::Severity;
use crate::audit::tokens::{Issuer, Thresholds};

static NO_LIVE_TOKEN: Rule = Rule {
    id: "client-no-live-token",
    severity: Severity::Low,
    area: Area::Clients,
    title: "A client that nobody uses",
    why: "It has no live token, and none that was used of late. It still has a secret with which tokens can be made.",
    mend: "Delete the client if nobody needs it. The command asks first.",
};
static ONLY_STALE_TOKENS: Rule = Rule {
    id: "client-only-stale-tokens",
    severity: Severity::Medium,
    area: Area::Clients,
    title: "A client whose tokens are all stale",
    why: "Its tokens open the account, and nothing that works would miss them.",
    mend: "Revoke the tokens, then delete the client with `clients delete ID` if nothing breaks.",
};
static PUBLIC: Rule = Rule {
    id: "client-public",
    severity: Severity::Low,
    area: Area::Clients,
    title: "A public client",
    why: "A public client proves nothing about who asks for tokens: only PKCE and its redirects protect its users.",
    mend: "Fine for apps on users' machines. If it runs on a server, make it confidential with `clients update ID --kind \
           confidential`: that makes a secret, and what has none stops working.",
};
static DUPLICATE_NAME: Rule = Rule {
    id: "client-duplicate-name",
    severity: Severity::Low,
    area: Area::Clients,
    title: "Clients of the same name",
    why: "People who are asked to grant access, and those who revoke it, cannot tell them apart.",
    mend: "Give each client a name of its own with `clients update ID --name`.",
};

pub(super) static RULES: &[&Rule] = &[&NO_LIVE_TOKEN, &ONLY_STALE_TOKENS, &PUBLIC, &DUPLICATE_NAME];

/// What a finding about the client is about.
pub(super) fn subject(client: &Client) -> Subject {
    Subject::new("client", client.id, Some(&client.name))
}

pub(super) fn evaluate(inventory: &Inventory, thresholds: Thresholds, found: &mut Vec<Finding>) {
    let mut names: BTreeMap<String, Vec<&Client>> = BTreeMap::new();
    for client in inventory.clients.values() {
        if inventory.has(Area::Tokens) && !is_of_integration(client) {
            use_of(client, inventory, thresholds, found);
        }
        if client.kind.as_deref() == Some("public") {
            let command = show(client);
            let what = "has no secret of its own";
            found.push(Finding::new(&PUBLIC, subject(client), what, command));
        }
        let name = client.name.trim().to_lowercase();
        names.entry(name).or_default().push(client);
    }
    for (name, clients) in names {
        if let [_, .., last] = clients[..] {
            let ids: Vec<String> = clients.iter().map(|it| it.id.to_string()).collect();
            let what = format!("{} have this name: {}", clients.len(), ids.join(", "));
            let command = show(last);
            let subject = Subject::new("name", name, Some(&last.name));
            found.push(Finding::new(&DUPLICATE_NAME, subject, what, command));
        }
    }
}

/// The command that only shows it.
pub(super) fn show(client: &Client) -> String {
    format!("zendesk-oauth clients show {}", client.id)
}

/// ZIS made it with an integration, and nothing tells when the integration uses it: an integration cannot be made
/// again.
fn is_of_integration(client: &Client) -> bool {
    client.identifier.starts_with("zis_")
}

/// A client that is as young as a token may be unused is given time.
fn use_of(
    client: &Client,
    inventory: &Inventory,
    thresholds: Thresholds,
    found: &mut Vec<Finding>,
) {
    let is_idle = |made| thresholds.is_idle(made, inventory.now);
    let group = inventory.tokens.by_issuer.get(&Issuer::Client(client.id));
    let last = group.and_then(|group| group.last_sign_of_life);
    if last.is_some_and(|at| !is_idle(at)) {
        return;
    }
    match group {
        Some(group) if group.live.count > 0 && group.fresh == 0 => {
            let days = thresholds.idle_days;
            let what = format!("no live token was used for more than {days} days");
            let command = revocation(&format!("client={}", client.id));
            let finding = Finding::new(&ONLY_STALE_TOKENS, subject(client), what, command);
            found.push(finding.with_tokens(&group.live));
        }
        Some(group) if group.live.count > 0 => {}
        _ if client.created_at.is_none_or(is_idle) => {
            let what = match (group.map_or(0, |group| group.dead), last) {
                (0, _) => "has no token".to_owned(),
                (dead, None) => format!("has no live token, and {dead} expired"),
                (dead, Some(at)) => {
                    let ago = ago(at, inventory.now);
                    format!("has no live token, and {dead} expired; used or made last {ago}")
                }
            };
            let command = format!("zendesk-oauth clients delete {}", client.id);
            found.push(Finding::new(&NO_LIVE_TOKEN, subject(client), what, command));
        }
        _ => {}
    }
}
