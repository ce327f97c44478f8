//! What is within lists and mappings; each adds its step to the path of an error.

use serde::de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess};

use super::Reader;
use super::error::Error;
use crate::seed::node::{Key, Node};
use crate::seed::path::Step;

pub(super) struct Items<'de>(std::iter::Enumerate<std::slice::Iter<'de, Node>>);

impl<'de> Items<'de> {
    pub(super) fn of(items: &'de [Node]) -> Self {
        Self(items.iter().enumerate())
    }
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some((index, node)) = self.0.next() else {
            return Ok(None);
        };
        let read = seed.deserialize(Reader(node));
        let located = |error: Error| error.placed(node.place).within(Step::Index(index));
        read.map(Some).map_err(located)
    }
}

pub(super) struct Entries<'de> {
    entries: std::slice::Iter<'de, (Key, Node)>,
    /// The entry whose value is to be read.
    entry: Option<&'de (Key, Node)>,
}

impl<'de> Entries<'de> {
    pub(super) fn of(entries: &'de [(Key, Node)]) -> Self {
        Self {
            entries: entries.iter(),
            entry: None,
        }
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.entry = self.entries.next();
        let Some((key, _)) = self.entry else {
            return Ok(None);
        };
        let read = seed.deserialize((&*key.text).into_deserializer());
        read.map(Some)
            .map_err(|error: Error| error.placed(key.place))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some((key, node)) = self.entry.take() else {
            return Err(Error::custom("a value was asked for before its key"));
        };
        let located = |error: Error| {
            let step = Step::Key(key.text.to_string());
            error.placed(node.place).within(step)
        };
        seed.deserialize(Reader(node)).map_err(located)
    }
}
