//! Access tokens of Support, and the refresh tokens beside them.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::table::{Field, Record, SortKey, Table};

/// The kind of client that a token was issued to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
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

/// Tokens by id, by access token, by refresh token and by client. A token that is revoked or was rotated away is
/// not in here: it is as unknown as one that never was.
#[derive(Clone, Default)]
pub(crate) struct Tokens {
    pub(crate) table: Table<Token>,
    by_access_token: HashMap<String, i64>,
    by_refresh_token: HashMap<String, i64>,
    by_client: HashMap<(IssuedTo, i64), BTreeSet<i64>>,
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
        let of_client = self.by_client.entry((token.issued_to, token.client_id));
        of_client.or_default().insert(token.id);
        self.table.insert(token);
    }

    /// Takes the token away, and its refresh token with it.
    pub(crate) fn remove(&mut self, id: i64) -> Option<Token> {
        let token = self.table.remove(id)?;
        self.by_access_token.remove(&token.access_token);
        if let Some(refresh_token) = &token.refresh_token {
            self.by_refresh_token.remove(refresh_token);
        }
        let client = (token.issued_to, token.client_id);
        if let Entry::Occupied(mut of_client) = self.by_client.entry(client) {
            of_client.get_mut().remove(&id);
            if of_client.get().is_empty() {
                of_client.remove();
            }
        }
        Some(token)
    }

    /// Takes away every token of a client of the account.
    pub(crate) fn remove_of_client(&mut self, client_id: i64) {
        let client = (IssuedTo::Local, client_id);
        for id in self.by_client.remove(&client).unwrap_or_default() {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn token(id: i64, issued_to: IssuedTo, client_id: i64) -> Token {
        Token {
            id,
            client_id,
            issued_to,
            user_id: 1,
            scopes: Vec::new(),
            access_token: format!("CANARY-access-{id}"),
            refresh_token: Some(format!("CANARY-refresh-{id}")),
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: None,
            refresh_token_expires_at: None,
            used_at: None,
            authorization_code: None,
        }
    }

    #[test]
    fn a_client_takes_its_own_tokens_with_it_and_nothing_is_kept_of_them() {
        let mut tokens = Tokens::default();
        tokens.insert(token(1, IssuedTo::Local, 7));
        tokens.insert(token(2, IssuedTo::Local, 7));
        tokens.insert(token(3, IssuedTo::Global, 7));
        tokens.insert(token(4, IssuedTo::Local, 8));
        // The same token, of another client now.
        tokens.insert(token(2, IssuedTo::Local, 8));
        tokens.remove_of_client(7);
        let left: Vec<i64> = tokens.table.iter().map(|token| token.id).collect();
        assert_eq!(left, [2, 3, 4]);
        assert!(tokens.by_access_token("CANARY-access-1").is_none());
        assert!(tokens.by_refresh_token("CANARY-refresh-1").is_none());
        tokens.remove(3);
        tokens.remove_of_client(8);
        assert!(tokens.by_client.is_empty() && tokens.by_access_token.is_empty());
    }
}
