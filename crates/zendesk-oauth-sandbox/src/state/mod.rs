//! Everything that the sandbox remembers.
//!
//! The records hold secrets, so none of them has a Debug form. They are serialised into the state file
//! and nowhere else.

mod records;
mod secrets;
mod table;
mod tokens;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::clock::VirtualClock;
use crate::switches::Switches;

pub(crate) use records::{
    Account, ApiToken, Client, ClientKind, Consent, GlobalClient, Role, Session, User,
};
pub(crate) use secrets::Secrets;
pub(crate) use table::{Field, Filter, Order, Record, Scope, SortKey, Table};
pub(crate) use tokens::{IssuedTo, Token, Tokens};

/// The whole of it. What is stored is stored as one.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) account: Account,
    pub(crate) clock: VirtualClock,
    pub(crate) chance: Chance,
    pub(crate) switches: Switches,
    pub(crate) users: BTreeMap<i64, User>,
    /// API tokens and sessions by their value.
    pub(crate) api_tokens: BTreeMap<String, ApiToken>,
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) clients: Table<Client>,
    pub(crate) tokens: Tokens,
    /// Authorization codes by their value.
    pub(crate) consents: BTreeMap<String, Consent>,
    pub(crate) global_clients: Table<GlobalClient>,
    pub(crate) zis: crate::zis::Zis,
    pub(crate) chat: crate::chat::Chat,
    pub(crate) provider: crate::provider::Provider,
}

impl State {
    /// An account without records.
    pub(crate) fn empty(clock: VirtualClock, chance: Chance, switches: Switches) -> Self {
        Self {
            account: Account::default(),
            clock,
            chance,
            switches,
            users: BTreeMap::new(),
            api_tokens: BTreeMap::new(),
            sessions: BTreeMap::new(),
            clients: Table::default(),
            tokens: Tokens::default(),
            consents: BTreeMap::new(),
            global_clients: Table::default(),
            zis: crate::zis::Zis::default(),
            chat: crate::chat::Chat::default(),
            provider: crate::provider::Provider::default(),
        }
    }

    /// The next id of a record: beyond 32 bits, as Zendesk's newer ids are, so that a client that
    /// keeps ids in too small a type is found out. An id that a seed gave to a record is left out.
    pub(crate) fn next_id(&mut self) -> i64 {
        loop {
            let number = self.chance.count("id");
            let id = FIRST_ID.saturating_add(i64::try_from(number).unwrap_or(i64::MAX));
            let taken = self.clients.get(id).is_some()
                || self.tokens.get(id).is_some()
                || self.global_clients.get(id).is_some()
                || self.users.contains_key(&id);
            if !taken {
                return id;
            }
        }
    }

    /// The user with that e-mail address, in any case.
    pub(crate) fn user_by_email(&self, email: &str) -> Option<&User> {
        let mut users = self.users.values();
        users.find(|user| user.email.eq_ignore_ascii_case(email))
    }

    /// The client with that identifier.
    pub(crate) fn client_by_identifier(&self, identifier: &str) -> Option<&Client> {
        self.clients.by_name(identifier)
    }

    /// Takes a client away, and with it its tokens and its codes.
    pub(crate) fn remove_client(&mut self, id: i64) -> Option<Client> {
        let client = self.clients.remove(id)?;
        self.tokens.remove_of_client(id);
        self.consents
            .retain(|_, consent| consent.client_id != id || consent.issued_to != IssuedTo::Local);
        Some(client)
    }

    /// The virtual time, in whole seconds.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.second()
    }
}

const FIRST_ID: i64 = 28_401_000_000_001;
