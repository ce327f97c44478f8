//! Invented records, for size.

use std::sync::OnceLock;

use super::{Furnisher, owner};
use crate::seed::document::Document;
use crate::state::{Client, ClientKind, IssuedTo, State, Token};

impl Furnisher {
    pub(super) fn generate(&self, document: &Document, state: &mut State) {
        let owner = owner(state);
        let mut number = 0_u64;
        for _ in 0..document.generate.clients {
            let identifier = loop {
                number += 1;
                let identifier = format!("generated_{number}");
                let global = state.global_clients.by_name(&identifier);
                if global.is_none() && state.clients.by_name(&identifier).is_none() {
                    break identifier;
                }
            };
            let id = self.id(None, state);
            let secret = crate::support::new_secret(state);
            state.clients.insert(Client {
                id,
                identifier,
                name: format!("Generated Client {number}"),
                kind: ClientKind::Confidential,
                company: None,
                description: None,
                redirect_uri: Vec::new(),
                secret,
                user_id: owner,
                created_at: self.earlier,
                updated_at: self.earlier,
                allowed_scopes: None,
                integration: None,
                listed: OnceLock::new(),
            });
        }
        self.generate_tokens(document.generate.tokens, owner, state);
    }

    /// One client after the other gets one, and from the beginning again.
    fn generate_tokens(&self, count: u64, owner: i64, state: &mut State) {
        if count == 0 {
            return;
        }
        let clients: Vec<i64> = state.clients.iter().map(|it| it.id).collect();
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        for client_id in clients.into_iter().cycle().take(count) {
            let id = self.id(None, state);
            let access_token = state.chance.alphanumeric("access token", 64);
            state.tokens.insert(Token {
                id,
                client_id,
                issued_to: IssuedTo::Local,
                user_id: owner,
                scopes: vec!["read".to_owned()],
                access_token,
                refresh_token: None,
                created_at: self.earlier,
                expires_at: None,
                refresh_token_expires_at: None,
                used_at: None,
                authorization_code: None,
            });
        }
    }
}
