//! Times of a seed.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// An instant, or a time before or after the one at which the sandbox begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    At(Timestamp),
    FromStart(SignedDuration),
}

impl Moment {
    /// The instant, in whole seconds as everything of Zendesk is.
    pub(super) fn on(self, start: Timestamp) -> Timestamp {
        let at = match self {
            Self::At(at) => at,
            Self::FromStart(by) => start.saturating_add(by).unwrap_or(start),
        };
        Timestamp::from_second(at.as_second()).unwrap_or(at)
    }

    fn parse(text: &str) -> Option<Self> {
        if text.starts_with(['+', '-']) {
            return text.parse().ok().map(Self::FromStart);
        }
        text.parse().ok().map(Self::At)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Moment;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "an instant such as 2026-11-02T09:00:00Z, or a time from the start such as -1h or +30m",
                )
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
                Moment::parse(text)
                    .ok_or_else(|| E::invalid_value(Unexpected::Other("text"), &self))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// Where the clock of the sandbox stands, or that it is the machine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClockSetting {
    Frozen(Timestamp),
    Real,
}

impl<'de> Deserialize<'de> for ClockSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = ClockSetting;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`real`, or an instant such as 2026-11-02T09:00:00Z")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<ClockSetting, E> {
                if text == "real" {
                    return Ok(ClockSetting::Real);
                }
                let frozen = text.parse().map(ClockSetting::Frozen);
                frozen.map_err(|_| E::invalid_value(Unexpected::Other("text"), &self))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_times_from_the_start() {
        let start: Timestamp = "2026-11-02T09:00:00Z".parse().unwrap();
        let on = |text| Moment::parse(text).map(|it| it.on(start).to_string());
        assert_eq!(on("-1h").unwrap(), "2026-11-02T08:00:00Z");
        assert_eq!(on("+30m").unwrap(), "2026-11-02T09:30:00Z");
        assert_eq!(
            on("2026-01-01T00:00:00.5Z").unwrap(),
            "2026-01-01T00:00:00Z"
        );
        for bad in ["", "tomorrow", "2026-01-01", "+", "1h"] {
            assert_eq!(on(bad), None, "{bad}");
        }
    }
}
