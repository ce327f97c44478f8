//! `SingleFlight`: many want the same thing, one fetches it, all get it.
//!
//! Its primitives come from `super::sync`, so that a model can put others in their place.

use std::future::poll_fn;
use std::task::{Poll, Waker};

use super::sync::{Arc, Mutex};

/// At most one flight at a time.
pub(super) struct SingleFlight<T> {
    current: Arc<Mutex<Option<Arc<Flight<T>>>>>,
}

/// One flight, and who waits for it.
struct Flight<T> {
    state: Mutex<State<T>>,
}

enum State<T> {
    Flying(Waiting),
    Landed(T),
}

/// Who is to be woken, each in a seat of its own; one that is given up is taken again.
#[derive(Default)]
struct Waiting {
    seats: Vec<Option<Waker>>,
    free: Vec<usize>,
}

/// What a caller gets: it waits for the flight that there was, or has to fly a new one.
pub(super) enum Boarded<T> {
    /// Somebody flies already.
    Passenger(Ticket<T>),
    /// The caller has to fly, and to land with the outcome.
    Pilot(Ticket<T>, Landing<T>),
}

/// Waits for one flight.
pub(super) struct Ticket<T> {
    flight: Arc<Flight<T>>,
    /// Where its waker sits.
    seat: Option<usize>,
}

/// The end of a flight. One that is dropped lands with what it was given for that case.
pub(super) struct Landing<T> {
    current: Arc<Mutex<Option<Arc<Flight<T>>>>>,
    flight: Arc<Flight<T>>,
    if_dropped: Option<T>,
}

impl<T: Clone> SingleFlight<T> {
    pub(super) fn new() -> Self {
        Self {
            current: Arc::new(Mutex::new(None)),
        }
    }

    /// Joins the flight under way, or begins one. `if_dropped` is what a pilot lands with that is
    /// dropped on the way.
    pub(super) fn board(&self, if_dropped: impl FnOnce() -> T) -> Boarded<T> {
        let mut current = lock(&self.current);
        if let Some(flight) = &*current {
            let flight = Arc::clone(flight);
            return Boarded::Passenger(Ticket { flight, seat: None });
        }
        // First: if it panics, nobody is left waiting for a flight without a pilot.
        let if_dropped = Some(if_dropped());
        let flight = Arc::new(Flight {
            state: Mutex::new(State::Flying(Waiting::default())),
        });
        *current = Some(Arc::clone(&flight));
        drop(current);
        let landing = Landing {
            current: Arc::clone(&self.current),
            flight: Arc::clone(&flight),
            if_dropped,
        };
        Boarded::Pilot(Ticket { flight, seat: None }, landing)
    }

    /// Whether somebody flies.
    #[allow(dead_code, reason = "asked by its model")]
    pub(super) fn is_flying(&self) -> bool {
        lock(&self.current).is_some()
    }
}

impl<T: Clone> Ticket<T> {
    /// The outcome, when the flight has landed.
    pub(super) async fn outcome(mut self) -> T {
        poll_fn(|context| {
            let Self { flight, seat } = &mut self;
            let mut state = lock(&flight.state);
            let before = match &mut *state {
                State::Landed(outcome) => return Poll::Ready(outcome.clone()),
                State::Flying(waiting) => waiting.sit(seat, context.waker()),
            };
            // Dropped without the lock: the last waker of a task may drop what has a ticket too.
            drop(state);
            drop(before);
            Poll::Pending
        })
        .await
    }
}

/// Whoever goes away is not woken, and kept by nobody.
impl<T> Drop for Ticket<T> {
    fn drop(&mut self) {
        let Some(seat) = self.seat else { return };
        let waker = match &mut *lock(&self.flight.state) {
            State::Flying(waiting) => waiting.leave(seat),
            State::Landed(_) => None,
        };
        // Without the lock, for the same reason.
        drop(waker);
    }
}

impl Waiting {
    /// Wakes this waker at the end. Returns the one that sat there before.
    fn sit(&mut self, seat: &mut Option<usize>, waker: &Waker) -> Option<Waker> {
        let seat = *seat.get_or_insert_with(|| {
            self.free.pop().unwrap_or_else(|| {
                self.seats.push(None);
                self.seats.len() - 1
            })
        });
        match self.seats.get_mut(seat)? {
            Some(before) if before.will_wake(waker) => None,
            place => place.replace(waker.clone()),
        }
    }

    fn leave(&mut self, seat: usize) -> Option<Waker> {
        self.free.push(seat);
        self.seats.get_mut(seat).and_then(Option::take)
    }
}

impl<T> Landing<T> {
    /// Ends the flight: whoever boards from now on begins another.
    pub(super) fn land(mut self, outcome: T) {
        self.if_dropped = None;
        self.end(outcome);
    }

    fn end(&self, outcome: T) {
        // First, so that nobody who saw this outcome joins this flight again.
        *lock(&self.current) = None;
        let before = std::mem::replace(&mut *lock(&self.flight.state), State::Landed(outcome));
        if let State::Flying(waiting) = before {
            Waking(waiting.seats.into_iter()).wake_each();
        }
    }
}

/// Those who are woken. If one of them panics, the others are woken all the same.
struct Waking(std::vec::IntoIter<Option<Waker>>);

impl Waking {
    fn wake_each(&mut self) {
        self.0.by_ref().flatten().for_each(Waker::wake);
    }
}

impl Drop for Waking {
    fn drop(&mut self) {
        self.wake_each();
    }
}

impl<T> Drop for Landing<T> {
    fn drop(&mut self) {
        if let Some(outcome) = self.if_dropped.take() {
            self.end(outcome);
        }
    }
}

/// Nothing in here panics while it holds a lock, so a poisoned one is as good as any.
fn lock<T>(mutex: &Mutex<T>) -> impl std::ops::DerefMut<Target = T> + '_ {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}
