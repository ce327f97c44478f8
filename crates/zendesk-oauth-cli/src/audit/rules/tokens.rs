//! Rules about Support's tokens, a finding for each client and rule.

use super::Rule;
use crate::audit::area::Area;
use crate::audit::finding::{Finding, Subject, revocation};
use crate::audit::inventory::Inventory;
use crate::audit::severity::Severity;
use crate::audit::tokens::{Group, Issuer, Tally, Thresholds};

static IMPERSONATES: Rule = Rule {
    id: "token-impersonates",
    severity: Severity::Critical,
    area: Area::Tokens,
    title: "Tokens that may act as any user",
    why: "With the scope `impersonate` a stolen token is everybody's token.",
    mend: "Revoke them, and use tokens with the scopes that are needed.",
};
static UNRESTRICTED: Rule = Rule {
    id: "token-unrestricted",
    severity: Severity::Critical,
    area: Area::Tokens,
    title: "Tokens that nothing restricts",
    why: "`unrestricted` is the widest of all scopes: a stolen token may do whatever its user may.",
    mend: "Make tokens with the scopes that are needed, then revoke these.",
};
static NO_EXPIRY: Rule = Rule {
    id: "token-no-expiry",
    severity: Severity::High,
    area: Area::Tokens,
    title: "Tokens that never expire",
    why: "A copy of such a token works for ever. Zendesk wants refreshed tokens only from 2027-04-01 on.",
    mend: "Have the client ask for tokens that expire, then revoke these.",
};
static IDLE: Rule = Rule {
    id: "token-idle",
    severity: Severity::Medium,
    area: Area::Tokens,
    title: "Live tokens that nobody uses any more",
    why: "They open the account, and nothing that works would miss them.",
    mend: "Revoke them.",
};
static NEVER_USED: Rule = Rule {
    id: "token-never-used",
    severity: Severity::Medium,
    area: Area::Tokens,
    title: "Live tokens that were never used",
    why: "They open the account, and nothing that works would miss them.",
    mend: "Revoke them.",
};
static REFRESH_LAPSING: Rule = Rule {
    id: "token-refresh-lapsing",
    severity: Severity::Medium,
    area: Area::Tokens,
    title: "Refresh tokens that lapse soon",
    why: "Once a refresh token has lapsed the user has to grant access again, and until then the integration stands still.",
    mend: "Have the client refresh now. Revoke those that nobody needs: the plan is for you to choose.",
};
static MAY_WRITE: Rule = Rule {
    id: "token-may-write",
    severity: Severity::Medium,
    area: Area::Tokens,
    title: "Tokens that may change everything",
    why: "`write` is the scope of every resource. Most integrations need it for one or two, such as `tickets:write`.",
    mend: "Make tokens with the scopes that are needed, then revoke these.",
};

pub(super) static RULES: &[&Rule] = &[
    &IMPERSONATES,
    &UNRESTRICTED,
    &NO_EXPIRY,
    &IDLE,
    &NEVER_USED,
    &REFRESH_LAPSING,
    &MAY_WRITE,
];

pub(super) fn evaluate(inventory: &Inventory, thresholds: Thresholds, found: &mut Vec<Finding>) {
    let Thresholds {
        idle_days: idle,
        refresh_days: refresh,
    } = thresholds;
    for (&issuer, group) in &inventory.tokens.by_issuer {
        let (subject, whose) = whose(issuer, inventory);
        let is_listed = match issuer {
            Issuer::Client(id) => inventory.clients.contains_key(&id),
            Issuer::GlobalClient(_) => true,
        };
        let mut push = |rule, tally: &Tally, mut what: String, condition: String| {
            if tally.count > 0 {
                if !is_listed {
                    what += "; the account lists no such client, neither its own nor a global one";
                }
                let command = revocation(&format!("{whose} and {condition}"));
                let finding = Finding::new(rule, subject.clone(), what, command);
                found.push(finding.with_tokens(tally));
            }
        };
        let Group {
            impersonating,
            unrestricted,
            no_expiry,
            idle: unused,
            never_used,
            refresh_lapsing,
            may_write,
            ..
        } = group;
        let what = "may act as any user (scope `impersonate`)".to_owned();
        push(
            &IMPERSONATES,
            impersonating,
            what,
            "scope=impersonate".to_owned(),
        );
        let what = "may do all that its user may (scope `unrestricted`)".to_owned();
        let condition = "scope=unrestricted".to_owned();
        push(&UNRESTRICTED, unrestricted, what, condition);
        push(
            &NO_EXPIRY,
            no_expiry,
            "never expires".to_owned(),
            "no-expiry".to_owned(),
        );
        let what = format!("not used for more than {idle} days");
        push(
            &IDLE,
            unused,
            what,
            format!("idle>{idle}d and not never-used"),
        );
        let what = format!("made more than {idle} days ago, and never used");
        let condition = format!("never-used and age>{idle}d");
        push(&NEVER_USED, never_used, what, condition);
        let what = format!(
            "refresh token lapses within {refresh} days, and in the last quarter of its life"
        );
        push(
            &REFRESH_LAPSING,
            refresh_lapsing,
            what,
            format!("refresh-expires<{refresh}d"),
        );
        let what = "may change everything (scope `write`)".to_owned();
        push(&MAY_WRITE, may_write, what, "scope=write".to_owned());
    }
}

fn whose(issuer: Issuer, inventory: &Inventory) -> (Subject, String) {
    match issuer {
        Issuer::Client(id) => {
            let name = inventory.clients.get(&id).map(|it| it.name.as_str());
            (Subject::new("client", id, name), format!("client={id}"))
        }
        Issuer::GlobalClient(id) => {
            let name = inventory.global_clients.get(&id).map(|it| it.name.as_str());
            let subject = Subject::new("global-client", id, name);
            (subject, format!("global-client={id}"))
        }
    }
}
