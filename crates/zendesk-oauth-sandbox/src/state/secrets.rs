//! What must not be shown, whatever it is called where it turns up.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::LazyLock;

use super::State;

/// One for all, so that what is known here and what is known there can be put together.
static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// How many fresh secrets are surely remembered after they are gone.
const LASTING: usize = 500_000;

/// Shorter secrets are looked for as words only: as parts of words they would be found everywhere.
const SHORTEST_PART: usize = 8;

/// Secrets, dead ones too, as hashes with a key: enough to recognise them.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    /// Those of states.
    known: HashSet<u64>,
    /// Those that calls made, in two parts, so that the older half can be forgotten: a caller who makes
    /// tokens day and night would otherwise fill the memory.
    recent: HashSet<u64>,
    earlier: HashSet<u64>,
    /// How long those are that are looked for within words, too.
    lengths: BTreeSet<usize>,
}

impl Secrets {
    pub(crate) fn add(&mut self, secret: &str) {
        let hash = KEY.hash_one(secret);
        if !secret.is_empty() && !self.has(hash) {
            self.known.insert(hash);
            self.note_length(secret);
        }
    }

    /// Adds a secret that has just been made.
    pub(crate) fn add_fresh(&mut self, secret: &str) {
        let hash = KEY.hash_one(secret);
        if secret.is_empty() || self.has(hash) {
            return;
        }
        self.recent.insert(hash);
        self.note_length(secret);
        if self.recent.len() >= LASTING {
            self.earlier = std::mem::take(&mut self.recent);
        }
    }

    /// Adds the secrets of a state.
    pub(crate) fn add_all(&mut self, others: &Self) {
        self.known.extend(&others.known);
        self.lengths.extend(&others.lengths);
    }

    /// Adds what was made by calls before these were all.
    pub(crate) fn follow(&mut self, before: &mut Self) {
        self.recent = std::mem::take(&mut before.recent);
        self.earlier = std::mem::take(&mut before.earlier);
        self.lengths.extend(&before.lengths);
    }

    fn note_length(&mut self, secret: &str) {
        if secret.len() >= SHORTEST_PART {
            self.lengths.insert(secret.len());
        }
    }

    fn has(&self, hash: u64) -> bool {
        [&self.known, &self.recent, &self.earlier]
            .iter()
            .any(|it| it.contains(&hash))
    }

    /// Whether the text is a secret, or a word of it is, or a part of it, whatever letters are around it.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let between = |letter: char| !letter.is_alphanumeric() && !"-_=.~".contains(letter);
        let known = |text: &str| self.has(KEY.hash_one(text));
        let parts = |length: usize| {
            let starts = 0..=text.len().saturating_sub(length);
            starts.filter_map(move |start| text.get(start..start + length))
        };
        let mut lengths = self.lengths.iter().filter(|it| **it <= text.len());
        known(text)
            || text.split(between).any(known)
            || lengths.any(|length| parts(*length).any(known))
    }
}

impl State {
    /// Every secret that there is at this moment.
    pub(crate) fn secrets(&self) -> Secrets {
        let mut secrets = Secrets::default();
        self.add_secrets(&mut secrets);
        secrets
    }

    /// Adds every secret that there is at this moment.
    pub(crate) fn add_secrets(&self, secrets: &mut Secrets) {
        let by_value = self.api_tokens.keys().chain(self.sessions.keys());
        by_value
            .chain(self.consents.keys())
            .for_each(|it| secrets.add(it));
        for client in self.clients.iter() {
            secrets.add(&client.secret);
        }
        for token in self.tokens.table.iter() {
            secrets.add(&token.access_token);
            token
                .refresh_token
                .iter()
                .for_each(|refresh_token| secrets.add(refresh_token));
        }
        self.zis.add_secrets(secrets);
        self.chat.add_secrets(secrets);
        self.provider.add_secrets(secrets);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_whole_and_among_words() {
        let mut secrets = Secrets::default();
        secrets.add("CANARY-secret==");
        secrets.add("");
        assert!(secrets.are_in("CANARY-secret=="));
        assert!(secrets.are_in("Bearer CANARY-secret=="));
        assert!(secrets.are_in("https://example.com/CANARY-secret==/callback"));
        assert!(!secrets.are_in("Test Client"));
        assert!(!secrets.are_in(""));
    }

    #[test]
    fn a_secret_is_found_between_other_letters() {
        let mut secrets = Secrets::default();
        secrets.add("CANARY0secret");
        secrets.add_fresh("CANARY1fresh0");
        for text in ["xCANARY0secret", "id_CANARY0secretx", "ü.CANARY1fresh0ü"] {
            assert!(secrets.are_in(text), "{text}");
        }
        secrets.add("short");
        assert!(secrets.are_in("short") && !secrets.are_in("shorter"));
        assert!(!secrets.are_in("CANARY0secre"));
        let mut after = Secrets::default();
        after.follow(&mut secrets);
        assert!(after.are_in("xCANARY1fresh0x"));
    }

    #[test]
    fn of_many_fresh_secrets_the_latest_are_remembered() {
        let mut secrets = Secrets::default();
        secrets.add("of the state");
        let count = 2 * LASTING + 1;
        (0..count).for_each(|number| secrets.add_fresh(&number.to_string()));
        assert!(secrets.are_in("of the state"));
        assert!(secrets.are_in(&(count - LASTING).to_string()));
        assert!(!secrets.are_in("0"));
        assert!(secrets.recent.len() + secrets.earlier.len() <= 2 * LASTING);
    }
}
