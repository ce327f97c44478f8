//! One flight: what is done to have a good token, from the first look at the store to the lease given
//! back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use reqwest::header::HeaderValue;

use super::holding::Holding;
use super::leasing::Waited;
use super::leaving::Leaving;
use super::loaded::{Next, Situation, next};
use super::{heard, saving};
use crate::Error;
use crate::token::source::Shared;
use crate::token::step::step;
use crate::token::{Stored, Swap, TokenError};

/// How often a lease may be lost, and how often somebody may come in between while it is held, in one
/// flight. Either takes several at work on one login, so that more would be a loop.
const ROUNDS: u32 = 8;

/// One flight.
pub(super) struct Flight<'a> {
    pub(super) shared: &'a Arc<Shared>,
    pub(super) began: Instant,
    /// Whether a newer token is wanted than there was when it began.
    is_forced: bool,
    /// Whether this process had no login when it began.
    knew_nothing: bool,
    /// Whether something was sent.
    pub(super) has_sent: AtomicBool,
    leaving: &'a Leaving,
}

/// What a look at the store came to.
pub(super) enum Settled {
    Done(HeaderValue),
    PutBack,
    Redeem,
    Mint,
}

/// What a turn inside the lease came to.
pub(super) enum Turn {
    Done(HeaderValue),
    /// Somebody came in between: look again.
    Conflict,
    /// The lease was lost: take it again.
    NotOurs,
    /// The answer was lost.
    Lost(crate::Error),
}

/// Gets a good token; `is_forced`: a newer one than there is. It ends as abandoned where nothing is sent
/// and the runtime is about to end.
pub(in crate::token) async fn fly(
    shared: &Arc<Shared>,
    is_forced: bool,
    leaving: &Leaving,
) -> Result<HeaderValue, TokenError> {
    let flight = Flight {
        shared,
        began: shared.clock.instant(),
        is_forced,
        knew_nothing: shared.record().is_none(),
        has_sent: AtomicBool::new(false),
        leaving,
    };
    let outcome = flight.fly().await;
    outcome.map_err(|error| match flight.has_sent.load(Ordering::Relaxed) {
        true => error.after_sending(),
        false => error,
    })
}

impl Flight<'_> {
    async fn fly(&self) -> Result<HeaderValue, TokenError> {
        if !self.is_forced
            && let Some(header) = self.shared.good_header()
        {
            return Ok(header);
        }
        // An answer that is not stored yet comes before everything else.
        saving::save(self.shared, None).await?;
        let stored = self.shared.load().await?;
        if let Settled::Done(header) = self.settle(stored.as_ref())? {
            return Ok(header);
        }
        for _ in 0..ROUNDS {
            let mut holding = match self.wait_for_lease().await? {
                Waited::Held(holding) => holding,
                Waited::Done(header) => return Ok(header),
            };
            let outcome = self.in_lease(&mut holding).await;
            holding.release().await;
            if let Turn::Done(header) = outcome? {
                return Ok(header);
            }
        }
        Err(TokenError::GivenUp { rounds: ROUNDS })
    }

    /// Inside the lease: reads the store again, and does what is to be done.
    async fn in_lease(&self, holding: &mut Holding<'_>) -> Result<Turn, TokenError> {
        let mut has_lost_an_answer = false;
        for _ in 0..ROUNDS {
            self.stays()?;
            heard::tell(self.shared).await?;
            let stored = self.shared.load().await?;
            let turn = match (self.settle(stored.as_ref())?, stored) {
                (Settled::Done(header), _) => Turn::Done(header),
                (Settled::Mint, stored) => self.mint(holding, stored).await?,
                (Settled::Redeem, Some(stored)) => self.redeem(holding, stored).await?,
                (Settled::PutBack | Settled::Redeem, stored) => self.put_back(stored).await?,
            };
            match turn {
                Turn::Conflict => {}
                Turn::Lost(error) if has_lost_an_answer => {
                    return Err(TokenError::Refused(Arc::new(error)));
                }
                Turn::Lost(_) => {
                    has_lost_an_answer = true;
                    let wait = super::back_off(1, None, self.shared.random());
                    holding.during(self.shared.clock.sleep(wait)).await;
                }
                Turn::Done(_) | Turn::NotOurs => return Ok(turn),
            }
        }
        Ok(Turn::NotOurs)
    }

    /// Decides what is to be done with what the store has, and takes over what is newer there.
    pub(super) fn settle(&self, stored: Option<&Stored>) -> Result<Settled, TokenError> {
        let shared = self.shared;
        let record = stored.map(|stored| &stored.record);
        loop {
            if let Some(record) = record {
                shared.saw(record);
            }
            let mine = shared.record();
            let good = shared.good_header().filter(|_| !self.is_forced);
            let situation = Situation {
                client_id: shared.issuer.client_id(),
                base_url: shared.issuer.base_url(),
                mine: mine.as_ref(),
                mine_will_do: good.is_some(),
                any_will_do: !(self.is_forced && self.knew_nothing),
                mints: shared.settings.mints(),
                now: shared.clock.system_time(),
            };
            let next = next(record, &situation);
            return match (next, record, good) {
                (Next::Adopt { is_done }, Some(record), _) => {
                    let header = shared.adopt(record)?;
                    step!("token_adopted");
                    if is_done {
                        return Ok(Settled::Done(header));
                    }
                    continue;
                }
                (Next::Keep, _, Some(header)) => Ok(Settled::Done(header)),
                (Next::Adopt { .. } | Next::Keep, _, _) | (Next::NoLogin, _, _) => {
                    Err(TokenError::NoLogin {
                        store: shared.store.name(),
                    })
                }
                (Next::PutBack, _, _) => Ok(Settled::PutBack),
                (Next::Redeem, _, _) => self.unless_held_back(Settled::Redeem),
                (Next::Mint, _, _) => self.unless_held_back(Settled::Mint),
                (Next::OtherLogin, record, _) => Err(shared.other_login(record)),
                (Next::Ended(end), _, _) => Err(TokenError::Ended(end)),
            };
        }
    }

    /// Goes to the server, unless a failure of a moment ago speaks against it and nobody insists.
    fn unless_held_back(&self, settled: Settled) -> Result<Settled, TokenError> {
        match self.is_forced {
            true => Ok(settled),
            false => self.shared.hold_back().map_or(Ok(settled), Err),
        }
    }

    /// Puts what this process knows over what the store has.
    async fn put_back(&self, stored: Option<Stored>) -> Result<Turn, TokenError> {
        if let Some(mine) = self.shared.record() {
            let expected = stored.map(|stored| stored.version);
            // On a conflict there is something new to look at.
            let (Swap::Done(_) | Swap::Conflict) =
                self.shared.store.compare_and_swap(expected, &mine).await?;
        }
        Ok(Turn::Conflict)
    }

    /// Notes that a request went out, unless it certainly did not.
    pub(super) fn note_sent<T>(&self, answer: &Result<T, Error>) {
        if !answer.as_ref().is_err_and(Error::is_not_sent) {
            self.has_sent.store(true, Ordering::Relaxed);
        }
    }

    /// Whether the program goes on. One that is about to end sends nothing more, and waits for nobody.
    pub(super) fn stays(&self) -> Result<(), TokenError> {
        if self.leaving.is_now() {
            return Err(TokenError::Abandoned);
        }
        Ok(())
    }
}
