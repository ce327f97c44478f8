//! The file that says how an account was: what matters of its inventory, and what was found. No secret is in it.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::area::Area;
use super::finding::Finding;
use super::inventory::Inventory;
use super::tokens::{Group, Issuer};
use crate::failure::Failure;

/// The form of the file.
const VERSION: u32 = 1;

/// All of it. What was not looked at is missing.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Baseline {
    pub(super) version: u32,
    pub(super) url: String,
    pub(super) taken_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) clients: Option<Vec<KnownClient>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) global_clients: Option<Vec<KnownGlobalClient>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) connections: Option<Vec<KnownConnection>>,
    /// The fingerprints of what was found.
    pub(super) findings: BTreeSet<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct KnownClient {
    pub(super) id: i64,
    pub(super) identifier: String,
    pub(super) name: String,
    pub(super) kind: Option<String>,
    pub(super) redirect_uri: Vec<String>,
    pub(super) user_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scopes: Option<Vec<String>>,
}

impl KnownClient {
    /// The members that are not the same.
    pub(super) fn differences(&self, other: &Self) -> Vec<&'static str> {
        // Their order means nothing, and an account may change it.
        let redirects =
            |of: &Self| -> BTreeSet<String> { of.redirect_uri.iter().cloned().collect() };
        [
            ("identifier", self.identifier != other.identifier),
            ("name", self.name != other.name),
            ("kind", self.kind != other.kind),
            ("redirect_uri", redirects(self) != redirects(other)),
            ("user_id", self.user_id != other.user_id),
        ]
        .into_iter()
        .filter_map(|(name, differs)| differs.then_some(name))
        .collect()
    }
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct KnownGlobalClient {
    pub(super) id: i64,
    pub(super) identifier: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scopes: Option<Vec<String>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct KnownConnection {
    pub(super) name: String,
    pub(super) permission_scope: Option<String>,
}

impl KnownConnection {
    /// The scopes that it had not. What they mean is the third party's affair, so that none covers another.
    pub(super) fn wider_than(&self, before: &Self) -> Vec<&str> {
        let earlier: BTreeSet<&str> = before.scopes().collect();
        self.scopes().filter(|it| !earlier.contains(it)).collect()
    }

    /// Third parties put spaces between them (RFC 6749, 3.3), or commas.
    fn scopes(&self) -> impl Iterator<Item = &str> {
        let scopes = self.permission_scope.as_deref().unwrap_or_default();
        let scopes = scopes.split(|it: char| it.is_whitespace() || it == ',');
        scopes.filter(|it| !it.is_empty())
    }
}

impl Baseline {
    /// Of what was read just now.
    pub(super) fn of(inventory: &Inventory, findings: &[Finding]) -> Self {
        let no_tokens = Group::default();
        let scopes_of = |issuer| {
            let group = inventory
                .tokens
                .by_issuer
                .get(&issuer)
                .unwrap_or(&no_tokens);
            let scopes: Vec<String> = group.scopes.iter().cloned().collect();
            inventory.has(Area::Tokens).then_some(scopes)
        };
        let clients = || {
            let clients = inventory.clients.values().map(|it| {
                let scopes = scopes_of(Issuer::Client(it.id));
                KnownClient {
                    id: it.id,
                    identifier: it.identifier.clone(),
                    name: it.name.clone(),
                    kind: it.kind.clone(),
                    redirect_uri: it.redirect_uri.clone(),
                    user_id: it.user_id,
                    scopes,
                }
            });
            clients.collect()
        };
        let global_clients = || {
            let clients = inventory.global_clients.values().map(|it| {
                let scopes = scopes_of(Issuer::GlobalClient(it.id));
                KnownGlobalClient {
                    id: it.id,
                    identifier: it.identifier.clone(),
                    name: it.name.clone(),
                    scopes,
                }
            });
            clients.collect()
        };
        let connections = || {
            let connections = inventory.connections.iter().map(|it| KnownConnection {
                name: it.name.clone(),
                permission_scope: it.scope.clone(),
            });
            connections.collect()
        };
        Self {
            version: VERSION,
            url: inventory.url.clone(),
            taken_at: inventory.now,
            clients: inventory.has(Area::Clients).then(clients),
            global_clients: inventory.has(Area::GlobalClients).then(global_clients),
            connections: inventory.has(Area::Connections).then(connections),
            findings: findings.iter().map(Finding::fingerprint).collect(),
        }
    }

    /// Reads a file that `--write-baseline` wrote.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| {
            let message = format!("the baseline {shown} cannot be read");
            Failure::usage_because(message, error)
        })?;
        Self::from_json(&text, path)
    }

    /// The baseline that is in the file at `path`, from its text.
    pub(super) fn from_json(text: &str, path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let baseline: Self = serde_json::from_str(text).map_err(|error| {
            let message = format!("{shown} is no baseline: write one with --write-baseline");
            Failure::usage_because(message, error)
        })?;
        if baseline.version == VERSION {
            Ok(baseline)
        } else {
            let version = baseline.version;
            let message = format!(
                "the baseline {shown} has version {version}, and this program knows {VERSION}: write a new one \
                 with --write-baseline"
            );
            Err(Failure::usage(message))
        }
    }

    /// Fails if it is that of another account.
    pub(super) fn is_of(&self, url: &str) -> Result<(), Failure> {
        let host = |url: &str| {
            let url: Option<reqwest::Url> = url.parse().ok();
            url.and_then(|it| it.host_str().map(str::to_ascii_lowercase))
        };
        if host(&self.url) == host(url) {
            return Ok(());
        }
        let message = format!(
            "the baseline is of {}, and this account is {url}: give that account's own",
            crate::text::printable(&self.url)
        );
        Err(Failure::usage(message))
    }

    pub(super) fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        text.expect("strings, numbers and lists become JSON") + "\n"
    }
}

/// The scopes of `now` that those of `before` do not cover: `read` covers `tickets:read`, and `unrestricted` whatever is
/// no impersonation.
pub(super) fn wider<'a>(before: &[String], now: &'a [String]) -> Vec<&'a str> {
    let covered = |scope: &str| {
        let everywhere = scope.split_once(':').map_or(scope, |(_, action)| action);
        before.iter().any(|it| {
            it == scope || it == everywhere || it == "unrestricted" && scope != "impersonate"
        })
    };
    let wider = now.iter().map(String::as_str);
    wider.filter(|scope| !covered(scope)).collect()
}

#[cfg(test)]
mod tests {
    use super::{KnownClient, KnownConnection, wider};

    #[test]
    fn redirects_in_another_order_are_the_same() {
        let client = |redirects: &[&str]| KnownClient {
            id: 1,
            identifier: "one".to_owned(),
            name: "One".to_owned(),
            kind: None,
            redirect_uri: redirects.iter().map(|it| (*it).to_owned()).collect(),
            user_id: None,
            scopes: None,
        };
        let before = client(&["https://a.example/", "https://b.example/"]);
        let turned = client(&["https://b.example/", "https://a.example/"]);
        assert!(before.differences(&turned).is_empty());
        let other = client(&["https://b.example/", "https://c.example/"]);
        assert_eq!(before.differences(&other), ["redirect_uri"]);
    }

    #[test]
    fn a_connection_is_wider_with_a_scope_that_it_had_not() {
        let connection = |scope: Option<&str>| KnownConnection {
            name: "one".to_owned(),
            permission_scope: scope.map(str::to_owned),
        };
        let wider = |before: Option<&str>, now: Option<&str>| {
            connection(now).wider_than(&connection(before)).join(" ")
        };
        assert_eq!(wider(Some("a b"), Some("b,a")), "");
        assert_eq!(wider(Some("a b"), Some("a")), "");
        assert_eq!(wider(Some("a"), Some("a  b c")), "b c");
        assert_eq!(wider(None, Some("a")), "a");
        assert_eq!(wider(Some("a"), None), "");
    }

    #[test]
    fn a_general_scope_covers_the_particular_and_not_the_other_way_round() {
        let scopes = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        let (read, tickets) = (scopes("read"), scopes("tickets:read"));
        assert!(wider(&read, &tickets).is_empty());
        assert_eq!(wider(&tickets, &read), ["read"]);
        assert_eq!(wider(&read, &scopes("read write")), ["write"]);
        assert!(wider(&read, &[]).is_empty());
        let all = scopes("unrestricted");
        assert_eq!(wider(&read, &all), ["unrestricted"]);
        assert_eq!(wider(&all, &scopes("write impersonate")), ["impersonate"]);
    }
}
