//! Rules about clients that many accounts use.

use super::Rule;
use crate::audit::area::Area;
use crate::audit::finding::{Finding, Subject, ago, revocation};
use crate::audit::inventory::Inventory;
use crate::audit::severity::Severity;
use crate::audit::tokens::{Issuer, Thresholds};

static IDLE: Rule = Rule {
    id: "global-client-idle",
    severity: Severity::Medium,
    area: Area::GlobalClients,
    title: "A global client that nobody uses any more",
    why: "Its vendor holds tokens of this account. Thefts at vendors are how accounts were read in 2025.",
    mend: "Revoke its tokens.",
};
static NEVER_USED: Rule = Rule {
    id: "global-client-never-used",
    severity: Severity::Medium,
    area: Area::GlobalClients,
    title: "A global client that was never used",
    why: "Its vendor holds tokens of this account. Thefts at vendors are how accounts were read in 2025.",
    mend: "Revoke its tokens.",
};

pub(super) static RULES: &[&Rule] = &[&IDLE, &NEVER_USED];

pub(super) fn evaluate(inventory: &Inventory, thresholds: Thresholds, found: &mut Vec<Finding>) {
    for client in inventory.global_clients.values() {
        if client.tokens_count <= 0 {
            continue;
        }
        let count = client.tokens_count;
        let tokens = if count == 1 { "token" } else { "tokens" };
        let now = inventory.now;
        let group = inventory
            .tokens
            .by_issuer
            .get(&Issuer::GlobalClient(client.id));
        // The summary does not tell how old the tokens are; the tokens do, if they were looked at.
        let made = group.and_then(|group| group.live.oldest);
        let (rule, what) = match (client.last_used_at, made) {
            _ if client.is_use_unreadable => continue,
            (None, None) => {
                let what = format!("{count} {tokens}, never used, of unknown age");
                (&NEVER_USED, what)
            }
            (None, Some(made)) if thresholds.is_idle(made, now) => {
                let what = format!("{count} {tokens}, made {}, never used", ago(made, now));
                (&NEVER_USED, what)
            }
            (Some(used), _) if thresholds.is_idle(used, now) => (
                &IDLE,
                format!("{count} {tokens}, used last {}", ago(used, now)),
            ),
            _ => continue,
        };
        let subject = Subject::new("global-client", client.id, Some(&client.name));
        // A token that was made a minute ago is not picked.
        let idle = thresholds.idle_days;
        let command = revocation(&format!("global-client={} and idle>{idle}d", client.id));
        found.push(Finding::new(rule, subject, what, command));
    }
}
