//! Whether something grows from cycle to cycle.

/// The fewest values that say anything; a run with fewer says that it was too short.
pub(crate) const FEWEST: usize = 6;

/// By how much the values grow over all of them after the warm-up, which is the first third: the median of the slopes
/// between any two (Theil and Sen), so that a few odd ones decide nothing. Nothing if there are too few.
pub(crate) fn growth(values: &[i64]) -> Option<i64> {
    if values.len() < FEWEST {
        return None;
    }
    let warm = &values[values.len() / 3..];
    let mut slopes = Vec::new();
    for (from, first) in warm.iter().enumerate() {
        for (to, second) in warm.iter().enumerate().skip(from + 1) {
            let distance = i64::try_from(to - from).unwrap_or(i64::MAX);
            // In thousandths, as most are less than a byte a cycle.
            slopes.push((second - first).saturating_mul(1_000) / distance);
        }
    }
    slopes.sort_unstable();
    let steps = i64::try_from(warm.len() - 1).unwrap_or(i64::MAX);
    Some(slopes[slopes.len() / 2].saturating_mul(steps) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_does_not_grow_however_it_began() {
        let values = [10, 500, 900, 1_000, 1_000, 1_004, 998, 1_001, 1_000];
        let growth = growth(&values).unwrap();
        assert!((-10..=10).contains(&growth), "{growth}");
    }

    #[test]
    fn a_leak_of_the_same_each_cycle_is_seen_through_the_noise() {
        let values: Vec<i64> = (0..30).map(|it| 5_000 + 100 * it + it % 7 * 40).collect();
        let growth = growth(&values).unwrap();
        assert!((1_700..=2_200).contains(&growth), "{growth}");
    }

    #[test]
    fn one_odd_value_is_no_growth() {
        let mut values = [7_000; 12];
        values[9] = 1_000_000;
        assert_eq!(growth(&values), Some(0));
        values[11] = 1_000_000;
        assert_eq!(growth(&values), Some(0));
    }

    #[test]
    fn a_short_run_says_nothing() {
        assert_eq!(growth(&[1, 2, 3, 4, 5]), None);
    }
}
