//! The rules. Each is a pure decision over an inventory.

mod chat;
mod clients;
mod connections;
mod credentials;
mod drift;
mod global_clients;
mod owners;
mod redirects;
mod tokens;

use serde::Serialize;

use super::area::Area;
use super::finding::Finding;
use super::inventory::Inventory;
use super::severity::Severity;
use super::tokens::Thresholds;

pub(super) use drift::evaluate as drift;
pub(super) use owners::RULES as OWNER_RULES;

/// A rule.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Rule {
    pub(super) id: &'static str,
    pub(super) severity: Severity,
    pub(super) area: Area,
    /// What it finds.
    pub(super) title: &'static str,
    /// Why that matters.
    pub(super) why: &'static str,
    /// What to do.
    pub(super) mend: &'static str,
}

impl Rule {
    /// Where Zendesk describes what the rule is about.
    pub(super) fn help_uri(&self) -> &'static str {
        match self.area {
            Area::Credentials => {
                "https://developer.zendesk.com/api-reference/introduction/security-and-auth/"
            }
            Area::Clients => {
                "https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_clients/"
            }
            Area::Tokens => {
                "https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/"
            }
            Area::GlobalClients => {
                "https://developer.zendesk.com/api-reference/ticketing/oauth/global_clients/"
            }
            Area::Chat => {
                "https://developer.zendesk.com/api-reference/live-chat/chat-api/oauth_tokens/"
            }
            Area::Connections => {
                "https://developer.zendesk.com/api-reference/integration-services/connections/oauth_connections/"
            }
        }
    }
}

/// Every rule, in the order in which they are listed.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    [
        credentials::RULES,
        clients::RULES,
        redirects::RULES,
        owners::RULES,
        tokens::RULES,
        global_clients::RULES,
        chat::RULES,
        connections::RULES,
        drift::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The rule with that id.
pub(super) fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// What all rules but those about drift find.
pub(super) fn evaluate(inventory: &Inventory, thresholds: Thresholds) -> Vec<Finding> {
    let mut found = Vec::new();
    if inventory.has(Area::Credentials) {
        credentials::evaluate(inventory, &mut found);
    }
    if inventory.has(Area::Clients) {
        clients::evaluate(inventory, thresholds, &mut found);
        redirects::evaluate(inventory, &mut found);
    }
    owners::evaluate(inventory, &mut found);
    if inventory.has(Area::Tokens) {
        tokens::evaluate(inventory, thresholds, &mut found);
    }
    if inventory.has(Area::GlobalClients) {
        global_clients::evaluate(inventory, thresholds, &mut found);
    }
    chat::evaluate(inventory, &mut found);
    connections::evaluate(inventory, &mut found);
    found
}

/// The worst first, then by rule, then by what it is about.
pub(super) fn sort(findings: &mut [Finding]) {
    let place = |rule: &'static Rule| all().position(|it| it.id == rule.id);
    findings.sort_by_cached_key(|it| {
        let id = it.subject.id.parse::<i64>().ok();
        let text = it.subject.id.clone();
        let severity = std::cmp::Reverse(it.rule.severity);
        (severity, place(it.rule), id, text)
    });
}

#[cfg(test)]
#[path = "tests.rs"]
mod rule_tests;
