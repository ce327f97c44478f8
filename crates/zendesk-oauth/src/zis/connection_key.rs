//! `ConnectionKey`: which connection, by name or by UUID.

use super::{ConnectionName, Uuid};
use crate::NameError;

/// Which connection of an integration: by its name or by its UUID, never by both, which Zendesk
/// refuses (400, code 1301). Where one is asked for, a name can be given as text.
///
/// ```
/// use zendesk_oauth::zis::ConnectionKey;
///
/// let by_name = ConnectionKey::try_from("my_connection")?;
/// let by_uuid = ConnectionKey::uuid("ac10a230-0c43-45f8-b221-9e085ce90418")?;
/// assert!(by_name != by_uuid);
/// assert!(ConnectionKey::uuid("my_connection").is_err());
/// # Ok::<(), zendesk_oauth::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionKey(pub(super) NameOrUuid);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NameOrUuid {
    Name(ConnectionName),
    Uuid(Uuid),
}

impl ConnectionKey {
    /// By name.
    ///
    /// # Errors
    ///
    /// [`NameError`], which says the rule.
    pub fn name(name: impl Into<String>) -> Result<Self, NameError> {
        ConnectionName::new(name).map(Self::from)
    }

    /// By UUID.
    ///
    /// # Errors
    ///
    /// [`NameError`], which says the form of a UUID.
    pub fn uuid(uuid: impl Into<String>) -> Result<Self, NameError> {
        Uuid::new(uuid).map(Self::from)
    }
}

impl From<ConnectionName> for ConnectionKey {
    fn from(name: ConnectionName) -> Self {
        Self(NameOrUuid::Name(name))
    }
}

impl From<&ConnectionName> for ConnectionKey {
    fn from(name: &ConnectionName) -> Self {
        name.clone().into()
    }
}

impl From<Uuid> for ConnectionKey {
    fn from(uuid: Uuid) -> Self {
        Self(NameOrUuid::Uuid(uuid))
    }
}

impl From<&Uuid> for ConnectionKey {
    fn from(uuid: &Uuid) -> Self {
        uuid.clone().into()
    }
}

impl From<&ConnectionKey> for ConnectionKey {
    fn from(key: &ConnectionKey) -> Self {
        key.clone()
    }
}

impl TryFrom<&str> for ConnectionKey {
    type Error = NameError;

    fn try_from(name: &str) -> Result<Self, NameError> {
        Self::name(name)
    }
}

impl TryFrom<String> for ConnectionKey {
    type Error = NameError;

    fn try_from(name: String) -> Result<Self, NameError> {
        Self::name(name)
    }
}

impl TryFrom<&String> for ConnectionKey {
    type Error = NameError;

    fn try_from(name: &String) -> Result<Self, NameError> {
        Self::name(name)
    }
}
