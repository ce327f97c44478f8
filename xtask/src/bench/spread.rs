//! `Spread`: the middle of many values, and how far they lie from it.

use serde::{Deserialize, Serialize};

/// A median, with the quartiles around it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The lower quartile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The upper quartile.
    pub high: f64,
}

impl Spread {
    /// Of these values, which need no order. Of none, it is not a number.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        // Between two values, in proportion, as spreadsheets count it.
        let quantile = |share: usize| {
            let last = values.len().saturating_sub(1);
            let (below, quarters) = (last * share / 4, last * share % 4);
            let low = values.get(below).copied().unwrap_or(f64::NAN);
            match values.get(below + 1) {
                Some(high) if quarters > 0 => low + (high - low) * quarters as f64 / 4.0,
                _ => low,
            }
        };
        Self {
            low: quantile(1),
            median: quantile(2),
            high: quantile(3),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_values_does_not_matter() {
        let spread = Spread::of([5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!((spread.low, spread.median, spread.high), (2.0, 3.0, 4.0));
        assert!(Spread::of([]).median.is_nan());
        let spread = Spread::of([1.0, 3.0]);
        assert_eq!((spread.low, spread.median, spread.high), (1.5, 2.0, 2.5));
    }
}
