//! One request, read as far as a room needs it.

use std::borrow::Cow;

use axum::http::{HeaderMap, Method, Uri, header};
use bytes::Bytes;
use jiff::Timestamp;

use super::Query;
use crate::auth::Caller;

/// A request with its path parameters and with who makes it.
pub(crate) struct Call<'a> {
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
    /// Scheme and host of the sandbox, as the caller wrote them: what links start with.
    pub(crate) base: &'a str,
    pub(crate) parameters: Parameters<'a>,
    pub(crate) caller: Caller,
    /// The virtual time, in whole seconds.
    pub(crate) now: Timestamp,
}

impl Call<'_> {
    /// The query of the URL.
    pub(crate) fn query(&self) -> Query<'_> {
        Query::parse(self.uri.query().unwrap_or_default().as_bytes())
    }

    /// A path parameter, decoded; empty when the path has none of that name.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name)
    }

    /// A header's text, if it is text.
    pub(crate) fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Whether the body calls itself JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.media_type().is_some_and(|media_type| {
            media_type.eq_ignore_ascii_case("application/json")
                || media_type.to_ascii_lowercase().ends_with("+json")
        })
    }

    /// Whether the body calls itself a form.
    pub(crate) fn is_form(&self) -> bool {
        self.media_type()
            .is_some_and(|it| it.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
    }

    fn media_type(&self) -> Option<&str> {
        let text = self.header(header::CONTENT_TYPE)?;
        text.split(';').next().map(str::trim)
    }
}

/// Path parameters, percent-decoded.
#[derive(Default)]
pub(crate) struct Parameters<'a> {
    found: [(&'a str, Cow<'a, str>); Parameters::MOST],
    count: usize,
}

impl<'a> Parameters<'a> {
    /// No path has more.
    pub(crate) const MOST: usize = 3;

    pub(crate) fn push(&mut self, name: &'a str, value: Cow<'a, str>) {
        if let Some(free) = self.found.get_mut(self.count) {
            *free = (name, value);
            self.count += 1;
        }
    }

    fn get(&self, name: &str) -> &str {
        let mut found = self.found[..self.count].iter();
        let found = found.find(|(key, _)| *key == name);
        found.map_or("", |(_, value)| value)
    }
}
