//! Whom a flight keeps and wakes.

mod sync {
    pub(super) use std::sync::{Arc, Mutex};
}
#[path = "../../src/token/single_flight.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod single_flight;

use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use single_flight::{Boarded, Landing, SingleFlight, Ticket};

#[derive(Default)]
struct Woken {
    times: AtomicUsize,
    panics: bool,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.times.fetch_add(1, Ordering::SeqCst);
        if self.panics {
            panic_any("a waker panicked");
        }
    }
}

type Outcome = Pin<Box<dyn Future<Output = &'static str>>>;

fn poll(outcome: &mut Outcome, woken: &Arc<Woken>) -> Poll<&'static str> {
    let waker = Waker::from(Arc::clone(woken));
    outcome.as_mut().poll(&mut Context::from_waker(&waker))
}

fn pilot(flights: &SingleFlight<&'static str>) -> (Ticket<&'static str>, Landing<&'static str>) {
    match flights.board(|| "lost") {
        Boarded::Pilot(ticket, landing) => (ticket, landing),
        Boarded::Passenger(_) => panic!("somebody flies"),
    }
}

fn passenger(flights: &SingleFlight<&'static str>) -> Outcome {
    match flights.board(|| "lost") {
        Boarded::Passenger(ticket) => Box::pin(ticket.outcome()),
        Boarded::Pilot(..) => panic!("nobody flies"),
    }
}

#[test]
fn who_goes_away_is_not_kept_and_not_woken() {
    let flights = SingleFlight::new();
    let (_, landing) = pilot(&flights);
    let gone = Arc::new(Woken::default());
    for _ in 0..100 {
        let mut outcomes = [passenger(&flights), passenger(&flights)];
        for outcome in &mut outcomes {
            assert!(poll(outcome, &gone).is_pending());
        }
        assert_eq!(Arc::strong_count(&gone), 3);
    }
    assert_eq!(Arc::strong_count(&gone), 1);
    landing.land("done");
    assert_eq!(gone.times.load(Ordering::SeqCst), 0);
}

#[test]
fn the_last_waker_of_a_ticket_is_woken_once() {
    let flights = SingleFlight::new();
    let (_, landing) = pilot(&flights);
    let (first, last) = (Arc::new(Woken::default()), Arc::new(Woken::default()));
    let mut outcome = passenger(&flights);
    for woken in [&first, &first, &last, &last] {
        assert!(poll(&mut outcome, woken).is_pending());
    }
    assert_eq!(Arc::strong_count(&first), 1);
    landing.land("done");
    let times = |woken: &Woken| woken.times.load(Ordering::SeqCst);
    assert_eq!((times(&first), times(&last)), (0, 1));
    assert_eq!(poll(&mut outcome, &last), Poll::Ready("done"));
}

#[test]
fn a_waker_that_panics_keeps_nobody_from_being_woken() {
    let flights = SingleFlight::new();
    let (_, landing) = pilot(&flights);
    let bad = Arc::new(Woken {
        panics: true,
        ..Woken::default()
    });
    let good = Arc::new(Woken::default());
    let mut outcomes = [
        passenger(&flights),
        passenger(&flights),
        passenger(&flights),
    ];
    for (outcome, woken) in outcomes.iter_mut().zip([&good, &bad, &good]) {
        assert!(poll(outcome, woken).is_pending());
    }
    catch_unwind(AssertUnwindSafe(|| landing.land("done"))).unwrap_err();
    assert_eq!(good.times.load(Ordering::SeqCst), 2);
    for outcome in &mut outcomes {
        assert_eq!(poll(outcome, &good), Poll::Ready("done"));
    }
    assert!(!flights.is_flying());
}

#[test]
fn a_panic_while_boarding_leaves_no_flight_without_a_pilot() {
    let flights: SingleFlight<&'static str> = SingleFlight::new();
    let boarding = || flights.board(|| panic_any("no outcome"));
    assert!(catch_unwind(AssertUnwindSafe(boarding)).is_err());
    assert!(!flights.is_flying());
    drop(pilot(&flights));
    assert!(!flights.is_flying());
}

#[test]
fn an_outcome_outlives_its_flight() {
    let flights = SingleFlight::new();
    let (ticket, landing) = pilot(&flights);
    let mut late = passenger(&flights);
    landing.land("first");
    pilot(&flights).1.land("second");
    let woken = Arc::new(Woken::default());
    assert_eq!(poll(&mut late, &woken), Poll::Ready("first"));
    let mut own: Outcome = Box::pin(ticket.outcome());
    assert_eq!(poll(&mut own, &woken), Poll::Ready("first"));
}
