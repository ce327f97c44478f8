//! Kills or stops the process at a step, and prints all that is traced.

use std::fmt;
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use signal_hook::consts::{SIGKILL, SIGSTOP};
use signal_hook::low_level::raise;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

use crate::arguments::Arguments;

/// The target of the steps.
const TARGET: &str = "zendesk_oauth::token";

/// Sees the steps in the thread that reaches them, before the next effect.
struct Steps {
    at: Option<(String, usize, i32)>,
    reached: AtomicUsize,
}

pub(crate) fn install(arguments: &Arguments) {
    let at = arguments.at.as_ref().map(|at| {
        let signal = if at.kills { SIGKILL } else { SIGSTOP };
        (at.step.clone(), at.nth, signal)
    });
    let steps = Steps {
        at,
        reached: AtomicUsize::new(0),
    };
    let traces = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(std::io::stderr);
    let subscriber = tracing_subscriber::registry().with(traces).with(steps);
    tracing::subscriber::set_global_default(subscriber).expect("it is the first one");
}

impl<S: Subscriber> Layer<S> for Steps {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != TARGET {
            return;
        }
        let mut step = Step(None);
        event.record(&mut step);
        let (Some(reached), Some((wanted, nth, signal))) = (step.0, &self.at) else {
            return;
        };
        if reached == *wanted && self.reached.fetch_add(1, Ordering::SeqCst) + 1 == *nth {
            println!("at {reached}");
            let _ = std::io::stdout().flush();
            // It goes to this thread, so that it takes effect before the call returns. One to the whole
            // process may go to another thread, and this one would get on a little.
            raise(*signal).expect("a process may signal itself");
        }
    }
}

/// The field `step` of an event.
struct Step(Option<String>);

impl Visit for Step {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "step" {
            self.0 = Some(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
