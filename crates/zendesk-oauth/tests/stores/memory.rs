//! The store in memory.

use zendesk_oauth::token::MemoryStore;

use crate::suite::Pair;

async fn pair() -> Pair<MemoryStore> {
    let store = MemoryStore::new();
    Pair::new(store.clone(), store)
}

conforms!(pair);
