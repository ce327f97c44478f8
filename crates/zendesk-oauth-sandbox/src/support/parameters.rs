//! Parameters of a query or path that are not text.

use super::errors::invalid_attribute;
use crate::http::{Answer, Call, Query};

/// An id in the path.
pub(super) fn path_id(call: &Call<'_>, name: &'static str) -> Result<i64, Answer> {
    let parsed = call.parameter(name).parse();
    parsed.map_err(|_| invalid_attribute(name, "must be an integer"))
}

/// An id in the query.
pub(super) fn id(query: &Query<'_>, name: &'static str) -> Result<Option<i64>, Answer> {
    let parsed = query.get(name).map(str::parse).transpose();
    parsed.map_err(|_| invalid_attribute(name, "must be an integer"))
}

/// `true` or `false`; false if it is not sent.
pub(super) fn flag(query: &Query<'_>, name: &'static str) -> Result<bool, Answer> {
    match query.get(name) {
        None | Some("false" | "0") => Ok(false),
        Some("true" | "1") => Ok(true),
        Some(_) => Err(invalid_attribute(name, "must be true or false")),
    }
}
