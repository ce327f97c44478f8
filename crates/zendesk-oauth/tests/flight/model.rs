//! Tasks that board, fly, land, give up and die, in many orders. A task that waits for ever is a
//! deadlock to the scheduler, and fails the run.

mod sync {
    pub(super) use shuttle::sync::{Arc, Mutex};
}
#[path = "../../src/token/single_flight.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod single_flight;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::task::Poll;

use shuttle::future::{JoinHandle, block_on, spawn, yield_now};
use shuttle::rand::{Rng, thread_rng};

use single_flight::{Boarded, Landing, SingleFlight, Ticket};

const SCHEDULES: usize = 1_000;

/// Runs a scenario in orders by chance, and in such that need few particular switches of task.
fn in_many_orders(scenario: impl Fn() + Copy + Send + Sync + 'static) {
    shuttle::check_random(scenario, SCHEDULES);
    shuttle::check_pct(scenario, SCHEDULES, 3);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The flight of this number, counted from 1, landed.
    Landed(usize),
    /// Its pilot was dropped.
    Lost(usize),
}

impl Outcome {
    fn flight(self) -> usize {
        match self {
            Self::Landed(number) | Self::Lost(number) => number,
        }
    }
}

/// What all tasks see. Its counters are no points at which the scheduler switches.
struct Airport {
    flights: SingleFlight<Outcome>,
    begun: AtomicUsize,
    /// The last flight whose outcome somebody has.
    seen: AtomicUsize,
    in_the_air: AtomicBool,
}

impl Airport {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            flights: SingleFlight::new(),
            begun: AtomicUsize::new(0),
            seen: AtomicUsize::new(0),
            in_the_air: AtomicBool::new(false),
        })
    }

    fn board(self: &Arc<Self>) -> Boarded<Outcome> {
        // Flights follow one another, so this is the number of the next one.
        self.flights
            .board(|| Outcome::Lost(self.begun.load(SeqCst) + 1))
    }

    /// Boards, and flies in a task of its own if need be. `dies`: that task is dropped on the way.
    fn ticket(self: &Arc<Self>, dies: bool) -> Ticket<Outcome> {
        match self.board() {
            Boarded::Passenger(ticket) => ticket,
            Boarded::Pilot(ticket, landing) => {
                let flight = spawn(Arc::clone(self).fly(self.take_off(), landing, dies));
                // As a source does: nobody waits for the task.
                drop::<JoinHandle<()>>(flight);
                ticket
            }
        }
    }

    fn take_off(&self) -> usize {
        let number = self.begun.fetch_add(1, SeqCst) + 1;
        assert!(!self.in_the_air.swap(true, SeqCst), "two pilots at a time");
        number
    }

    async fn fly(self: Arc<Self>, number: usize, landing: Landing<Outcome>, dies: bool) {
        yield_now().await;
        assert!(self.flights.is_flying());
        assert!(self.in_the_air.swap(false, SeqCst));
        if !dies {
            landing.land(Outcome::Landed(number));
        }
    }

    /// Boards, waits for the outcome, and holds it against what was known before.
    async fn call(self: Arc<Self>, dies: bool) -> Outcome {
        let seen = self.seen.load(SeqCst);
        let outcome = self.ticket(dies).outcome().await;
        assert!(
            outcome.flight() > seen,
            "{outcome:?} is of a flight that had landed before: {seen}"
        );
        assert!(outcome.flight() <= self.begun.load(SeqCst));
        self.seen.fetch_max(outcome.flight(), SeqCst);
        outcome
    }
}

/// Polls once, and gives up.
async fn give_up(ticket: Ticket<Outcome>) {
    let mut outcome = pin!(ticket.outcome());
    poll_fn(|context| {
        let _ = outcome.as_mut().poll(context);
        Poll::Ready(())
    })
    .await;
}

#[test]
fn one_flies_at_a_time_and_all_get_the_outcome_of_a_flight_that_they_were_on() {
    in_many_orders(|| {
        let airport = Airport::new();
        let callers: Vec<_> = (0..3)
            .map(|_| {
                let airport = Arc::clone(&airport);
                spawn(async move {
                    for _ in 0..2 {
                        let outcome = Arc::clone(&airport).call(false).await;
                        assert!(matches!(outcome, Outcome::Landed(_)));
                    }
                })
            })
            .collect();
        block_on(async {
            for caller in callers {
                caller.await.unwrap();
            }
        });
        assert!(!airport.flights.is_flying());
        let begun = airport.begun.load(SeqCst);
        assert!((2..=6).contains(&begun), "{begun}");
        // Whoever comes now flies anew.
        assert!(matches!(airport.board(), Boarded::Pilot(..)));
    });
}

#[test]
fn a_pilot_that_is_dropped_lands_with_what_it_was_given() {
    in_many_orders(|| {
        let airport = Airport::new();
        let dies: Vec<bool> = (0..3).map(|_| thread_rng().gen_bool(0.5)).collect();
        let may_die = dies.contains(&true);
        let callers: Vec<_> = dies
            .into_iter()
            .map(|dies| spawn(Arc::clone(&airport).call(dies)))
            .collect();
        block_on(async {
            for caller in callers {
                let outcome = caller.await.unwrap();
                assert!(may_die || matches!(outcome, Outcome::Landed(_)));
            }
        });
        assert!(!airport.flights.is_flying());
    });
}

#[test]
fn a_task_that_is_aborted_on_the_way_leaves_nobody_waiting() {
    in_many_orders(|| {
        let airport = Airport::new();
        let Boarded::Pilot(ticket, landing) = airport.board() else {
            panic!("nobody else is there");
        };
        let number = airport.take_off();
        let flight = spawn(async move {
            for _ in 0..3 {
                yield_now().await;
            }
            landing.land(Outcome::Landed(number));
        });
        let passenger = match airport.board() {
            Boarded::Passenger(ticket) => Some(spawn(ticket.outcome())),
            // It has landed already.
            Boarded::Pilot(_, landing) => {
                drop(landing);
                None
            }
        };
        flight.abort();
        block_on(async {
            let outcome = ticket.outcome().await;
            assert_eq!(outcome.flight(), 1);
            if let Some(passenger) = passenger {
                assert_eq!(passenger.await.unwrap(), outcome);
            }
        });
    });
}

#[test]
fn who_gives_up_takes_nobody_along() {
    in_many_orders(|| {
        let airport = Airport::new();
        let leaving: Vec<_> = (0..2)
            .map(|_| {
                let airport = Arc::clone(&airport);
                spawn(async move {
                    for _ in 0..2 {
                        // It may be the one who began the flight.
                        give_up(airport.ticket(false)).await;
                    }
                })
            })
            .collect();
        let staying: Vec<_> = (0..2)
            .map(|_| spawn(Arc::clone(&airport).call(false)))
            .collect();
        block_on(async {
            for caller in staying {
                assert!(matches!(caller.await.unwrap(), Outcome::Landed(_)));
            }
            for caller in leaving {
                caller.await.unwrap();
            }
        });
    });
}
