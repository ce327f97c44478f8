//! Two sides by turns, in rounds: each round gives one ratio, so that what slows the machine for a
//! while slows both sides of it.

use std::time::Duration;

use super::spread::Spread;
use super::taken::Taken;

/// Work that is measured: each call does a fixed amount of it.
pub(crate) type Work<'a> = &'a mut dyn FnMut();

/// What the rounds of two sides gave.
pub(crate) struct Comparison {
    /// What both sides took per round, for two goes each.
    pub(crate) taken: Vec<(Taken, Taken)>,
    /// Our time by the baseline's, per round.
    pub(crate) wall: Spread,
    pub(crate) cpu: Spread,
    /// How long the work took on each side, in seconds.
    pub(crate) ours: f64,
    pub(crate) baseline: f64,
}

/// Compares two sides in so many rounds, after one that does not count. A round is ours, baseline,
/// baseline, ours, and the next one the other way round.
pub(crate) fn compare(rounds: usize, ours: Work<'_>, baseline: Work<'_>) -> Comparison {
    let mut taken = Vec::with_capacity(rounds);
    for round in 0..=rounds {
        let pair = if round % 2 == 0 {
            outer_and_inner(ours, baseline)
        } else {
            let (of_baseline, of_ours) = outer_and_inner(baseline, ours);
            (of_ours, of_baseline)
        };
        if round > 0 {
            taken.push(pair);
        }
    }
    let ratio = |part: fn(&Taken) -> Duration| {
        let ratios = taken
            .iter()
            .map(|(ours, baseline)| part(ours).as_secs_f64() / part(baseline).as_secs_f64());
        Spread::of(ratios.collect())
    };
    let once = |side: fn(&(Taken, Taken)) -> Taken| {
        let times = taken.iter().map(|pair| side(pair).wall.as_secs_f64() / 2.0);
        Spread::of(times.collect()).median
    };
    Comparison {
        wall: ratio(|taken| taken.wall),
        cpu: ratio(|taken| taken.cpu),
        ours: once(|pair| pair.0),
        baseline: once(|pair| pair.1),
        taken,
    }
}

fn outer_and_inner(outer: Work<'_>, inner: Work<'_>) -> (Taken, Taken) {
    let first = Taken::by(outer);
    let between = Taken::by(inner) + Taken::by(inner);
    (first + Taken::by(outer), between)
}
