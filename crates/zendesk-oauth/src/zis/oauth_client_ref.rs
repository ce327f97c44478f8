//! `OAuthClientRef`: which ZIS OAuth client, by name or by UUID.

use super::Uuid;
use crate::NameError;
use crate::names::Broken;

/// Which of the integration's ZIS OAuth clients a flow uses: by its name or by its UUID, never by
/// both. A ZIS OAuth client holds what the third party knows the integration as
/// (<https://developer.zendesk.com/api-reference/integration-services/connections/oauth_clients/>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthClientRef(pub(super) ByNameOrUuid);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ByNameOrUuid {
    Name(String),
    Uuid(Uuid),
}

impl OAuthClientRef {
    /// By name. The rule for such names is unknown, so Zendesk checks it; only an empty one and
    /// one with a control character are refused by
    /// [`StartOAuthFlow::new`](super::StartOAuthFlow::new).
    #[must_use]
    pub fn name(name: impl Into<String>) -> Self {
        Self(ByNameOrUuid::Name(name.into()))
    }

    /// By UUID.
    ///
    /// # Errors
    ///
    /// [`NameError`], which says the form of a UUID.
    pub fn uuid(uuid: impl Into<String>) -> Result<Self, NameError> {
        Uuid::new(uuid).map(Self::from)
    }

    pub(super) fn checked(self) -> Result<Self, NameError> {
        let ByNameOrUuid::Name(name) = &self.0 else {
            return Ok(self);
        };
        match broken(name) {
            Some(broken) => Err(NameError::new(
                "name of a ZIS OAuth client",
                "the name that it has in the integration",
                broken,
                name,
            )),
            None => Ok(self),
        }
    }
}

/// What no name can be.
fn broken(name: &str) -> Option<Broken> {
    let mut chars = name.chars().enumerate();
    match chars.find(|(_, char)| char.is_control()) {
        Some((before, found)) => Some(Broken::Character {
            at: before + 1,
            found,
        }),
        None => name.is_empty().then_some(Broken::Length(0)),
    }
}

impl From<Uuid> for OAuthClientRef {
    fn from(uuid: Uuid) -> Self {
        Self(ByNameOrUuid::Uuid(uuid))
    }
}
