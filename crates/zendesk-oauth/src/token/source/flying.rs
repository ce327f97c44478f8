//! Boarding the flight that refreshes, which runs by itself.

use std::sync::Arc;

use reqwest::header::HeaderValue;
use tokio::runtime::Handle;

use super::{Shared, TokenSource, apart};
use crate::race::race;
use crate::token::TokenError;
use crate::token::refresh::{self, Leaving};
use crate::token::single_flight::{Boarded, Landing, Ticket};

type Outcome = Result<HeaderValue, TokenError>;

/// What a flight came to.
#[derive(Clone)]
pub(in crate::token) struct Landed {
    outcome: Outcome,
    /// Whether it will do for those who wanted a newer token than there was.
    is_refresh: bool,
}

impl Landed {
    fn abandoned() -> Self {
        Self {
            outcome: Err(TokenError::Abandoned),
            is_refresh: true,
        }
    }
}

/// How often a caller boards again when the flight was cut off, as by the end of another runtime, or
/// when it wanted a refresh and the flight was none.
const BOARDINGS: u32 = 8;

/// A flight. One that is dropped, as by a runtime that ended before it began, lands as cut off.
struct Flying {
    shared: Arc<Shared>,
    landing: Option<Landing<Landed>>,
}

impl Flying {
    async fn fly(mut self, is_forced: bool, leaving: Leaving) {
        let before = self.shared.current.served();
        let outcome = refresh::fly(&self.shared, is_forced, &leaving).await;
        if matches!(outcome, Err(TokenError::Abandoned)) {
            return;
        }
        self.shared.flight_ended(&outcome);
        let is_refresh = is_forced
            || match &outcome {
                Ok(header) => before.is_some_and(|before| before != *header),
                Err(_) => !self.shared.is_held_back(),
            };
        if let Some(landing) = self.landing.take() {
            landing.land(Landed {
                outcome,
                is_refresh,
            });
        }
        self.shared.end_claims();
        let saving = refresh::save_on_and_on(Arc::clone(&self.shared), leaving.clone());
        let saving = tokio::spawn(saving);
        // Nobody waits for that: the token is served already.
        race(refresh::ask_lifetime(&self.shared), leaving.begins()).await;
        // It panics only if a store does.
        let _ = saving.await;
    }
}

impl Drop for Flying {
    fn drop(&mut self) {
        if let Some(landing) = self.landing.take() {
            self.shared.flight_was_cut_off();
            drop(landing);
            self.shared.end_claims();
        }
    }
}

impl TokenSource {
    /// The header of a good token; waits for a refresh if there is none.
    pub(super) async fn header(&self) -> Outcome {
        let (header, is_due) = self.0.current.header(self.0.clock.instant());
        if let Some(header) = header {
            if is_due {
                self.begin_refresh();
            }
            return Ok(header);
        }
        if let Some(failure) = self.0.failure_of_late() {
            return Err(failure);
        }
        let header = self.fly(false).await?;
        // A later flight may have landed meanwhile.
        let (current, _) = self.0.current.header(self.0.clock.instant());
        Ok(current.unwrap_or(header))
    }

    /// Begins the refresh that is due, in the background, unless somebody has.
    pub(super) fn begin_refresh(&self) {
        // Without a runtime nobody would wait for it at the end of the program; and there will be
        // another call within one.
        if Handle::try_current().is_ok() && self.0.current.claim_refresh(self.0.clock.instant()) {
            drop(self.board(false));
        }
    }

    /// Joins the flight under way or begins one, and waits for its outcome.
    pub(super) async fn fly(&self, is_forced: bool) -> Outcome {
        for _ in 1..BOARDINGS {
            let landed = self.board(is_forced).outcome().await;
            match landed.outcome {
                Err(TokenError::Abandoned) => {}
                _ if is_forced && !landed.is_refresh => {}
                outcome => return outcome,
            }
        }
        self.board(is_forced).outcome().await.outcome
    }

    fn board(&self, is_forced: bool) -> Ticket<Landed> {
        match self.0.flights.board(Landed::abandoned) {
            Boarded::Passenger(ticket) => ticket,
            Boarded::Pilot(ticket, landing) => {
                // Now, so that nobody takes the source for settled before its thread has begun.
                self.0.flight_began();
                let flying = Flying {
                    shared: Arc::clone(&self.0),
                    landing: Some(landing),
                };
                self.begin(flying, is_forced);
                ticket
            }
        }
    }

    fn begin(&self, flying: Flying, is_forced: bool) {
        #[cfg(test)]
        if self.0.settings.flies_in_tasks
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(flying.fly(is_forced, Leaving::never()));
            return;
        }
        apart::run(move |leaving| flying.fly(is_forced, leaving));
    }
}
