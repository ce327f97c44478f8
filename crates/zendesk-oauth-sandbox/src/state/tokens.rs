//! Access tokens of Support, and the refresh tokens beside them.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::table::{Field, Record, SortKey, Table};

/// The kind of client that a token was issued to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum IssuedTo {
    /// A client of the account.
    Local,
    /// A global client.
    Global,
}

/// An access token, and its refresh token if it has one.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) id: i64,
    pub(crate) client_id: i64,
    pub(crate) issued_to: IssuedTo,
    pub(crate) user_id: i64,
    pub(crate) scopes: Vec<String>,
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) refresh_token_expires_at: Option<Timestamp>,
    pub(crate) used_at: Option<Timestamp>,
    /// The authorization code that it was issued for, or that what it was refreshed from was.
    #[serde(default)]
    pub(crate) authorization_code: Option<String>,
}

impl Token {
    /// Whether the access token still serves.
    pub(crate) fn is_good(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether the refresh token still serves.
    pub(crate) fn can_refresh(&self, now: Timestamp) -> bool {
        let end = self.refresh_token_expires_at;
        self.refresh_token.is_some() && end.is_none_or(|end| now < end)
    }

    pub(crate) fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|has| has == scope)
    }
}

impl Record for Token {
    fn id(&self) -> i64 {
        self.id
    }

    fn owner(&self) -> i64 {
        self.user_id
    }

    fn sort_key(&self, field: Field) -> SortKey {
        match field {
            Field::CreatedAt => SortKey::Number(self.created_at.as_second()),
            Field::Id | Field::Name | Field::Identifier | Field::UpdatedAt => {
                SortKey::Number(self.id)
            }
        }
    }

    const SORTABLE: &'static [Field] = &[Field::Id, Field::CreatedAt];
}

/// Tokens by id, by access token and by refresh token. A token that is revoked or was rotated away is
/// not in here: it is as unknown as one that never was.
#[derive(Clone, Default)]
pub(crate) struct Tokens {
    pub(crate) table: Table<Token>,
    by_access_token: HashMap<String, i64>,
    by_refresh_token: HashMap<String, i64>,
}

impl Tokens {
    pub(crate) fn insert(&mut self, token: Token) {
        self.remove(token.id);
        self.by_access_token
            .insert(token.access_token.clone(), token.id);
        if let Some(refresh_token) = &token.refresh_token {
            self.by_refresh_token
                .insert(refresh_token.clone(), token.id);
        }
        self.table.insert(token);
    }

    /// Takes the token away, and its refresh token with it.
    pub(crate) fn remove(&mut self, id: i64) -> Option<Token> {
        let token = self.table.remove(id)?;
        self.by_access_token.remove(&token.access_token);
        if let Some(refresh_token) = &token.refresh_token {
            self.by_refresh_token.remove(refresh_token);
        }
        Some(token)
    }

    /// Takes away every token of a client of the account.
    pub(crate) fn remove_of_client(&mut self, client_id: i64) {
        let of_client =
            |token: &&Token| token.client_id == client_id && token.issued_to == IssuedTo::Local;
        let ids: Vec<i64> = self
            .table
            .iter()
            .filter(of_client)
            .map(|it| it.id)
            .collect();
        for id in ids {
            self.remove(id);
        }
    }

    /// Takes away every token that goes back to an authorization code.
    pub(crate) fn remove_of_code(&mut self, code: &str) {
        let of_code = |token: &&Token| token.authorization_code.as_deref() == Some(code);
        let ids: Vec<i64> = self.table.iter().filter(of_code).map(|it| it.id).collect();
        for id in ids {
            self.remove(id);
        }
    }

    pub(crate) fn get(&self, id: i64) -> Option<&Token> {
        self.table.get(id)
    }

    pub(crate) fn by_access_token(&self, access_token: &str) -> Option<&Token> {
        self.get(*self.by_access_token.get(access_token)?)
    }

    pub(crate) fn by_refresh_token(&self, refresh_token: &str) -> Option<&Token> {
        self.get(*self.by_refresh_token.get(refresh_token)?)
    }

    /// Notes that the token was used just now. No list is sorted by this.
    pub(crate) fn mark_used(&mut self, id: i64, now: Timestamp) {
        self.table.touch(id, |token| token.used_at = Some(now));
    }
}

impl Serialize for Tokens {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.table.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Tokens {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tokens = Self::default();
        for token in Vec::<Token>::deserialize(deserializer)? {
            tokens.insert(token);
        }
        Ok(tokens)
    }
}
