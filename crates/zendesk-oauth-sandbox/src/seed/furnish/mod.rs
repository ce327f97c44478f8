//! An account from what a seed says, and from chance where it says nothing.

mod chat;
mod generate;
mod integrations;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use jiff::Timestamp;

use super::admin;
use super::document::{ClientEntry, Document, TokenEntry};
use super::moment::Moment;
use crate::state::{
    ApiToken, Client, ClientKind, GlobalClient, IssuedTo, Role, Session, State, Token, User,
};

/// 2026-01-01T00:00:00Z: before 2026-04-30, from when on new clients' tokens expire whether asked to
/// or not.
pub(super) const EARLIER: Timestamp = Timestamp::constant(1_767_225_600, 0);

/// Adds to an empty account what the seed says. The seed was checked.
pub(super) fn furnish(document: &Document, state: &mut State) {
    let mut furnisher = Furnisher {
        start: state.now(),
        earlier: EARLIER.min(state.now()),
        reserved: reserved(document),
        users: HashMap::new(),
    };
    if let Some(id) = document.account.id {
        state.account.id = id;
    }
    if let Some(subdomain) = &document.account.subdomain {
        state.account.subdomain.clone_from(subdomain);
    }
    furnisher.users(document, state);
    admin::ensure_user(state);
    furnisher.signed_in(document, state);
    for client in &document.clients {
        furnisher.client(client, state);
    }
    furnisher.global_clients(document, state);
    furnisher.integrations(document, state);
    for token in &document.tokens {
        furnisher.token(token, state);
    }
    furnisher.chat(document, state);
    furnisher.generate(document, state);
}

/// The ids that the seed names: they are not invented for others before their records are there.
fn reserved(document: &Document) -> HashSet<i64> {
    let users = document.users.iter().map(|it| it.id);
    let clients = document.clients.iter().map(|it| it.id);
    let global_clients = document.global_clients.iter().map(|it| it.id);
    let tokens = document.tokens.iter().map(|it| it.id);
    let chat_tokens = document.chat.tokens.iter().map(|it| it.id);
    let all = users.chain(clients).chain(global_clients);
    all.chain(tokens).chain(chat_tokens).flatten().collect()
}

struct Furnisher {
    start: Timestamp,
    /// When records were made of which nothing else is said.
    earlier: Timestamp,
    reserved: HashSet<i64>,
    /// Ids by e-mail address in lower case.
    users: HashMap<String, i64>,
}

impl Furnisher {
    fn on(&self, moment: Option<Moment>) -> Option<Timestamp> {
        moment.map(|moment| moment.on(self.start))
    }

    fn created(&self, moment: Option<Moment>) -> Timestamp {
        self.on(moment).unwrap_or(self.earlier)
    }

    /// The id that the seed gives, or one that it gives nobody.
    fn id(&self, given: Option<i64>, state: &mut State) -> i64 {
        given.unwrap_or_else(|| {
            loop {
                let id = state.next_id();
                if !self.reserved.contains(&id) {
                    return id;
                }
            }
        })
    }

    fn user_id(&self, email: &str) -> i64 {
        let id = self.users.get(&email.to_ascii_lowercase());
        id.copied().unwrap_or_default()
    }

    fn users(&mut self, document: &Document, state: &mut State) {
        for entry in &document.users {
            let id = self.id(entry.id, state);
            self.users.insert(entry.email.to_ascii_lowercase(), id);
            let user = User {
                id,
                name: entry.name.clone(),
                email: entry.email.clone(),
                role: entry.role,
                suspended: entry.suspended,
                active: entry.active.unwrap_or(true),
            };
            state.users.insert(id, user);
        }
    }

    fn signed_in(&self, document: &Document, state: &mut State) {
        for entry in &document.api_tokens {
            let invented = || state.chance.alphanumeric("api token", 40);
            let token = entry.token.clone().unwrap_or_else(invented);
            let created_at = self.created(entry.created_at);
            state.api_tokens.insert(token, ApiToken { created_at });
        }
        for entry in &document.sessions {
            let user_id = self.user_id(&entry.user);
            let invented = || state.chance.base64url("session", 48);
            let cookie = entry.cookie.clone().unwrap_or_else(invented);
            state.sessions.insert(cookie, Session { user_id });
        }
    }

    fn client(&self, entry: &ClientEntry, state: &mut State) {
        let id = self.id(entry.id, state);
        let invented = || crate::support::new_secret(state);
        let secret = entry.secret.clone().unwrap_or_else(invented);
        let user_id = match &entry.user {
            Some(email) => self.user_id(email),
            None => owner(state),
        };
        let created_at = self.created(entry.created_at);
        state.clients.insert(Client {
            id,
            identifier: entry.identifier.clone(),
            name: entry.name.clone(),
            kind: entry.kind,
            company: entry.company.clone(),
            description: entry.description.clone(),
            redirect_uri: entry.redirect_uri.clone(),
            secret,
            user_id,
            created_at,
            updated_at: created_at,
            allowed_scopes: entry.allowed_scopes.clone(),
            integration: None,
            listed: OnceLock::new(),
        });
    }

    fn global_clients(&self, document: &Document, state: &mut State) {
        for entry in &document.global_clients {
            let id = self.id(entry.id, state);
            state.global_clients.insert(GlobalClient {
                id,
                identifier: entry.identifier.clone(),
                name: entry.name.clone(),
                kind: entry.kind.unwrap_or(ClientKind::Public),
                company: entry.company.clone(),
                description: entry.description.clone(),
                logo_url: entry.logo_url.clone(),
                redirect_uri: entry.redirect_uri.clone(),
            });
        }
    }

    fn token(&self, entry: &TokenEntry, state: &mut State) {
        let id = self.id(entry.id, state);
        let local = entry.client.as_deref();
        let local = local
            .and_then(|it| state.clients.by_name(it))
            .map(|it| it.id);
        let global = entry.global_client.as_deref();
        let global = global.and_then(|it| state.global_clients.by_name(it));
        let global = global.map(|it| it.id);
        let invented = || state.chance.alphanumeric("access token", 64);
        let access_token = entry.token.clone().unwrap_or_else(invented);
        state.tokens.insert(Token {
            id,
            client_id: local.or(global).unwrap_or_default(),
            issued_to: match local {
                Some(_) => IssuedTo::Local,
                None => IssuedTo::Global,
            },
            user_id: self.user_id(&entry.user),
            scopes: entry.scopes.clone(),
            access_token,
            refresh_token: entry.refresh_token.clone(),
            created_at: self.created(entry.created_at),
            expires_at: self.on(entry.expires_at),
            refresh_token_expires_at: self.on(entry.refresh_token_expires_at),
            used_at: self.on(entry.used_at),
            authorization_code: None,
        });
    }
}

/// The first admin, whom everything belongs to that names no user.
fn owner(state: &State) -> i64 {
    let mut admins = state.users.values().filter(|it| it.role == Role::Admin);
    admins.next().map_or(0, |user| user.id)
}
