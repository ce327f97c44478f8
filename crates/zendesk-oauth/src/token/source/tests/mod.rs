//! A source over a token endpoint that rotates, a store that fails on demand, and a clock whose waits
//! take no time.

mod assumed;
mod claims;
mod client_credentials;
mod early;
mod ends;
mod faults;
mod leases;
mod log_out;
mod logins;
mod lost_answers;
mod rejected;
mod settled;
mod several;
mod states;
mod stores;
mod texts;

use std::time::Duration;

use crate::token::testing::{Endpoint, FastClock, FaultyStore, noon, record};
use crate::token::{Record, TokenSource, TokenSourceBuilder};

const MINUTE: Duration = Duration::from_secs(60);

/// One process's source, and what is around it.
struct Setting {
    clock: FastClock,
    endpoint: Endpoint,
    store: FaultyStore,
    source: TokenSource,
}

impl Setting {
    /// A login whose first pair was received at noon, which it is.
    fn new() -> Self {
        Self::of(record(1))
    }

    fn of(record: Record) -> Self {
        let clock = FastClock::new();
        let store = FaultyStore::with(&clock, record);
        Self::over(clock, store)
    }

    fn over(clock: FastClock, store: FaultyStore) -> Self {
        let endpoint = Endpoint::new(&clock);
        let source = builder(&clock, &endpoint, &store).build();
        Self {
            clock,
            endpoint,
            store,
            source,
        }
    }

    /// Another process with the same store.
    fn sibling(&self) -> TokenSource {
        builder(&self.clock, &self.endpoint, &self.store).build()
    }

    /// So long after noon that the first token is over.
    fn after_the_end(self) -> Self {
        self.clock.pass(30 * MINUTE);
        self
    }
}

fn builder(clock: &FastClock, endpoint: &Endpoint, store: &FaultyStore) -> TokenSourceBuilder {
    let builder = TokenSource::of_issuer(endpoint.clone(), store.clone());
    builder.clock(clock.clone()).flies_in_tasks()
}

async fn token(source: &TokenSource) -> String {
    source.access_token().await.unwrap().expose().to_owned()
}

/// Lets what runs in the background run, until this is so.
async fn until(what: impl Fn() -> bool) {
    for _ in 0..10_000 {
        if what() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("it does not come about");
}

/// The record of the first pair, without an end of its access token.
fn endless() -> Record {
    Record {
        valid_until: None,
        obtained_at: noon(),
        ..record(1)
    }
}
