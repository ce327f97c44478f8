//! The store in Redis, on a real `redis-server`.

mod encryption;
mod hostile;
mod keys;
mod outages;
mod refusals;
mod runtimes;
mod server;

use zendesk_oauth::token::RedisStore;

use crate::suite::Pair;

async fn pair() -> Option<Pair<RedisStore>> {
    let server = server::server()?;
    let pair = Pair::new(server::store(&server), server::store(&server));
    Some(pair.keeping(server))
}

conforms!(pair);
