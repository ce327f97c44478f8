//! What Chat remembers.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::state::Secrets;

/// A person who chats with visitors.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Agent {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) administrator: bool,
}

/// An access token of Chat, and its refresh token if it has one.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ChatToken {
    pub(crate) id: i64,
    pub(crate) agent_id: i64,
    pub(crate) client_identifier: String,
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Option<Timestamp>,
}

/// Agents and tokens.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub(crate) struct Chat {
    agents: BTreeMap<i64, Agent>,
    tokens: BTreeMap<i64, ChatToken>,
    by_access_token: HashMap<String, i64>,
}

/// What is stored of it.
#[derive(Serialize, Deserialize)]
struct Stored {
    agents: Vec<Agent>,
    tokens: Vec<ChatToken>,
}

impl From<Stored> for Chat {
    fn from(stored: Stored) -> Self {
        let mut chat = Self::default();
        stored.agents.into_iter().for_each(|it| chat.add_agent(it));
        stored.tokens.into_iter().for_each(|it| chat.add_token(it));
        chat
    }
}

impl From<Chat> for Stored {
    fn from(chat: Chat) -> Self {
        Self {
            agents: chat.agents.into_values().collect(),
            tokens: chat.tokens.into_values().collect(),
        }
    }
}

impl Chat {
    /// Adds an agent, or puts it in the place of the one with its id.
    pub(crate) fn add_agent(&mut self, agent: Agent) {
        self.agents.insert(agent.id, agent);
    }

    /// Adds a token, or puts it in the place of the one with its id.
    pub(crate) fn add_token(&mut self, token: ChatToken) {
        self.remove_token(token.id);
        let access_token = token.access_token.clone();
        self.by_access_token.insert(access_token, token.id);
        self.tokens.insert(token.id, token);
    }

    /// Takes a token away, and its refresh token with it.
    pub(super) fn remove_token(&mut self, id: i64) -> Option<ChatToken> {
        let token = self.tokens.remove(&id)?;
        self.by_access_token.remove(&token.access_token);
        Some(token)
    }

    /// Adds every secret that there is in here: the journal shows none of them.
    pub(crate) fn add_secrets(&self, secrets: &mut Secrets) {
        for token in self.tokens.values() {
            secrets.add(&token.access_token);
            let refresh_token = token.refresh_token.iter();
            refresh_token.for_each(|it| secrets.add(it));
        }
    }

    /// The first token of an administrator or of another agent that passes a test.
    pub(crate) fn first_token(
        &self,
        administrator: bool,
        wanted: impl Fn(&ChatToken) -> bool,
    ) -> Option<String> {
        let of_such = |token: &&ChatToken| {
            let agent = self.agents.get(&token.agent_id);
            agent.is_some_and(|agent| agent.administrator == administrator)
        };
        let mut tokens = self.tokens.values().filter(of_such);
        let found = tokens.find(|token| wanted(token));
        found.map(|token| token.access_token.clone())
    }

    /// Every token, by id.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &ChatToken> {
        self.tokens.values()
    }

    /// The id of the access token, if it still serves and its agent is still there.
    pub(crate) fn token_by_value(&self, value: &str, now: Timestamp) -> Option<i64> {
        let token = self.tokens.get(self.by_access_token.get(value)?)?;
        let good = token.expires_at.is_none_or(|end| now < end);
        (good && self.agents.contains_key(&token.agent_id)).then_some(token.id)
    }

    /// Whether the token's agent is an administrator and the token has the scope.
    pub(crate) fn token_may(&self, id: i64, scope: &str) -> bool {
        let Some(token) = self.tokens.get(&id) else {
            return false;
        };
        let agent = self.agents.get(&token.agent_id);
        let administrator = agent.is_some_and(|agent| agent.administrator);
        administrator && token.scopes.iter().any(|has| has == scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_by_its_value_after_a_restart_too() {
        let mut chat = Chat::default();
        chat.add_agent(Agent {
            id: 7,
            name: "Ada".to_owned(),
            administrator: true,
        });
        chat.add_token(ChatToken {
            id: 38,
            agent_id: 7,
            client_identifier: "zopim".to_owned(),
            access_token: "CANARY-chat".to_owned(),
            refresh_token: None,
            scopes: vec!["read".to_owned()],
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: None,
        });
        let stored = serde_json::to_string(&chat).unwrap();
        let chat: Chat = serde_json::from_str(&stored).unwrap();
        let found = chat.token_by_value("CANARY-chat", Timestamp::UNIX_EPOCH);
        assert_eq!(found, Some(38));
        assert!(chat.token_may(38, "read") && !chat.token_may(38, "write"));
    }
}
