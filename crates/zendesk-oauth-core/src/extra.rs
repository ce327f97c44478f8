//! `Extra`: the fields of an answer that the document does not know.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::redacted::Unknown;

/// Fields that the server sent and the document does not describe, kept as serde_json reads them: a
/// number beyond 64 bits loses precision.
///
/// It is made for `#[serde(flatten)]`. A new field may well hold a secret, so `Debug` shows the
/// names only and [`Redacted`](crate::Redacted) hides the values.
#[derive(Clone, Default, PartialEq)]
pub struct Extra(
    /// `None` when there are none, which is nearly always.
    Option<Box<Map<String, Value>>>,
);

impl Extra {
    /// The value of one field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Sets a field, to send one that the document does not know; returns the value it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.fields_mut().insert(name.into(), value.into())
    }

    /// The fields with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let fields = self.0.iter().flat_map(|fields| fields.iter());
        fields.map(|(name, value)| (name.as_str(), value))
    }

    /// The names of the fields.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// How many fields there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |fields| fields.len())
    }

    /// Whether every field was known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn fields_mut(&mut self) -> &mut Map<String, Value> {
        self.0.get_or_insert_default()
    }
}

impl Extra {
    /// Reads the value of a field that the document does not know. For generated code only.
    #[doc(hidden)]
    pub fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: String,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let value = map.next_value()?;
        self.fields_mut().insert(name, value);
        Ok(())
    }
}

impl From<Map<String, Value>> for Extra {
    fn from(fields: Map<String, Value>) -> Self {
        Self((!fields.is_empty()).then(|| Box::new(fields)))
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extra ")?;
        f.debug_list().entries(self.keys()).finish()
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, value)| (name, Unknown(value))))
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Extra {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Extra".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "object", "additionalProperties": true})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, serde::Serialize, serde::Deserialize)]
    struct Record {
        id: u64,
        #[serde(flatten)]
        extra: Extra,
    }

    #[test]
    fn flattened_fields_come_back_as_they_were() {
        let received = json!({"id": 1, "new": {"a": [null, 2]}, "other": "x"});
        let record: Record = serde_json::from_value(received.clone()).unwrap();
        assert_eq!(record.extra.len(), 2);
        assert_eq!(record.extra.get("other").unwrap(), "x");
        assert_eq!(record.extra.keys().collect::<Vec<_>>(), ["new", "other"]);
        assert_eq!(serde_json::to_value(&record).unwrap(), received);
    }

    #[test]
    fn a_field_that_is_set_is_sent_and_gives_what_it_replaced() {
        let mut extra = Extra::default();
        assert!(extra.is_empty());
        assert_eq!(extra.insert("new", 1), None);
        assert_eq!(extra.insert("new", 2), Some(json!(1)));
        assert!(!extra.is_empty());
        assert_eq!(extra.iter().collect::<Vec<_>>(), [("new", &json!(2))]);
        let sent = serde_json::to_value(Record { id: 1, extra }).unwrap();
        assert_eq!(sent, json!({"id": 1, "new": 2}));
    }

    #[test]
    fn no_fields_are_the_same_however_they_came() {
        assert_eq!(Extra::from(Map::new()), Extra::default());
        let read: Extra = serde_json::from_value(json!({})).unwrap();
        assert_eq!(read, Extra::default());
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn the_schema_stands_in_place_and_takes_any_field() {
        let schema = schemars::schema_for!(Extra).to_value();
        assert_eq!(schema["title"], "Extra");
        let schema = schemars::schema_for!(Vec<Extra>).to_value();
        let any = json!({"type": "object", "additionalProperties": true});
        assert_eq!(schema["items"], any);
    }

    #[test]
    fn debug_shows_names_only() {
        let record: Record = serde_json::from_value(json!({"id": 1, "new": "CANARY"})).unwrap();
        assert_eq!(
            format!("{record:?}"),
            r#"Record { id: 1, extra: Extra ["new"] }"#
        );
    }
}
