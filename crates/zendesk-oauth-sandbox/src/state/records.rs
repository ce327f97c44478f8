//! The records of an account.

use std::sync::OnceLock;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::table::{Field, Record, SortKey};
use super::tokens::IssuedTo;

/// The account itself.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) subdomain: String,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            id: 123_456,
            subdomain: "example".to_owned(),
        }
    }
}

/// What a user may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    Admin,
    Agent,
    EndUser,
}

/// A person of the account.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: Role,
    #[serde(default)]
    pub(crate) suspended: bool,
    /// Not after the user was deleted: Zendesk keeps the record, and says so in it.
    #[serde(default = "active")]
    pub(crate) active: bool,
}

/// State files of older versions have no users who were deleted.
fn active() -> bool {
    true
}

impl User {
    /// Whether anybody acts as this user: neither suspended nor deleted.
    pub(crate) fn may_act(&self) -> bool {
        self.active && !self.suspended
    }
}

/// An API token: it acts as whichever user of the account the caller names beside it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ApiToken {
    pub(crate) created_at: Timestamp,
}

/// A browser that is signed in.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) user_id: i64,
}

/// Whether a client can keep a secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ClientKind {
    Public,
    Confidential,
}

impl ClientKind {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "public" => Some(Self::Public),
            "confidential" => Some(Self::Confidential),
            _ => None,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Confidential => "confidential",
        }
    }
}

/// An OAuth client of the account.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Client {
    pub(crate) id: i64,
    pub(crate) identifier: String,
    pub(crate) name: String,
    pub(crate) kind: ClientKind,
    pub(crate) company: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) redirect_uri: Vec<String>,
    pub(crate) secret: String,
    pub(crate) user_id: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// The scopes that the client may ask for, if the account limits them. Not in the API.
    pub(crate) allowed_scopes: Option<Vec<String>>,
    /// The integration that the client belongs to, if ZIS made it.
    pub(crate) integration: Option<String>,
    /// The record as lists show it: written once, as lists are read far more often than clients change.
    #[serde(skip)]
    pub(crate) listed: OnceLock<crate::support::Listed>,
}

impl Record for Client {
    fn id(&self) -> i64 {
        self.id
    }

    fn owner(&self) -> i64 {
        self.user_id
    }

    fn unique_name(&self) -> Option<&str> {
        Some(&self.identifier)
    }

    fn sort_key(&self, field: Field) -> SortKey {
        match field {
            Field::Id => SortKey::Number(self.id),
            Field::Name => SortKey::Text(self.name.clone()),
            Field::Identifier => SortKey::Text(self.identifier.clone()),
            Field::CreatedAt => SortKey::Number(self.created_at.as_second()),
            Field::UpdatedAt => SortKey::Number(self.updated_at.as_second()),
        }
    }

    const SORTABLE: &'static [Field] = &[
        Field::Id,
        Field::Name,
        Field::Identifier,
        Field::CreatedAt,
        Field::UpdatedAt,
    ];

    fn changed(&mut self) {
        self.listed = OnceLock::new();
    }
}

/// A client that many accounts use. The API only shows these.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct GlobalClient {
    pub(crate) id: i64,
    pub(crate) identifier: String,
    pub(crate) name: String,
    pub(crate) kind: ClientKind,
    pub(crate) company: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) logo_url: Option<String>,
    pub(crate) redirect_uri: Vec<String>,
}

impl Record for GlobalClient {
    fn id(&self) -> i64 {
        self.id
    }

    fn unique_name(&self) -> Option<&str> {
        Some(&self.identifier)
    }

    fn sort_key(&self, field: Field) -> SortKey {
        match field {
            Field::Name => SortKey::Text(self.name.clone()),
            Field::Identifier => SortKey::Text(self.identifier.clone()),
            Field::Id | Field::CreatedAt | Field::UpdatedAt => SortKey::Number(self.id),
        }
    }

    const SORTABLE: &'static [Field] = &[Field::Id, Field::Name, Field::Identifier];
}

/// What a user agreed to, waiting behind an authorization code.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Consent {
    pub(crate) client_id: i64,
    pub(crate) issued_to: IssuedTo,
    pub(crate) user_id: i64,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    /// PKCE: what the verifier must hash to, and how.
    pub(crate) code_challenge: Option<String>,
    pub(crate) code_challenge_method: Option<String>,
    pub(crate) expires_at: Timestamp,
    /// The code was redeemed: it is known, and good for nothing.
    pub(crate) redeemed: bool,
}
