//! Figures in a scale that is easy to read.

use crate::bench::spread::Spread;

const TIMES: [(&str, f64); 4] = [("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)];
const SIZES: [(&str, f64); 4] = [
    ("GiB", 1_073_741_824.0),
    ("MiB", 1_048_576.0),
    ("KiB", 1024.0),
    ("bytes", 1.0),
];

/// A figure with its unit, such as `36.0 ms of CPU`.
pub(super) fn amount(value: f64, unit: &str) -> String {
    let (scale, unit) = scaled(value, unit);
    with_unit(&number(value / scale), &unit)
}

/// A median and, where they differ from it, the quartiles: `36.0 ms (35.1 to 37.4)`.
pub(super) fn spread(spread: Spread, unit: &str) -> String {
    let (scale, unit) = scaled(spread.median, unit);
    let values = [spread.low, spread.median, spread.high].map(|value| value / scale);
    let are_whole = values.iter().all(|value| value.fract() == 0.0);
    let [low, median, high] = values.map(|value| digits(value, are_whole));
    let median = with_unit(&median, &unit);
    if spread.low == spread.high || !spread.median.is_finite() {
        return median;
    }
    format!("{median} ({low} to {high})")
}

/// A ratio: three places after the point where they tell something.
pub(super) fn ratio(value: f64) -> String {
    if !value.is_finite() {
        return "no number".to_owned();
    }
    match value.abs() {
        size if size >= 10.0 => number(value),
        size if size >= 0.1 || size == 0.0 => format!("{value:.3}"),
        _ => number(value),
    }
}

/// The quartiles of ratios.
pub(super) fn quartiles(spread: Spread) -> String {
    format!("{} to {}", ratio(spread.low), ratio(spread.high))
}

/// Three digits that count, all digits of what is larger, and thousands apart.
pub(super) fn number(value: f64) -> String {
    digits(value, value.fract() == 0.0)
}

fn digits(value: f64, is_whole: bool) -> String {
    if !value.is_finite() {
        return "no number".to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    // Rounded first, since 9.996 has two places before the point when it is written.
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    match rounded.abs() {
        size if size >= 100.0 || is_whole => thousands(value),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        size if size >= 1e-4 => {
            let digits = 2 - size.log10().floor() as i32;
            let places = usize::try_from(digits).unwrap_or_default();
            format!("{value:.places$}")
        }
        _ => format!("{value:.2e}"),
    }
}

fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0.0 {
        format!("-{text}")
    } else {
        text
    }
}

fn with_unit(number: &str, unit: &str) -> String {
    format!("{number} {unit}").trim_end().to_owned()
}

/// What to divide by, and the unit then. Only a time or a size has scales; what stands behind it stays.
fn scaled(value: f64, unit: &str) -> (f64, String) {
    let (first, rest) = unit.split_once(' ').unwrap_or((unit, ""));
    let scales = [TIMES, SIZES].into_iter().find_map(|scales| {
        let (_, base) = *scales.iter().find(|(name, _)| *name == first)?;
        Some((scales, base))
    });
    let Some((scales, base)) = scales else {
        return (1.0, unit.to_owned());
    };
    let size = (value * base).abs();
    let smallest = scales[scales.len() - 1];
    let fitting = scales
        .into_iter()
        .find(|(_, scale)| size >= *scale * 0.9995)
        .unwrap_or(smallest);
    // Nothing is nothing in the unit it was measured in; what is no number has no scale.
    if size == 0.0 || !size.is_finite() {
        return (1.0, unit.to_owned());
    }
    let (name, scale) = fitting;
    (scale / base, with_unit(name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_the_scale_that_is_easy_to_read() {
        let cases = [
            (amount(0.036_04, "s of CPU"), "36.0 ms of CPU"),
            (amount(1.5e-6, "s"), "1.50 µs"),
            (amount(0.999_9, "s"), "1.00 s"),
            (amount(4e-10, "s"), "0.400 ns"),
            (amount(2048.0, "KiB"), "2 MiB"),
            (amount(3_000_000.0, "bytes"), "2.86 MiB"),
            (
                amount(12_345_678.0, "instructions"),
                "12,345,678 instructions",
            ),
            (amount(70.0, "packages"), "70 packages"),
            (amount(0.0, "s"), "0 s"),
            (amount(f64::NAN, "s"), "no number s"),
            (amount(f64::INFINITY, "KiB"), "no number KiB"),
            (amount(3.0, ""), "3"),
        ];
        for (is, should_be) in cases {
            assert_eq!(is, should_be);
        }
    }

    #[test]
    fn quartiles_have_the_unit_of_their_median() {
        let values = [0.9e-3, 1.1e-3, 1.2e-3];
        assert_eq!(spread(Spread::of(values), "s"), "1.10 ms (1.00 to 1.15)");
        assert_eq!(spread(Spread::of([2.0]), "packages"), "2 packages");
        assert_eq!(spread(Spread::of([]), "s"), "no number s");
    }

    #[test]
    fn a_ratio_has_three_places_where_they_tell_something() {
        let ratios = [1.0499, 0.5, 12.34, 1234.5, 0.00123, 0.0, f64::NAN];
        let texts = [
            "1.050",
            "0.500",
            "12.3",
            "1,234",
            "0.00123",
            "0.000",
            "no number",
        ];
        assert_eq!(ratios.map(ratio), texts);
    }
}
