//! From names to numbers.

use super::{Condition, Named, Term};
use crate::failure::Failure;

/// Whoever knows the numbers of names.
pub(crate) trait Directory {
    /// The client of the account with this identifier.
    async fn client(&mut self, identifier: &str) -> Result<i64, Failure>;
    /// The user with this e-mail address.
    async fn user(&mut self, email: &str) -> Result<i64, Failure>;
}

/// A condition in which everybody has a number. It means the same as long as names change hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resolved(Condition);

impl Resolved {
    /// A condition that has no names; nothing if it has one.
    pub(crate) fn without_names(condition: Condition) -> Option<Self> {
        let named = |term: &&Term| {
            matches!(
                term,
                Term::Client(Named::Name(_)) | Term::User(Named::Name(_))
            )
        };
        let has_names = condition.terms().iter().any(named);
        (!has_names).then_some(Self(condition))
    }

    pub(crate) fn condition(&self) -> &Condition {
        &self.0
    }
}

impl Condition {
    /// The same condition with numbers for names.
    pub(crate) async fn resolved(
        mut self,
        directory: &mut impl Directory,
    ) -> Result<Resolved, Failure> {
        let mut names = Vec::new();
        names_of(&mut self, &mut names);
        for (named, is_client) in names {
            let Named::Name(name) = &*named else {
                continue;
            };
            let id = if is_client {
                directory.client(name).await?
            } else {
                directory.user(name).await?
            };
            *named = Named::Id(id);
        }
        Ok(Resolved(self))
    }
}

/// Every client (true) and user (false) in it.
fn names_of<'a>(condition: &'a mut Condition, names: &mut Vec<(&'a mut Named, bool)>) {
    match condition {
        Condition::Any(parts) | Condition::All(parts) => {
            parts.iter_mut().for_each(|part| names_of(part, names));
        }
        Condition::Not(part) => names_of(part, names),
        Condition::Term(Term::Client(named)) => names.push((named, true)),
        Condition::Term(Term::User(named)) => names.push((named, false)),
        Condition::Term(_) => {}
    }
}
