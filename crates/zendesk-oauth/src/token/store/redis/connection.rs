//! The connection to Redis: made when it is needed, each wait with an end.
//!
//! Not redis' own `ConnectionManager`: that connects again in the background with a back-off of its
//! own, and a call would not know which attempt it waits for. Here a call makes the connection if
//! there is none, and tells what came of it; how often to call is decided above.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as BriefMutex, PoisonError};
use std::time::{Duration, Instant};

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, Cmd, FromRedisValue, RedisError};
use tokio::runtime::{Handle, Id};
use tokio::sync::Mutex;

use super::failure::{Cause, Failure};

/// A connection that was not used for this long is made anew: meanwhile a firewall may have dropped
/// it in silence, or Redis was restarted.
const IDLE: Duration = Duration::from_secs(5);

pub(super) struct Connection {
    client: Client,
    pub(super) connect_within: Duration,
    pub(super) answer_within: Duration,
    /// One for each runtime that asks: a connection is driven by the runtime that it was made in, and ends
    /// with it.
    of_runtimes: BriefMutex<HashMap<Id, Slot>>,
}

/// The connection of one runtime. Locked while one connects, so that of many callers one does.
type Slot = Arc<Mutex<Option<Open>>>;

#[derive(Clone)]
struct Open {
    connection: MultiplexedConnection,
    used: Instant,
    /// Tells it from the one before.
    made: Instant,
}

/// What came back.
pub(super) struct Answered<T> {
    pub(super) answer: T,
    /// It is the answer to the second attempt: the first one's was lost with its connection.
    pub(super) is_repeated: bool,
}

impl Connection {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            connect_within: Duration::from_secs(2),
            answer_within: Duration::from_secs(2),
            of_runtimes: BriefMutex::default(),
        }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Sends a command which, sent twice, does the same as sent once: on a connection that turns
    /// out to be broken it is sent once more, on a new one. A Redis that is slow is not asked again.
    pub(super) async fn ask<T: FromRedisValue>(
        &self,
        command: &Cmd,
    ) -> Result<Answered<T>, Failure> {
        let mut is_repeated = false;
        loop {
            let mut open = match self.open().await {
                Ok(open) => open,
                Err(cause) => return Err(Failure::new(cause, is_repeated)),
            };
            let error = match command.query_async(&mut open.connection).await {
                Ok(answer) => {
                    return Ok(Answered {
                        answer,
                        is_repeated,
                    });
                }
                Err(error) => error,
            };
            let is_lost = is_answer_lost(&error);
            if is_lost {
                self.forget(&open).await;
            }
            if is_repeated || !is_lost || error.is_timeout() {
                let cause = if error.is_timeout() {
                    Cause::NoAnswer(self.answer_within)
                } else {
                    Cause::Redis(error)
                };
                return Err(Failure::new(cause, is_lost || is_repeated));
            }
            is_repeated = true;
        }
    }

    /// The connection, new if it must be.
    async fn open(&self) -> Result<Open, Cause> {
        let opened = async {
            let slot = self.slot();
            let mut slot = slot.lock().await;
            let now = Instant::now();
            if let Some(open) = &mut *slot
                && now.saturating_duration_since(open.used) < IDLE
            {
                open.used = now;
                return Ok(open.clone());
            }
            *slot = None;
            let config = AsyncConnectionConfig::new()
                .set_connection_timeout(None)
                .set_response_timeout(Some(self.answer_within));
            let connected = self
                .client
                .get_multiplexed_async_connection_with_config(&config);
            let open = Open {
                connection: connected.await.map_err(Cause::Redis)?,
                used: now,
                made: now,
            };
            *slot = Some(open.clone());
            Ok(open)
        };
        match tokio::time::timeout(self.connect_within, opened).await {
            Ok(opened) => opened,
            Err(_) => Err(Cause::NoConnection(self.connect_within)),
        }
    }

    /// The connection of this runtime. Those that nobody used of late go, as their runtimes may have ended.
    fn slot(&self) -> Slot {
        let slots = self.of_runtimes.lock();
        let mut slots = slots.unwrap_or_else(PoisonError::into_inner);
        let here = Handle::current().id();
        slots.retain(|runtime, slot| *runtime == here || is_in_use(slot));
        Arc::clone(slots.entry(here).or_default())
    }

    /// Drops a connection, unless somebody has put another in its place.
    async fn forget(&self, broken: &Open) {
        let slot = self.slot();
        let mut slot = slot.lock().await;
        if slot.as_ref().is_some_and(|open| open.made == broken.made) {
            *slot = None;
        }
    }
}

fn is_in_use(slot: &Slot) -> bool {
    slot.try_lock().map_or(true, |slot| {
        let open = slot.as_ref();
        open.is_some_and(|open| open.used.elapsed() < IDLE)
    })
}

/// Whether an error says that the answer is lost, and the command may have been carried out.
fn is_answer_lost(error: &RedisError) -> bool {
    error.is_io_error() || error.is_unrecoverable_error()
}

#[cfg(test)]
mod tests {
    use tokio::runtime::{Builder, Runtime};
    use zendesk_oauth_tests::Closed;

    use super::*;

    fn runtime() -> Runtime {
        Builder::new_current_thread().enable_all().build().unwrap()
    }

    #[test]
    fn a_runtime_that_has_no_connection_leaves_nothing_behind() {
        let closed = Closed::port();
        let client = Client::open(format!("redis://{}", closed.address())).unwrap();
        let connection = Connection::new(client);
        for _ in 0..3 {
            let ping = redis::cmd("PING");
            let answered = runtime().block_on(connection.ask::<String>(&ping));
            assert!(answered.is_err(), "nobody is there");
            assert_eq!(connection.of_runtimes.lock().unwrap().len(), 1);
        }
    }
}
