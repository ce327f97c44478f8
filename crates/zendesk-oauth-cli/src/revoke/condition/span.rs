//! Lengths of time, as a person writes them, and how they are compared.

use std::fmt;

/// The longest that is taken: some hundred years.
const MOST_SECONDS: u64 = 40_000 * 86_400;

/// So many hours, days or weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    count: u32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Hour,
    Day,
    Week,
}

impl Unit {
    fn letter(self) -> char {
        match self {
            Self::Hour => 'h',
            Self::Day => 'd',
            Self::Week => 'w',
        }
    }

    fn seconds(self) -> u64 {
        match self {
            Self::Hour => 3_600,
            Self::Day => 86_400,
            Self::Week => 7 * 86_400,
        }
    }
}

impl Span {
    /// Reads `90d`. Nothing if it is no length of time, or longer than any token is old.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let unit = match text.chars().last()? {
            'h' => Unit::Hour,
            'd' => Unit::Day,
            'w' => Unit::Week,
            _ => return None,
        };
        let count = &text[..text.len() - 1];
        if !count.chars().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let count: u32 = count.parse().ok()?;
        let span = Self { count, unit };
        (u64::from(count) * unit.seconds() <= MOST_SECONDS).then_some(span)
    }

    pub(crate) fn seconds(self) -> i64 {
        let seconds = u64::from(self.count) * self.unit.seconds();
        i64::try_from(seconds).unwrap_or(i64::MAX)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.letter())
    }
}

/// How two lengths of time are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    More,
    AtLeast,
    Less,
    AtMost,
}

impl Comparison {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            ">" => Some(Self::More),
            ">=" => Some(Self::AtLeast),
            "<" => Some(Self::Less),
            "<=" => Some(Self::AtMost),
            _ => None,
        }
    }

    /// Whether so many seconds are more, or less, than the span.
    pub(crate) fn holds(self, seconds: i64, span: Span) -> bool {
        let span = span.seconds();
        match self {
            Self::More => seconds > span,
            Self::AtLeast => seconds >= span,
            Self::Less => seconds < span,
            Self::AtMost => seconds <= span,
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Less => "<",
            Self::AtMost => "<=",
        })
    }
}
