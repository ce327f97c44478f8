//! Whether a condition holds for a token.
//!
//! What cannot be told is neither yes nor no (Kleene's logic), so that `not` does not make a yes of it: a token is
//! only picked for what is known of it.

use super::facts::{Facts, OfClient};
use super::{Comparison, Condition, Named, Span, Term};
use crate::account::time::Moment;

impl Condition {
    /// Whether it surely holds.
    pub(crate) fn holds(&self, facts: &Facts<'_>) -> bool {
        self.truth(facts) == Some(true)
    }

    /// Whether it holds, if that can be told.
    pub(super) fn truth(&self, facts: &Facts<'_>) -> Option<bool> {
        match self {
            Self::Any(parts) => decided(parts, facts, true),
            Self::All(parts) => decided(parts, facts, false),
            Self::Not(part) => part.truth(facts).map(|it| !it),
            Self::Term(term) => term.truth(facts),
        }
    }
}

/// One `deciding` part decides; otherwise it is the opposite, unless a part cannot be told.
fn decided(parts: &[Condition], facts: &Facts<'_>, deciding: bool) -> Option<bool> {
    let mut told = Some(!deciding);
    for part in parts {
        match part.truth(facts) {
            Some(it) if it == deciding => return Some(deciding),
            Some(_) => {}
            None => told = None,
        }
    }
    told
}

impl Term {
    pub(super) fn truth(&self, facts: &Facts<'_>) -> Option<bool> {
        let token = facts.token;
        match self {
            Self::Idle(comparison, span) => {
                since(facts, facts.last_sign_of_life(), *comparison, *span)
            }
            Self::NeverUsed => Some(facts.used() == Moment::Never),
            Self::Age(comparison, span) => since(facts, facts.created(), *comparison, *span),
            Self::NoExpiry => Some(facts.expires() == Moment::Never),
            Self::Expired => match facts.expires() {
                Moment::At(at) => Some(at.as_second() <= facts.now()),
                Moment::Never => Some(false),
                Moment::Unreadable => None,
            },
            Self::RefreshExpires(comparison, span) => match facts.refresh_expires() {
                Moment::At(at) => {
                    Some(comparison.holds(at.as_second().saturating_sub(facts.now()), *span))
                }
                // There is no refresh token, or it never expires.
                Moment::Never => Some(false),
                Moment::Unreadable => None,
            },
            Self::Scope(scope) => token
                .scopes
                .as_ref()
                .map(|scopes| scopes.iter().any(|it| it == scope)),
            Self::Client(named) => of_client(facts, named.id()?, OfClient::Account),
            Self::GlobalClient(id) => of_client(facts, *id, OfClient::Global),
            Self::User(named) => {
                let id = named.id()?;
                token.user_id.map(|it| it == id)
            }
            Self::Id(ids) => Some(ids.contains(&token.id)),
        }
    }
}

impl Named {
    /// The number; nothing as long as nobody looked for it.
    fn id(&self) -> Option<i64> {
        match self {
            Self::Id(id) => Some(*id),
            Self::Name(_) => None,
        }
    }
}

fn since(facts: &Facts<'_>, moment: Moment, comparison: Comparison, span: Span) -> Option<bool> {
    match moment {
        Moment::At(at) => Some(comparison.holds(facts.now().saturating_sub(at.as_second()), span)),
        Moment::Never | Moment::Unreadable => None,
    }
}

fn of_client(facts: &Facts<'_>, id: i64, wanted: OfClient) -> Option<bool> {
    match facts.token.client_id {
        None => None,
        Some(client) if client != id => Some(false),
        Some(_) if facts.of_client == OfClient::Unknown => None,
        Some(_) if facts.of_client == OfClient::Unlisted => Some(true),
        Some(_) => Some(facts.of_client == wanted),
    }
}
