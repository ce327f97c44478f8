//! Rules about Chat's tokens. Chat does not say when a token was used.

use super::Rule;
use crate::audit::area::Area;
use crate::audit::finding::{Finding, Subject, ago};
use crate::audit::inventory::Inventory;
use crate::audit::severity::Severity;

static NO_EXPIRY: Rule = Rule {
    id: "chat-token-no-expiry",
    severity: Severity::Medium,
    area: Area::Chat,
    title: "A Chat token that never expires",
    why: "A copy of it works for ever, and Chat does not say who uses it.",
    mend: "Replace it, then revoke it.",
};
static WIDE: Rule = Rule {
    id: "chat-token-wide",
    severity: Severity::Medium,
    area: Area::Chat,
    title: "A Chat token with a wide scope",
    why: "`write` changes the settings of Chat; `chat` talks to visitors as the agent.",
    mend: "Replace it by one that may only read, then revoke it.",
};
static EXPIRED: Rule = Rule {
    id: "chat-token-expired",
    severity: Severity::Low,
    area: Area::Chat,
    title: "A Chat token that has expired",
    why: "If it has a refresh token, that may still work.",
    mend: "Revoke it.",
};

pub(super) static RULES: &[&Rule] = &[&NO_EXPIRY, &WIDE, &EXPIRED];

pub(super) fn evaluate(inventory: &Inventory, found: &mut Vec<Finding>) {
    for token in &inventory.chat_tokens {
        let mut push = |rule, what: String| {
            let subject = Subject::new("chat-token", token.id, token.client.as_deref());
            let command = format!("zendesk-oauth chat-tokens revoke {}", token.id);
            found.push(Finding::new(rule, subject, what, command));
        };
        if let Some(end) = token.expires_at
            && end <= inventory.now
        {
            push(&EXPIRED, format!("expired {}", ago(end, inventory.now)));
            continue;
        }
        if !token.expires {
            push(&NO_EXPIRY, "never expires".to_owned());
        }
        let is_wide = |scope: &&String| matches!(scope.as_str(), "write" | "chat");
        let wide: Vec<&str> = token
            .scopes
            .iter()
            .filter(is_wide)
            .map(String::as_str)
            .collect();
        if !wide.is_empty() {
            push(&WIDE, format!("has {}", wide.join(" and ")));
        }
    }
}
