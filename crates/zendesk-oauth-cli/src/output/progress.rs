//! A bar, at a terminal only, and only when it lasts.

use std::io::{IsTerminal as _, stderr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What takes less has no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// The bar that is shown now. What is printed meanwhile is printed above it.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// How far something is. Dropped, it takes its bar away.
pub(crate) struct Progress {
    bar: ProgressBar,
    since: Instant,
}

impl Progress {
    /// Of so many steps, if that is known.
    pub(crate) fn new(total: Option<u64>, what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let template = if total.is_some() {
            "{msg}  {pos} of {len} [{bar:30}] {per_sec:.0}, {eta} left"
        } else {
            "{msg}  {pos} {spinner} {per_sec:.0}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> ").tick_chars("-\\|/ "));
        }
        bar.set_message(what);
        let since = Instant::now();
        Self { bar, since }
    }

    /// So many more steps are done.
    pub(crate) fn advance(&self, steps: u64) {
        self.bar.inc(steps);
        if is_due(self.since.elapsed(), self.bar.is_hidden()) && can_be_shown() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            if let Ok(mut shown) = SHOWN.lock() {
                *shown = Some(self.bar.clone());
            }
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(self) {}
}

impl Drop for Progress {
    fn drop(&mut self) {
        if !self.bar.is_hidden()
            && let Ok(mut shown) = SHOWN.lock()
        {
            *shown = None;
        }
        self.bar.finish_and_clear();
    }
}

fn is_due(lasts: Duration, is_hidden: bool) -> bool {
    is_hidden && lasts >= PATIENCE
}

fn can_be_shown() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    stderr().is_terminal() && !is_dumb
}

/// Does something that prints, while no bar is in its way.
pub(super) fn aside<T>(print: impl FnOnce() -> T) -> T {
    let bar = SHOWN.lock().ok().and_then(|shown| shown.clone());
    match bar {
        Some(bar) => bar.suspend(print),
        None => print(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_has_no_bar() {
        assert!(!is_due(Duration::from_millis(900), true));
        assert!(is_due(Duration::from_millis(1000), true));
        assert!(!is_due(Duration::from_millis(5000), false));
    }

    #[test]
    fn a_bar_that_nobody_sees_counts_and_goes() {
        let progress = Progress::new(Some(3), "tokens");
        progress.advance(2);
        assert_eq!(progress.bar.position(), 2);
        progress.finish();
        assert_eq!(aside(|| 7), 7);
    }
}
