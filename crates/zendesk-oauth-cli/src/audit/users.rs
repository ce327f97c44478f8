//! What became of a person.

use std::collections::BTreeMap;

/// A user, as far as an audit looks at one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) is_admin: bool,
    pub(super) suspended: bool,
    /// Not after the user was deleted.
    pub(super) active: bool,
}

/// What is to be said about an owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Neither of these.
    Good,
    Missing,
    Suspended,
    /// There, and no admin.
    NotAdmin,
}

/// The standing of the user with this id.
pub(super) fn standing(users: &BTreeMap<i64, User>, id: i64) -> Standing {
    match users.get(&id) {
        None => Standing::Missing,
        Some(user) if !user.active => Standing::Missing,
        Some(user) if user.suspended => Standing::Suspended,
        Some(user) if !user.is_admin => Standing::NotAdmin,
        Some(_) => Standing::Good,
    }
}
