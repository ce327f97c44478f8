//! A Redis of this test's own, and stores in it.

use zendesk_oauth::token::redis::Client;
use zendesk_oauth::token::{RedisStore, StoreError, StoreErrorKind, StoreKey, Swap, TokenStore};
use zendesk_oauth_tests::{RedisServer, printed};

use crate::suite::record;

/// The keys of the credential `acme`.
pub(super) const RECORD: &str = "zendesk-oauth:{acme}:record";
pub(super) const LEASE: &str = "zendesk-oauth:{acme}:lease";

/// A server, unless there is none on this machine.
pub(super) fn server() -> Option<RedisServer> {
    server_with(&[])
}

/// The same, with these options.
pub(super) fn server_with(options: &[&str]) -> Option<RedisServer> {
    let thread = std::thread::current();
    RedisServer::start_with(thread.name().unwrap_or("a test"), options)
}

/// A key of the same bytes.
pub(super) fn key(byte: u8) -> StoreKey {
    StoreKey::from_bytes([byte; 32])
}

/// The credential `acme` in that server.
pub(super) fn store(server: &RedisServer) -> RedisStore {
    store_at(&server.url())
}

/// The credential `acme` in the server of that URL.
pub(super) fn store_at(url: &str) -> RedisStore {
    RedisStore::new(Client::open(url).unwrap(), "acme", key(7)).unwrap()
}

/// The same credential with another key.
pub(super) fn store_with(server: &RedisServer, key: StoreKey) -> RedisStore {
    RedisStore::new(Client::open(server.url()).unwrap(), "acme", key).unwrap()
}

/// What is in Redis under a key, whatever it is: as it dumps it, in hexadecimal.
pub(super) fn dumped(server: &RedisServer, key: &str) -> String {
    let script = "local dump = redis.call('DUMP', KEYS[1]) \
                  return dump and (dump:gsub('.', function(byte) \
                  return string.format('%02x', string.byte(byte)) end))";
    server.ask(&["EVAL", script, "1", key])
}

/// Replaces the value of the record by what a Lua expression makes of `value`.
pub(super) fn change_value(server: &RedisServer, expression: &str) {
    let script = format!(
        "local value = redis.call('HGET', KEYS[1], 'value') \
         return redis.call('HSET', KEYS[1], 'value', {expression})"
    );
    assert_eq!(server.ask(&["EVAL", &script, "1", RECORD]), ":0");
}

/// An error of that kind, of which everything that prints is one line without a secret.
pub(super) fn is(error: StoreError, kind: StoreErrorKind) -> String {
    assert_eq!(error.kind(), kind, "{error}");
    let shown = printed(&error);
    assert!(!shown.contains("CANARY"), "{shown}");
    assert!(!error.to_string().contains('\n'), "{shown}");
    error.to_string()
}

/// What is there is unreadable; it stays as it is, also when somebody wants to put a login there.
pub(super) async fn is_left_alone(server: &RedisServer, store: &RedisStore) -> String {
    let before = dumped(server, RECORD);
    let error = store.load().await.unwrap_err();
    let swap = store.compare_and_swap(None, &record("CANARY-new")).await;
    match swap {
        Ok(swap) => assert_eq!(swap, Swap::Conflict),
        Err(error) => drop(is(error, StoreErrorKind::Unreadable)),
    }
    assert_eq!(dumped(server, RECORD), before);
    is(error, StoreErrorKind::Unreadable)
}
