//! `Timestamp`: a point in time as the server wrote it.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// A point in time, kept as the text that the server sent.
///
/// Reading it never fails a response: Zendesk's documents promise RFC 3339, yet Chat has answered
/// with zone-less times (recorded 2018). The parsed time is [optional](Timestamp::to_system_time)
/// instead. Two timestamps are equal when their texts are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text as received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The time, when the text is RFC 3339 (fraction and any offset included), or the same without
    /// an offset, with `T` or a space: `2018-10-17T02:32:45` is **read as UTC**, which is what
    /// Zendesk's times with an offset are in. Anything else, a bare date or an epoch number
    /// included, is `None`.
    #[must_use]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        // jiff also reads a bare date, hours alone and a zone in brackets: we would be guessing.
        let bytes = self.0.as_bytes();
        let is_whole = matches!(bytes.get(10), Some(b'T' | b't' | b' '))
            && bytes.get(13) == Some(&b':')
            && bytes.get(16) == Some(&b':');
        if !is_whole || bytes.contains(&b'[') {
            return None;
        }
        let instant = self.0.parse::<jiff::Timestamp>().ok().or_else(|| {
            let civil = self.0.parse::<jiff::civil::DateTime>().ok()?;
            Some(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
        })?;
        let since_epoch = instant.as_duration();
        let distance = Duration::new(
            since_epoch.as_secs().unsigned_abs(),
            since_epoch.subsec_nanos().unsigned_abs(),
        );
        if since_epoch.is_negative() {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        }
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl FromStr for Timestamp {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::from(text))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    /// Takes a string, and keeps the text of a number or boolean; only null, lists and objects are
    /// refused.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TimestampVisitor)
    }
}

struct TimestampVisitor;

/// What has no method here gets serde's error, which names the type and, for these types, no value.
impl Visitor<'_> for TimestampVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a point in time as a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Timestamp, E> {
        Ok(Timestamp(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Timestamp, E> {
        Ok(Timestamp(text))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Timestamp, E> {
        Ok(Timestamp(value.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Timestamp, E> {
        Ok(Timestamp(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Timestamp, E> {
        Ok(Timestamp(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Timestamp, E> {
        // As serde_json writes it: `1.0`, not `1`.
        Ok(Timestamp(Value::from(number).to_string()))
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date-time"})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn seconds(text: &str) -> Option<f64> {
        let time = Timestamp::from(text).to_system_time()?;
        Some(match time.duration_since(UNIX_EPOCH) {
            Ok(after) => after.as_secs_f64(),
            Err(before) => -before.duration().as_secs_f64(),
        })
    }

    #[test]
    fn rfc_3339_and_zone_less_times_are_read() {
        for text in [
            "2018-10-17T02:32:45Z",
            "2018-10-17T02:32:45+00:00",
            "2018-10-17T04:32:45+02:00",
            "2018-10-17t02:32:45z",
            "2018-10-17T02:32:45",
            "2018-10-17 02:32:45",
        ] {
            assert_eq!(seconds(text), Some(1_539_743_565.0), "{text}");
        }
        assert_eq!(seconds("2018-10-17T02:32:45.500Z"), Some(1_539_743_565.5));
        assert_eq!(seconds("2018-10-17T02:32:45.500"), Some(1_539_743_565.5));
        assert_eq!(seconds("1969-12-31T23:59:58.500Z"), Some(-1.5));
    }

    #[test]
    fn what_is_not_a_time_keeps_its_text() {
        for text in [
            "",
            "never",
            "2018-10-17",
            "2018-10-17T02",
            "2018-10-17T02:32",
            "2018-10-17T02:32:45[America/New_York]",
            "1539743565",
            "2018-13-17T02:32:45Z",
            "9999999-01-01T00:00:00Z",
            "é",
        ] {
            let timestamp: Timestamp = text.parse().unwrap();
            assert_eq!(timestamp.to_system_time(), None, "{text}");
            assert_eq!(timestamp.to_string(), text);
        }
    }

    #[test]
    fn scalars_survive_and_null_is_for_option() {
        let read = |value| serde_json::from_value::<Timestamp>(value).unwrap();
        assert_eq!(read(json!(1_539_743_565)).as_str(), "1539743565");
        assert_eq!(read(json!(-7)).as_str(), "-7");
        assert_eq!(read(json!(1.5)).as_str(), "1.5");
        assert_eq!(read(json!(1e30)).as_str(), "1e+30");
        assert_eq!(read(json!(false)).as_str(), "false");
        assert_eq!(
            serde_json::from_str::<Option<Timestamp>>("null").unwrap(),
            None
        );
        assert!(serde_json::from_value::<Timestamp>(json!({"a": 1})).is_err());
        assert_eq!(serde_json::to_value(read(json!("x"))).unwrap(), json!("x"));
    }
}
