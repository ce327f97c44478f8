//! Which members of a record a table shows, if nobody says otherwise.

/// The columns of a table of records: names of members, in order. A dot leads inside: `meta.count`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape(pub(crate) &'static [&'static str]);
