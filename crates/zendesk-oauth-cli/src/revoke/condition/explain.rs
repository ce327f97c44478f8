//! Why a condition holds for a token, in words.

use super::facts::Facts;
use super::{Condition, Term};

impl Condition {
    /// What of the condition holds: `idle>90d (used 2026-01-02T03:04:05Z)`.
    pub(crate) fn why(&self, facts: &Facts<'_>) -> String {
        let mut reasons = Vec::new();
        self.collect(facts, &mut reasons);
        reasons.join(", ")
    }

    fn collect(&self, facts: &Facts<'_>, reasons: &mut Vec<String>) {
        if self.truth(facts) != Some(true) {
            return;
        }
        match self {
            Self::Any(parts) | Self::All(parts) => {
                for part in parts {
                    part.collect(facts, reasons);
                }
            }
            Self::Not(_) => reasons.push(self.to_string()),
            Self::Term(term) => reasons.push(term.why(facts)),
        }
    }

    /// What of it keeps the condition from holding: the reason why a token is left alone.
    pub(crate) fn why_not(&self, facts: &Facts<'_>) -> String {
        match self {
            Self::All(parts) => {
                let missing = parts.iter().filter(|part| !part.holds(facts));
                let missing: Vec<String> = missing.map(|part| part.why_not(facts)).collect();
                missing.join(", ")
            }
            Self::Term(term) => format!("{} does not hold", term.why(facts)),
            Self::Any(_) | Self::Not(_) => format!("{self} does not hold"),
        }
    }
}

impl Term {
    /// The term, with the member that it is about.
    fn why(&self, facts: &Facts<'_>) -> String {
        let token = facts.token;
        let text = |time: Option<&zendesk_oauth_core::Timestamp>| {
            time.map(|time| crate::text::printable(time.as_str()))
        };
        let beside = match self {
            Self::Idle(..) => match text(token.used_at.as_ref()) {
                Some(used) => Some(format!("used {used}")),
                None => text(token.created_at.as_ref())
                    .map(|created| format!("created {created}, never used")),
            },
            Self::NeverUsed => text(token.used_at.as_ref()).map(|used| format!("used {used}")),
            Self::Age(..) => {
                text(token.created_at.as_ref()).map(|created| format!("created {created}"))
            }
            Self::NoExpiry | Self::Expired => {
                text(token.expires_at.as_ref()).map(|expires| format!("expires {expires}"))
            }
            Self::RefreshExpires(..) => text(token.refresh_token_expires_at.as_ref())
                .map(|expires| format!("refresh token expires {expires}")),
            Self::Scope(_)
            | Self::Client(_)
            | Self::GlobalClient(_)
            | Self::User(_)
            | Self::Id(_) => None,
        };
        match beside {
            Some(beside) => format!("{self} ({beside})"),
            None => self.to_string(),
        }
    }
}
