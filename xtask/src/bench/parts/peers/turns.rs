//! Ours and another by turns at one piece of work.

use super::works::Work;
use crate::bench::{
    context::Context,
    results::Comparison,
    rounds::by_turns,
    worker::{Done, NotDone, Worker},
};

/// How long the rounds of one comparison may take, in seconds.
const BUDGET: f64 = 10.0;
/// The same where the goal is within some hundredths.
const LONG_BUDGET: f64 = 25.0;

/// Why the rounds do not begin.
pub(super) enum Untried {
    /// Ours does not do it.
    Ours(String),
    /// The other does not, or not the same.
    Other(NotDone),
}

/// What one time took both, in seconds.
pub(super) type Tried = f64;

/// Both do it once.
pub(super) fn try_once(
    work: &Work,
    ours: &mut Worker,
    other: &mut Worker,
) -> Result<Tried, Untried> {
    let of_ours = done(work, ours).map_err(Untried::Ours)?;
    let of_other = other.order(&work.order).map_err(Untried::Other)?;
    let got = |done: &Done| (done.items, done.check);
    if got(&of_ours) != got(&of_other) {
        let said = format!(
            "it got {:?} (records, and the sum of their ids) where ours got {:?}",
            got(&of_other),
            got(&of_ours)
        );
        return Err(Untried::Other(NotDone::Failed(said)));
    }
    Ok(of_ours.seconds + of_other.seconds)
}

/// The rounds: of time on the wall, and of CPU time where both tell it.
pub(super) struct Taken {
    wall: Vec<[f64; 2]>,
    cpu: Option<Vec<[f64; 2]>>,
}

/// Takes turns for as long as the budget allows.
pub(super) fn take(
    context: &Context,
    work: &Work,
    tried: Tried,
    ours: &mut Worker,
    other: &mut Worker,
) -> Result<Taken, String> {
    let budget = if other.name.contains("by hand") {
        LONG_BUDGET
    } else {
        BUDGET
    };
    let rounds = context.times(rounds_within(budget, tried), 2);
    let (mut cpu_of_ours, mut cpu_of_other) = (Vec::new(), Vec::new());
    let wall = by_turns(
        rounds,
        &mut || {
            let done = done(work, ours)?;
            cpu_of_ours.push(done.cpu_seconds);
            Ok(done.seconds)
        },
        &mut || {
            let done = done(work, other)?;
            cpu_of_other.push(done.cpu_seconds);
            Ok(done.seconds)
        },
    )?;
    let cpu = of_rounds(&cpu_of_ours).zip(of_rounds(&cpu_of_other));
    let cpu = cpu.map(|(ours, other)| ours.into_iter().zip(other).map(<[f64; 2]>::from).collect());
    Ok(Taken { wall, cpu })
}

impl Taken {
    pub(super) fn comparisons(
        self,
        work: &Work,
        other: &Worker,
        goal: Option<f64>,
    ) -> Vec<Comparison> {
        let of = |unit: &str, rounds, goal| Comparison {
            work: work.title.clone(),
            ours: "zendesk-oauth".to_owned(),
            other: other.name.clone(),
            unit: unit.to_owned(),
            rounds,
            goal,
            limit: None,
        };
        let cpu = self.cpu.map(|rounds| of("s of CPU", rounds, None));
        let mut wall = of("s", self.wall, goal);
        wall.limit = limit(&wall);
        [wall].into_iter().chain(cpu).collect()
    }
}

/// What is known of a goal that is missed; nothing where the sides clearly differ and nobody knows why.
fn limit(wall: &Comparison) -> Option<String> {
    let by_hand = "Callgrind counted 1.06 times the instructions for a call and 1.03 times for a list of 10,000; of the 43,000 \
                   that a page takes more, 35,000 are parsing.";
    let generated = "What it sends and reads is made with reqwest as one would by hand: no attempt after the first, no check of \
                     where a secret goes, no span. What these take of ours, callgrind says of a call in `own`.";
    let within = "The quartiles reach over the goal, so that this run does not tell the two apart.";
    let is_within = wall.ratio().low <= wall.goal?;
    let known = [
        wall.other.starts_with("reqwest").then_some(by_hand),
        wall.other
            .starts_with("openapi-generator")
            .then_some(generated),
        is_within.then_some(within),
    ];
    let known: Vec<&str> = known.into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(" "))
}

/// A round is twice both.
fn rounds_within(budget: f64, tried: Tried) -> usize {
    // The first one does not count.
    let rounds = budget / (2.0 * tried.max(1e-6)) - 1.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between these bounds"
    )]
    let rounds = rounds.clamp(5.0, 60.0) as usize;
    rounds
}

/// The mean of both times of each round, without the first; none where any is not known.
fn of_rounds(taken: &[Option<f64>]) -> Option<Vec<f64>> {
    let all: Option<Vec<f64>> = taken.iter().copied().collect();
    let all = all?;
    let pairs = all.chunks_exact(2).skip(1);
    Some(pairs.map(|pair| pair.iter().sum::<f64>() / 2.0).collect())
}

/// Does it, and sees that all of it was got.
fn done(work: &Work, worker: &mut Worker) -> Result<Done, String> {
    let done = worker.order(&work.order).map_err(|why| {
        let (NotDone::Unable(why) | NotDone::Failed(why)) = why;
        format!("{}: {}: {why}", worker.name, work.title)
    })?;
    if done.items != work.items as u64 {
        return Err(format!(
            "{}: {}: {} records instead of {}",
            worker.name, work.title, done.items, work.items
        ));
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_work_is_done_a_few_times_and_quick_work_not_for_ever() {
        assert_eq!(rounds_within(10.0, 100.0), 5);
        assert_eq!(rounds_within(10.0, 0.25), 19);
        assert_eq!(rounds_within(10.0, 0.0), 60);
    }

    #[test]
    fn cpu_time_is_kept_by_rounds_if_all_of_it_is_known() {
        let taken = [9.0, 9.0, 1.0, 3.0, 5.0, 7.0];
        assert_eq!(of_rounds(&taken.map(Some)), Some(vec![2.0, 6.0]));
        assert_eq!(of_rounds(&[Some(1.0), None]), None);
    }

    #[test]
    fn a_goal_that_is_clearly_missed_has_no_excuse() {
        let of = |other: &str, rounds: &[[f64; 2]]| {
            limit(&Comparison {
                work: "show".to_owned(),
                ours: "ours".to_owned(),
                other: other.to_owned(),
                unit: "s".to_owned(),
                rounds: rounds.to_vec(),
                goal: Some(1.0),
                limit: None,
            })
        };
        assert_eq!(of("another 1.0", &[[2.0, 1.0], [2.1, 1.0]]), None);
        let within = of("another 1.0", &[[0.9, 1.0], [1.3, 1.0]]).unwrap();
        assert!(within.contains("does not tell the two apart"));
        let by_hand = of("reqwest 0.13 by hand", &[[2.0, 1.0]]).unwrap();
        assert!(by_hand.contains("Callgrind") && !by_hand.contains("apart"));
    }
}
