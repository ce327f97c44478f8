//! Agents of Chat and their tokens.

use super::Furnisher;
use crate::chat::{Agent, ChatToken};
use crate::seed::document::Document;
use crate::state::State;

impl Furnisher {
    pub(super) fn chat(&self, document: &Document, state: &mut State) {
        for agent in &document.chat.agents {
            state.chat.add_agent(Agent {
                id: agent.id,
                name: agent.name.clone(),
                administrator: agent.administrator,
            });
        }
        for token in &document.chat.tokens {
            let id = self.id(token.id, state);
            let given = token.token.clone();
            let invented = || state.chance.alphanumeric("chat access token", 64);
            let access_token = given.unwrap_or_else(invented);
            // A token that expires can be renewed.
            let expires_at = self.on(token.expires_at);
            let mut invented = || state.chance.alphanumeric("chat refresh token", 64);
            let refresh_token = token.refresh_token.clone();
            let refresh_token = refresh_token.or_else(|| expires_at.map(|_| invented()));
            let client = token.client.as_deref().unwrap_or("zopim");
            state.chat.add_token(ChatToken {
                id,
                agent_id: token.agent,
                client_identifier: client.to_owned(),
                access_token,
                refresh_token,
                scopes: token.scopes.clone(),
                created_at: self.created(token.created_at),
                expires_at,
            });
        }
    }
}
