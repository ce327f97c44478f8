//! Rules about connections of the ZIS integration. ZIS was seen to make new tokens when a flow uses a connection whose
//! token has expired, so that an end alone breaks nothing.

use super::Rule;
use crate::audit::area::Area;
use crate::audit::finding::{Finding, Subject, ago, quoted};
use crate::audit::inventory::Inventory;
use crate::audit::severity::Severity;

static EXPIRED: Rule = Rule {
    id: "connection-expired",
    severity: Severity::Low,
    area: Area::Connections,
    title: "A connection whose token has expired",
    why: "ZIS was seen to make a new token when a flow uses the connection: either none has used it since, or ZIS could not.",
    mend: "Refresh it if it has a refresh token. Otherwise see whether the flows that use it work.",
};
static NO_REFRESH_TOKEN: Rule = Rule {
    id: "connection-no-refresh-token",
    severity: Severity::Low,
    area: Area::Connections,
    title: "A connection that expires and has no refresh token",
    why: "With client credentials that is as it should be: ZIS was seen to make a new token. Otherwise a person has to grant access \
          again when its token ends.",
    mend: "If a person granted it, make one under another name with `connections connect NAME --offline`, and let the \
           flows use that: a name that is taken is refused.",
};

pub(super) static RULES: &[&Rule] = &[&EXPIRED, &NO_REFRESH_TOKEN];

/// At most one finding for each.
pub(super) fn evaluate(inventory: &Inventory, found: &mut Vec<Finding>) {
    for connection in &inventory.connections {
        let Some(end) = connection.expires_at else {
            continue;
        };
        let ago = ago(end, inventory.now);
        let (rule, what) = match (end <= inventory.now, connection.has_refresh_token) {
            (true, true) => (&EXPIRED, format!("expired {ago}")),
            (true, false) => (&EXPIRED, format!("expired {ago}, and has no refresh token")),
            (false, false) => (&NO_REFRESH_TOKEN, "cannot be refreshed".to_owned()),
            (false, true) => continue,
        };
        let verb = if connection.has_refresh_token {
            "refresh"
        } else {
            "show"
        };
        let name = quoted(&connection.name);
        let command = format!("zendesk-oauth connections {verb} --name {name}");
        let subject = Subject::new("connection", &connection.name, None);
        found.push(Finding::new(rule, subject, what, command));
    }
}
