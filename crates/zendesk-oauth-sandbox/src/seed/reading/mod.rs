//! A tree as the types of a seed, by serde, with errors that say where and never what.

mod error;
mod inner;

use serde::Deserialize;
use serde::de::{self, Error as _, Expected, IntoDeserializer, Unexpected, Visitor};

use super::error::Defect;
use super::node::{Key, Node, Value};
use error::Error;
use inner::{Entries, Items};

/// Reads a tree as a type.
pub(super) fn read<'de, T: Deserialize<'de>>(node: &'de Node) -> Result<T, Defect> {
    T::deserialize(Reader(node)).map_err(|error| *error.placed(node.place).0)
}

struct Reader<'de>(&'de Node);

impl<'de> Reader<'de> {
    fn text(&self, expected: &dyn Expected) -> Result<&'de str, Error> {
        match &self.0.value {
            Value::Scalar { text, .. } if !self.0.is_null() => Ok(text),
            _ => Err(Error::invalid_type(Unexpected::Unit, expected)),
        }
    }

    /// A scalar without quotes.
    fn plain<T: std::str::FromStr>(&self, expected: &dyn Expected) -> Result<T, Error> {
        let parsed = match &self.0.value {
            Value::Scalar { text, plain: true } => text.parse().ok(),
            _ => None,
        };
        parsed.ok_or_else(|| Error::invalid_type(Unexpected::Unit, expected))
    }
}

macro_rules! numbers {
    ($($method:ident => $visit:ident: $type:ty,)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let number = self.plain::<$type>(&visitor)?;
            visitor.$visit(number)
        })+
    };
}

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = Error;

    /// By the core schema of YAML 1.2, as far as JSON has it.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.value {
            Value::Sequence(_) => self.deserialize_seq(visitor),
            Value::Mapping(_) => self.deserialize_map(visitor),
            Value::Scalar { .. } if self.0.is_null() => visitor.visit_unit(),
            Value::Scalar { text, plain: true } => match &**text {
                "true" | "True" | "TRUE" => visitor.visit_bool(true),
                "false" | "False" | "FALSE" => visitor.visit_bool(false),
                text => match (text.parse::<i64>(), text.parse::<f64>()) {
                    (Ok(number), _) => visitor.visit_i64(number),
                    (_, Ok(number)) if number.is_finite() => visitor.visit_f64(number),
                    _ => visitor.visit_borrowed_str(text),
                },
            },
            Value::Scalar { text, .. } => visitor.visit_borrowed_str(text),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = self.plain::<bool>(&visitor)?;
        visitor.visit_bool(value)
    }

    numbers! {
        deserialize_i8 => visit_i64: i64,
        deserialize_i16 => visit_i64: i64,
        deserialize_i32 => visit_i64: i64,
        deserialize_i64 => visit_i64: i64,
        deserialize_u8 => visit_u64: u64,
        deserialize_u16 => visit_u64: u64,
        deserialize_u32 => visit_u64: u64,
        deserialize_u64 => visit_u64: u64,
        deserialize_f32 => visit_f64: f64,
        deserialize_f64 => visit_f64: f64,
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.text(&visitor)?;
        visitor.visit_borrowed_str(text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// A key with nothing behind it is an empty list, as when every entry is commented out.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let items: &[Node] = match &self.0.value {
            Value::Sequence(items) => items,
            _ if self.0.is_null() => &[],
            _ => return Err(Error::invalid_type(Unexpected::Unit, &visitor)),
        };
        visitor.visit_seq(Items::of(items))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    /// A key with nothing behind it is an empty mapping.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let entries: &[(Key, Node)] = match &self.0.value {
            Value::Mapping(entries) => entries,
            _ if self.0.is_null() => &[],
            _ => return Err(Error::invalid_type(Unexpected::Unit, &visitor)),
        };
        visitor.visit_map(Entries::of(entries))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = self.text(&visitor);
        let text = text.map_err(|_| Error::unknown_variant("", variants))?;
        visitor.visit_enum(text.into_deserializer())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}
