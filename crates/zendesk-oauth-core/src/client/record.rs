//! How generated code reads a record that keeps its unknown fields: what serde derives for
//! `#[serde(flatten)]`, without holding every key and value of the record on the way.

use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::forward_to_deserialize_any;

/// `Deserialize` for a struct of these fields, named as in the document, and of `extra`. For
/// generated code only: any release may change it.
#[doc(hidden)]
#[macro_export]
macro_rules! deserialize_record {
    ($record:ident { $($field:ident: $name:literal),* $(,)? }) => {
        const _: () = {
            #[allow(non_camel_case_types)]
            enum Field {
                $($field,)*
                // Upper case, as no field is: a field may be named `unknown`.
                Unknown,
            }

            /// Reads the name of a field; one that is not known is left here.
            struct Name<'a>(&'a mut ::std::string::String);

            impl<'de> ::serde::de::DeserializeSeed<'de> for Name<'_> {
                type Value = Field;

                fn deserialize<D: ::serde::Deserializer<'de>>(
                    self,
                    deserializer: D,
                ) -> ::std::result::Result<Field, D::Error> {
                    deserializer.deserialize_identifier(self)
                }
            }

            impl ::serde::de::Visitor<'_> for Name<'_> {
                type Value = Field;

                fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str("the name of a field")
                }

                fn visit_str<E>(self, name: &str) -> ::std::result::Result<Field, E> {
                    Ok(match name {
                        $($name => Field::$field,)*
                        unknown => {
                            $crate::client::keep(unknown, self.0);
                            Field::Unknown
                        }
                    })
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $record {
                fn deserialize<D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    struct Fields;

                    impl<'de> ::serde::de::Visitor<'de> for Fields {
                        type Value = $record;

                        fn expecting(
                            &self,
                            f: &mut ::std::fmt::Formatter<'_>,
                        ) -> ::std::fmt::Result {
                            f.write_str(::std::concat!("struct ", ::std::stringify!($record)))
                        }

                        fn visit_map<A: ::serde::de::MapAccess<'de>>(
                            self,
                            mut map: A,
                        ) -> ::std::result::Result<$record, A::Error> {
                            $(let mut $field = ::std::option::Option::None;)*
                            let mut extra = $crate::Extra::default();
                            let mut unknown = ::std::string::String::new();
                            while let Some(key) = map.next_key_seed(Name(&mut unknown))? {
                                match key {
                                    $(Field::$field if $field.is_none() => {
                                        $field = Some(map.next_value()?);
                                    }
                                    Field::$field => {
                                        return Err(::serde::de::Error::duplicate_field($name));
                                    })*
                                    Field::Unknown => {
                                        extra.read(::std::mem::take(&mut unknown), &mut map)?;
                                    }
                                }
                            }
                            Ok($record {
                                $($field: match $field {
                                    Some(value) => value,
                                    None => $crate::client::missing_field($name)?,
                                },)*
                                extra,
                            })
                        }
                    }

                    deserializer.deserialize_map(Fields)
                }
            }
        };
    };
}

/// Keeps the name of a field that is not known. Few are, so it is not where the known ones are read.
#[doc(hidden)]
#[cold]
pub fn keep(name: &str, into: &mut String) {
    into.push_str(name);
}

/// The value of a field that is not there: `None`, or the error that it is missing.
#[doc(hidden)]
pub fn missing_field<'de, T: Deserialize<'de>, E: Error>(name: &'static str) -> Result<T, E> {
    T::deserialize(Missing {
        name,
        error: PhantomData,
    })
}

struct Missing<E> {
    name: &'static str,
    error: PhantomData<fn() -> E>,
}

impl<'de, E: Error> Deserializer<'de> for Missing<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.name))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_str, json, to_value};

    use crate::{Extra, Secret};

    #[derive(Debug, serde::Serialize)]
    struct Own {
        id: i64,
        name: Option<String>,
        secret: Option<Secret>,
        #[serde(flatten)]
        extra: Extra,
    }

    deserialize_record!(Own {
        id: "id",
        name: "name",
        secret: "secret"
    });

    #[derive(Debug, serde::Serialize, serde::Deserialize)]
    struct Derived {
        id: i64,
        name: Option<String>,
        secret: Option<Secret>,
        #[serde(flatten)]
        extra: Extra,
    }

    #[test]
    fn a_record_is_read_as_serde_derives_it() {
        for text in [
            r#"{"id":1}"#,
            r#"{"id":1,"name":null,"secret":"CANARY"}"#,
            r#"{"new":{"a":[null,2.5]},"name":"n","id":-1,"other":18446744073709551615}"#,
            r#"{"id":1,"new":1,"new":2,"":{},"Unknown":[]}"#,
            r#"{"id":1,"n\u0061me":"n","extra":{"extra":1}}"#,
        ] {
            let own = to_value(from_str::<Own>(text).unwrap()).unwrap();
            assert_eq!(
                own,
                to_value(from_str::<Derived>(text).unwrap()).unwrap(),
                "{text}"
            );
        }
        for text in [
            "{}",
            r#"{"id":null}"#,
            r#"{"id":"1"}"#,
            r#"{"id":1,"name":2}"#,
            r#"{"id":1,"id":1}"#,
            r#"{"id":1,"secret":["CANARY"]}"#,
            r#"{"id":1,"new":}"#,
            r#"{"id":1,"new":[1"#,
            "[]",
            "[1]",
            "null",
            "1",
        ] {
            let own = from_str::<Own>(text).unwrap_err().to_string();
            let derived = from_str::<Derived>(text).unwrap_err().to_string();
            assert_eq!(own.replace("Own", "Derived"), derived, "{text}");
        }
        let value = json!({"id": 1, "new": {"a": true}});
        let own: Own = serde_json::from_value(value.clone()).unwrap();
        let derived: Derived = serde_json::from_value(value).unwrap();
        assert_eq!(to_value(own).unwrap(), to_value(derived).unwrap());
    }
}
