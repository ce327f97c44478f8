//! Rules about what the audit itself signs in with.

use super::Rule;
use crate::audit::area::Area;
use crate::audit::finding::{Finding, Subject};
use crate::audit::inventory::Inventory;
use crate::audit::severity::Severity;

pub(super) static API_TOKEN: Rule = Rule {
    id: "credentials-api-token",
    severity: Severity::High,
    area: Area::Credentials,
    title: "This command signs in with an API token",
    why: "API tokens have no scopes and act as any user of the account. Zendesk makes no new ones since \
          2026-10-27 and ends all of them on 2027-04-30.",
    mend: "Go to OAuth while the API token still works.",
};

pub(super) static RULES: &[&Rule] = &[&API_TOKEN];

pub(super) fn evaluate(inventory: &Inventory, found: &mut Vec<Finding>) {
    if inventory.api_token {
        let subject = Subject::new("credentials", "support", None);
        let what = "Support is called with an API token, which ends on 2027-04-30";
        let command = "zendesk-oauth migrate --scope read --identifier NAME --dry-run";
        found.push(Finding::new(&API_TOKEN, subject, what, command));
    }
}
