//! `Scale`: an axis with round steps, linear or by powers of ten.

use std::ops::Range;

use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};

use crate::bench::report::amount;

/// More powers of ten than this are named alone.
const FEW_DECADES: f64 = 3.5;
/// About so many steps.
const STEPS: f64 = 8.0;

/// An axis.
pub(super) struct Scale {
    low: f64,
    high: f64,
    is_logarithmic: bool,
    /// Where it is named.
    steps: Vec<f64>,
}

impl Scale {
    /// Over these values, which are finite, and more than zero where it is logarithmic.
    pub(super) fn over(values: impl Iterator<Item = f64>, is_logarithmic: bool) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let steps = if is_logarithmic {
            by_powers(low, high)
        } else {
            linear(low, high)
        };
        let [Some(&low), Some(&high)] = [steps.first(), steps.last()] else {
            return Self {
                low: 0.1,
                high: 1.0,
                is_logarithmic,
                steps: vec![0.1, 1.0],
            };
        };
        Self {
            low,
            high,
            is_logarithmic,
            steps,
        }
    }

    fn place(&self, value: f64) -> f64 {
        if self.is_logarithmic {
            value.log10()
        } else {
            value
        }
    }
}

impl Ranged for Scale {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (from, to): (i32, i32)) -> i32 {
        let [low, high, here] = [self.low, self.high, *value].map(|value| self.place(value));
        let share = (here - low) / (high - low);
        // As a saturating cast: what lies outside is drawn at the edge of what can be drawn.
        (f64::from(from) + share * f64::from(to - from)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        // The second call asks for finer lines; there are none.
        if hint.bold_points() == 0 {
            return Vec::new();
        }
        self.steps.clone()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

/// How a step is named.
pub(super) fn label(value: f64) -> String {
    let power = value.abs().log10();
    if value != 0.0 && (power.fract() == 0.0 || value.fract() == 0.0) && power >= 6.0 {
        let millions = value / 1e6;
        return format!("{} million", amount::number(millions));
    }
    let text = amount::number(value);
    if text.contains('.') && !text.contains('e') {
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    text
}

/// 1, 2 and 5 of each power of ten around these; the powers alone where they are many.
fn by_powers(low: f64, high: f64) -> Vec<f64> {
    if !(low > 0.0 && high.is_finite()) {
        return Vec::new();
    }
    let [first, last] = [low, high].map(|value| value.log10().floor() as i32);
    let digits: &[u8] = if (high / low).log10() > FEW_DECADES {
        &[1]
    } else {
        &[1, 2, 5]
    };
    // By way of text, as powers that are computed are not round.
    let all: Vec<f64> = (first..=last + 1)
        .flat_map(|power| digits.iter().map(move |digit| format!("{digit}e{power}")))
        .filter_map(|text| text.parse().ok())
        .collect();
    let start = all.iter().rposition(|step| *step <= low).unwrap_or(0);
    let end = all
        .iter()
        .position(|step| *step >= high && *step > all[start]);
    all[start..=end.unwrap_or(all.len() - 1)].to_vec()
}

/// Round steps from zero, or from below where a value is.
fn linear(low: f64, high: f64) -> Vec<f64> {
    let (low, high) = (low.min(0.0), high.max(0.0));
    let reach = high - low;
    if !reach.is_finite() {
        return Vec::new();
    }
    let reach = if reach > 0.0 { reach } else { 1.0 };
    let power = (reach / STEPS).log10().floor() as i32;
    let step = [1, 2, 5, 10]
        .iter()
        .filter_map(|digit| format!("{digit}e{power}").parse::<f64>().ok())
        .find(|step| reach / step <= STEPS)
        .unwrap_or(reach);
    let [first, last] = [(low / step).floor(), (high / step).ceil()].map(|count| count as i32);
    (first..=last.max(first + 1))
        .map(|count| {
            let exact = f64::from(count) * step;
            // 3 · 0.1 is not 0.3.
            format!("{exact:.12e}").parse().unwrap_or(exact)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(values: &[f64], is_logarithmic: bool) -> Vec<f64> {
        Scale::over(values.iter().copied(), is_logarithmic).steps
    }

    #[test]
    fn steps_are_round_and_hold_every_value() {
        assert_eq!(
            steps(&[15.0, 1500.0], true),
            [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0]
        );
        assert_eq!(
            steps(&[1e-3, 50.0], true),
            [1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0]
        );
        assert_eq!(steps(&[7.0], true), [5.0, 10.0]);
        assert_eq!(steps(&[1.0], true), [1.0, 2.0]);
        assert_eq!(
            steps(&[0.0, 0.61], false),
            [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
        );
        assert_eq!(steps(&[0.0], false)[0], 0.0);
        assert_eq!(steps(&[], true), [0.1, 1.0]);
        assert_eq!(steps(&[], false).len(), 2);
    }

    #[test]
    fn steps_have_short_names() {
        let names = [0.0, 0.001, 0.5, 20.0, 1000.0, 1e6, 2e7].map(label);
        assert_eq!(
            names,
            [
                "0",
                "0.001",
                "0.5",
                "20",
                "1,000",
                "1 million",
                "20 million"
            ]
        );
    }
}
