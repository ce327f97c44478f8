//! Tests that cross the client crates. Those of one document are in its crate and in `tests/suite`.

mod json_schemas;
