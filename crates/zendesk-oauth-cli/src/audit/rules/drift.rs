//! Rules about what changed since a baseline was written. What was not looked at then or now is no change.

use std::collections::BTreeMap;

use super::Rule;
use crate::audit::area::Area;
use crate::audit::baseline::{Baseline, KnownClient, KnownConnection, KnownGlobalClient, wider};
use crate::audit::finding::{Finding, Subject, quoted, revocation};
use crate::audit::severity::Severity;

static CLIENT_ADDED: Rule = Rule {
    id: "drift-client-added",
    severity: Severity::Medium,
    area: Area::Clients,
    title: "A client that the baseline does not have",
    why: "Whoever makes a client can make tokens that outlive a password or a dismissal.",
    mend: "Find out who made it. Write a new baseline if it is meant to be there.",
};
static CLIENT_REMOVED: Rule = Rule {
    id: "drift-client-removed",
    severity: Severity::Low,
    area: Area::Clients,
    title: "A client of the baseline that is gone",
    why: "What used it has stopped working.",
    mend: "Write a new baseline if it is meant to be gone.",
};
static CLIENT_CHANGED: Rule = Rule {
    id: "drift-client-changed",
    severity: Severity::High,
    area: Area::Clients,
    title: "A client that is not as in the baseline",
    why: "A redirect that was added, or an owner that was changed, leads tokens to somebody else.",
    mend: "Find out who changed it. Write a new baseline if it is meant so.",
};
static GLOBAL_CLIENT_ADDED: Rule = Rule {
    id: "drift-global-client-added",
    severity: Severity::High,
    area: Area::GlobalClients,
    title: "A global client that the baseline does not have",
    why: "Another vendor was let into the account.",
    mend: "Find out who granted it. Write a new baseline if it is meant so.",
};
static SCOPES_WIDER: Rule = Rule {
    id: "drift-scopes-wider",
    severity: Severity::High,
    area: Area::Tokens,
    title: "A client whose tokens may do more than in the baseline",
    why: "Scopes that grow unnoticed are how a small integration becomes a way into everything.",
    mend: "Find out who granted them. Write a new baseline if it is meant so.",
};
static CONNECTION_ADDED: Rule = Rule {
    id: "drift-connection-added",
    severity: Severity::Low,
    area: Area::Connections,
    title: "A connection that the baseline does not have",
    why: "Data of the account can flow to another third party.",
    mend: "Find out who made it. Write a new baseline if it is meant to be there.",
};

static CONNECTION_WIDER: Rule = Rule {
    id: "drift-connection-wider",
    severity: Severity::Medium,
    area: Area::Connections,
    title: "A connection that may do more than in the baseline",
    why: "Flows of the account can do more at the third party than anybody looked at.",
    mend: "Find out who connected it again. Write a new baseline if it is meant so.",
};

pub(super) static RULES: &[&Rule] = &[
    &CLIENT_ADDED,
    &CLIENT_REMOVED,
    &CLIENT_CHANGED,
    &GLOBAL_CLIENT_ADDED,
    &SCOPES_WIDER,
    &CONNECTION_ADDED,
    &CONNECTION_WIDER,
];

/// What changed between the two.
pub(in crate::audit) fn evaluate(before: &Baseline, now: &Baseline) -> Vec<Finding> {
    let mut found = Vec::new();
    if let (Some(before), Some(now)) = (&before.clients, &now.clients) {
        clients(before, now, &mut found);
    }
    if let (Some(before), Some(now)) = (&before.global_clients, &now.global_clients) {
        global_clients(before, now, &mut found);
    }
    if let (Some(before), Some(now)) = (&before.connections, &now.connections) {
        connections(before, now, &mut found);
    }
    found
}

fn clients(before: &[KnownClient], now: &[KnownClient], found: &mut Vec<Finding>) {
    let earlier: BTreeMap<i64, &KnownClient> = before.iter().map(|it| (it.id, it)).collect();
    for client in now {
        let show = format!("zendesk-oauth clients show {}", client.id);
        let subject = Subject::new("client", client.id, Some(&client.name));
        let Some(known) = earlier.get(&client.id) else {
            let what = "is new";
            found.push(Finding::new(&CLIENT_ADDED, subject, what, show));
            continue;
        };
        let changed = known.differences(client);
        if !changed.is_empty() {
            let what = format!("changed: {}", changed.join(", "));
            let finding = Finding::new(&CLIENT_CHANGED, subject.clone(), what, show);
            found.push(finding);
        }
        scopes(
            subject,
            "client",
            client.id,
            (&known.scopes, &client.scopes),
            found,
        );
    }
    for client in before {
        if !now.iter().any(|it| it.id == client.id) {
            let subject = Subject::new("client", client.id, Some(&client.name));
            let command = "zendesk-oauth clients list".to_owned();
            found.push(Finding::new(&CLIENT_REMOVED, subject, "is gone", command));
        }
    }
}

fn global_clients(
    before: &[KnownGlobalClient],
    now: &[KnownGlobalClient],
    found: &mut Vec<Finding>,
) {
    for client in now {
        let subject = Subject::new("global-client", client.id, Some(&client.name));
        match before.iter().find(|it| it.id == client.id) {
            None => {
                let command = format!("zendesk-oauth global-clients show {}", client.id);
                found.push(Finding::new(
                    &GLOBAL_CLIENT_ADDED,
                    subject,
                    "is new",
                    command,
                ));
            }
            Some(known) => {
                let both = (&known.scopes, &client.scopes);
                scopes(subject, "global-client", client.id, both, found);
            }
        }
    }
}

fn scopes(
    subject: Subject,
    kind: &str,
    id: i64,
    (before, now): (&Option<Vec<String>>, &Option<Vec<String>>),
    found: &mut Vec<Finding>,
) {
    let (Some(before), Some(now)) = (before, now) else {
        return;
    };
    // Tokens of which none was seen may have had any scope.
    if before.is_empty() {
        return;
    }
    let more = wider(before, now);
    if !more.is_empty() {
        let what = format!("has tokens with {}, which it had not", more.join(" "));
        let scope = scope_term(more[0]).map_or_else(String::new, |it| format!(" and {it}"));
        let command = revocation(&format!("{kind}={id}{scope}"));
        found.push(Finding::new(&SCOPES_WIDER, subject, what, command));
    }
}

/// Scopes are free text, which a condition quotes; nothing for one that no condition can name.
fn scope_term(scope: &str) -> Option<String> {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"_:.-".contains(&it);
    if scope.bytes().all(is_plain) {
        Some(format!("scope={scope}"))
    } else {
        (!scope.contains('"')).then(|| format!("scope=\"{scope}\""))
    }
}

fn connections(before: &[KnownConnection], now: &[KnownConnection], found: &mut Vec<Finding>) {
    for connection in now {
        let (rule, what) = match before.iter().find(|it| it.name == connection.name) {
            None => (&CONNECTION_ADDED, "is new".to_owned()),
            Some(known) => match &connection.wider_than(known)[..] {
                [] => continue,
                more => {
                    let what = format!("has the scope {}, which it had not", more.join(" "));
                    (&CONNECTION_WIDER, what)
                }
            },
        };
        let subject = Subject::new("connection", &connection.name, None);
        let command = format!(
            "zendesk-oauth connections show --name {}",
            quoted(&connection.name)
        );
        found.push(Finding::new(rule, subject, what, command));
    }
}
