//! The account that measured calls go to: so many generated records, with a token and a client that are known before.

use std::{fs, path::PathBuf};

use super::context::Context;

/// An administrator's access token, good at each [`Account`].
pub const TOKEN: &str = "CANARY-bench-token";
/// The identifier of a confidential client.
pub const CLIENT_ID: &str = "bench";
/// Its secret.
pub const CLIENT_SECRET: &str = "CANARY-bench-secret";
/// Its number.
pub const CLIENT: i64 = 9_000_000_001;

/// How many records.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// OAuth clients, the one that is known included.
    pub clients: usize,
    /// Tokens beside the one that is known.
    pub tokens: usize,
}

impl Account {
    /// Its seed, in a file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn seed(self, context: &Context) -> Result<PathBuf, String> {
        let name = format!("account-{}-{}.yaml", self.clients, self.tokens);
        let path = context.folder.join(name);
        fs::write(&path, self.text()).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }

    fn text(self) -> String {
        format!(
            "clock: real\n\
             switches: {{ rate_limit: \"off\" }}\n\
             users: [{{ id: 29, name: Ada Admin, email: admin@example.com, role: admin }}]\n\
             clients:\n  - {{ id: {CLIENT}, identifier: {CLIENT_ID}, name: Bench, kind: confidential, \
             secret: {CLIENT_SECRET}, user: admin@example.com }}\n\
             tokens:\n  - {{ client: {CLIENT_ID}, user: admin@example.com, scopes: [read, write], token: {TOKEN} }}\n\
             generate: {{ clients: {}, tokens: {} }}\n",
            self.clients.saturating_sub(1),
            self.tokens
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_client_is_one_of_those_that_are_asked_for() {
        let account = Account {
            clients: 100,
            tokens: 7,
        };
        assert!(
            account
                .text()
                .ends_with("generate: { clients: 99, tokens: 7 }\n")
        );
    }
}
