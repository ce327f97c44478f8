//! Records in order of their id, and in other orders as soon as somebody asks for one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a table needs to know of its records.
pub(crate) trait Record {
    fn id(&self) -> i64;

    /// The user to whom the record belongs.
    fn owner(&self) -> i64 {
        0
    }

    /// A name that no other record of the table may have.
    fn unique_name(&self) -> Option<&str> {
        None
    }

    fn sort_key(&self, field: Field) -> SortKey;

    /// The fields that a list can be sorted by.
    const SORTABLE: &'static [Field];

    /// The record may be another than before: forget what was worked out from it.
    fn changed(&mut self) {}
}

/// A member that lists sort by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Field {
    Id,
    Name,
    Identifier,
    CreatedAt,
    UpdatedAt,
}

impl Field {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Identifier => "identifier",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }
}

/// A field, and the direction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Order {
    pub(crate) field: Field,
    pub(crate) descending: bool,
}

/// What a record has in a field. Equal keys are told apart by the id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum SortKey {
    Number(i64),
    Text(String),
}

/// The place of a record in an order.
pub(crate) type Place = (SortKey, i64);

/// Which records a list is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Scope {
    All,
    OwnedBy(i64),
}

/// Which of the records in scope a list has, if not all.
pub(crate) type Filter<'a, T> = Option<&'a dyn Fn(&T) -> bool>;

/// Records by id, by unique name and in the orders that were asked for.
#[derive(Clone)]
pub(crate) struct Table<T> {
    rows: BTreeMap<i64, T>,
    names: HashMap<String, i64>,
    /// Made when first needed, kept up to date from then on.
    orders: HashMap<(Scope, Field), BTreeSet<Place>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            rows: BTreeMap::new(),
            names: HashMap::new(),
            orders: HashMap::new(),
        }
    }
}

impl<T: Record> Table<T> {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn get(&self, id: i64) -> Option<&T> {
        self.rows.get(&id)
    }

    pub(crate) fn by_name(&self, name: &str) -> Option<&T> {
        self.rows.get(self.names.get(name)?)
    }

    /// Every record, by id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.rows.values()
    }

    /// Adds a record, or puts it in the place of the one with its id.
    pub(crate) fn insert(&mut self, row: T) {
        self.remove(row.id());
        for ((scope, field), order) in &mut self.orders {
            if scope.holds(&row) {
                order.insert((row.sort_key(*field), row.id()));
            }
        }
        if let Some(name) = row.unique_name() {
            self.names.insert(name.to_owned(), row.id());
        }
        self.rows.insert(row.id(), row);
    }

    pub(crate) fn remove(&mut self, id: i64) -> Option<T> {
        let row = self.rows.remove(&id)?;
        for ((scope, field), order) in &mut self.orders {
            if scope.holds(&row) {
                order.remove(&(row.sort_key(*field), id));
            }
        }
        if let Some(name) = row.unique_name() {
            self.names.remove(name);
        }
        Some(row)
    }

    /// Changes a record, and its place in every order with it.
    pub(crate) fn update(&mut self, id: i64, change: impl FnOnce(&mut T)) -> Option<&T> {
        let mut row = self.remove(id)?;
        change(&mut row);
        row.changed();
        self.insert(row);
        self.get(id)
    }

    /// Changes what neither the place of a record nor its name depends on.
    pub(crate) fn touch(&mut self, id: i64, change: impl FnOnce(&mut T)) {
        if let Some(row) = self.rows.get_mut(&id) {
            change(row);
        }
    }

    /// How many records a list has.
    pub(crate) fn count(&mut self, scope: Scope, filter: Filter<'_, T>) -> usize {
        match (scope, filter) {
            (Scope::All, None) => self.rows.len(),
            (Scope::All, Some(keep)) => self.rows.values().filter(|row| keep(row)).count(),
            (Scope::OwnedBy(_), None) => self.order(scope, Field::Id).0.len(),
            (Scope::OwnedBy(_), Some(keep)) => {
                let (places, rows) = self.order(scope, Field::Id);
                let kept = places.iter().filter_map(|(_, id)| rows.get(id));
                kept.filter(|row| keep(row)).count()
            }
        }
    }

    /// The records behind `after` in that order, or from its beginning.
    pub(crate) fn after(
        &mut self,
        scope: Scope,
        filter: Filter<'_, T>,
        order: Order,
        after: Option<&Place>,
        skip: usize,
        limit: usize,
    ) -> Vec<&T> {
        let keep = |row: &&T| filter.is_none_or(|keep| keep(row));
        if scope == Scope::All && order.field == Field::Id {
            let rows = &self.rows;
            return match (after, order.descending) {
                (None, false) => part(rows.values().filter(keep), skip, limit),
                (None, true) => part(rows.values().rev().filter(keep), skip, limit),
                (Some((_, id)), false) => {
                    let range = rows.range((Bound::Excluded(*id), Bound::Unbounded));
                    part(range.map(|(_, row)| row).filter(keep), skip, limit)
                }
                (Some((_, id)), true) => {
                    let range = rows.range(..*id).rev();
                    part(range.map(|(_, row)| row).filter(keep), skip, limit)
                }
            };
        }
        let (places, rows) = self.order(scope, order.field);
        let row = |(_, id): &Place| rows.get(id).filter(keep);
        match (after, order.descending) {
            (None, false) => part(places.iter().filter_map(row), skip, limit),
            (None, true) => part(places.iter().rev().filter_map(row), skip, limit),
            (Some(place), false) => {
                let range = places.range((Bound::Excluded(place.clone()), Bound::Unbounded));
                part(range.filter_map(row), skip, limit)
            }
            (Some(place), true) => {
                let range = places.range(..place.clone()).rev();
                part(range.filter_map(row), skip, limit)
            }
        }
    }

    fn order(&mut self, scope: Scope, field: Field) -> (&BTreeSet<Place>, &BTreeMap<i64, T>) {
        let rows = &self.rows;
        let places = self.orders.entry((scope, field)).or_insert_with(|| {
            let rows = rows.values().filter(|row| scope.holds(*row));
            rows.map(|row| (row.sort_key(field), row.id())).collect()
        });
        (places, rows)
    }
}

fn part<'a, T>(rows: impl Iterator<Item = &'a T>, skip: usize, limit: usize) -> Vec<&'a T> {
    let mut part = Vec::with_capacity(limit);
    part.extend(rows.skip(skip).take(limit));
    part
}

impl Scope {
    fn holds<T: Record>(self, row: &T) -> bool {
        match self {
            Self::All => true,
            Self::OwnedBy(user) => row.owner() == user,
        }
    }
}

impl<T: Record> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut table = Self::default();
        for row in rows {
            table.insert(row);
        }
        table
    }
}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.values())
    }
}

impl<'de, T: Record + Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = Vec::<T>::deserialize(deserializer)?;
        Ok(rows.into_iter().collect())
    }
}
