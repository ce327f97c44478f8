//! `Spread`: the middle of many values, and how far they lie from it.

/// A median, with the quartiles around it.
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Spread {
    /// Of these values, which need no order.
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let quantile = |share: usize| {
            let last = values.len().saturating_sub(1);
            values.get(last * share / 4).copied().unwrap_or(f64::NAN)
        };
        Self {
            median: quantile(2),
            low: quantile(1),
            high: quantile(3),
        }
    }
}
