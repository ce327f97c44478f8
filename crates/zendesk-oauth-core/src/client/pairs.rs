//! Any serialisable value as the name-value pairs of a query or form.

use std::fmt::{self, Display};

use serde::ser::{
    self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// The pairs of `value` under `name`: none for nothing, one for a scalar, one per element of a
/// list, and for an object one per field under the field's own name (OpenAPI's `style: form,
/// explode: true`).
pub(super) fn pairs<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
) -> Result<Vec<(String, String)>, Unsupported> {
    let mut pairs = Vec::new();
    value.serialize(Pairs {
        name,
        pairs: &mut pairs,
    })?;
    Ok(pairs)
}

/// A value that has no form as pairs, or whose own serialisation failed. What failed may quote the
/// value: it is dropped.
#[derive(Debug)]
pub(super) struct Unsupported;

impl Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a parameter cannot be written as name-value pairs")
    }
}

impl std::error::Error for Unsupported {}

impl ser::Error for Unsupported {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Done = Result<(), Unsupported>;

struct Pairs<'a> {
    name: &'a str,
    pairs: &'a mut Vec<(String, String)>,
}

impl Pairs<'_> {
    fn under<'b>(&'b mut self, name: &'b str) -> Pairs<'b> {
        Pairs {
            name,
            pairs: self.pairs,
        }
    }

    fn push(self, value: impl Into<String>) -> Done {
        self.pairs.push((self.name.to_owned(), value.into()));
        Ok(())
    }
}

macro_rules! scalars {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Done {
            self.push(value.to_string())
        })*
    };
}

impl<'a> Serializer for Pairs<'a> {
    type Ok = ();
    type Error = Unsupported;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Fields<'a>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Unsupported>;

    scalars!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_i128: i128, serialize_u8: u8, serialize_u16: u16,
        serialize_u32: u32, serialize_u64: u64, serialize_u128: u128, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str
    );

    fn serialize_bytes(self, value: &[u8]) -> Done {
        self.push(std::str::from_utf8(value).map_err(|_| Unsupported)?)
    }

    fn serialize_none(self) -> Done {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.push(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        value.serialize(self.under(variant))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Unsupported> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Unsupported> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Unsupported> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self, Unsupported> {
        Ok(Pairs {
            name: variant,
            pairs: self.pairs,
        })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'a>, Unsupported> {
        Ok(Fields {
            key: String::new(),
            pairs: self.pairs,
        })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Unsupported> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unsupported> {
        Err(Unsupported)
    }
}

macro_rules! elements {
    ($($compound:ident::$method:ident),*) => {
        $(impl $compound for Pairs<'_> {
            type Ok = ();
            type Error = Unsupported;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
                let name = self.name;
                value.serialize(self.under(name))
            }

            fn end(self) -> Done {
                Ok(())
            }
        })*
    };
}

elements!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

impl SerializeStruct for Pairs<'_> {
    type Ok = ();
    type Error = Unsupported;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
        value.serialize(self.under(key))
    }

    fn end(self) -> Done {
        Ok(())
    }
}

/// A map, whose keys arrive before their values.
struct Fields<'a> {
    key: String,
    pairs: &'a mut Vec<(String, String)>,
}

impl SerializeMap for Fields<'_> {
    type Ok = ();
    type Error = Unsupported;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        match pairs("", key)?.pop() {
            Some((_, key)) => self.key = key,
            None => return Err(Unsupported),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(Pairs {
            name: &self.key,
            pairs: self.pairs,
        })
    }

    fn end(self) -> Done {
        Ok(())
    }
}
