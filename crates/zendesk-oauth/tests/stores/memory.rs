//! The store in memory.

use zendesk_oauth::token::{MemoryStore, TokenStore as _};

use crate::suite::Pair;

async fn pair() -> Pair<MemoryStore> {
    let store = MemoryStore::new();
    Pair::new(store.clone(), store)
}

conforms!(pair);

#[test]
fn a_store_in_memory_says_so_and_shows_nothing_else() {
    let store = MemoryStore::new();
    assert_eq!(store.name(), "the memory of this process");
    assert_eq!(format!("{store:?}"), "MemoryStore([redacted])");
}
