//! The path and query of a request.

use axum::http::Uri;

/// Longer paths and longer queries are not remembered.
const LONGEST: usize = 16 * 1024;

/// A path and a query in memory of their own: those of a request are part of all that its connection has
/// received at once, and would keep that.
#[derive(Clone)]
pub(crate) struct Target {
    text: Box<str>,
    path: usize,
}

impl Target {
    pub(crate) fn of(uri: &Uri) -> Self {
        let (path, query) = (uri.path(), uri.query());
        // Neither is shown then: no path of ours is so long, and what stands alone in a query is hidden.
        let path = if path.len() <= LONGEST {
            path
        } else {
            "/\u{2026}"
        };
        let text = match query {
            None => path.into(),
            Some(query) if query.len() <= LONGEST => [path, query].concat().into_boxed_str(),
            Some(_) => [path, "\u{2026}"].concat().into_boxed_str(),
        };
        Self {
            text,
            path: path.len(),
        }
    }

    pub(super) fn path(&self) -> &str {
        &self.text[..self.path]
    }

    pub(super) fn query(&self) -> &str {
        &self.text[self.path..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String) {
        let target = Target::of(&text.parse().unwrap());
        (target.path().to_owned(), target.query().to_owned())
    }

    #[test]
    fn path_and_query_are_kept_unless_they_are_very_long() {
        let own = |path: &str, query: &str| (path.to_owned(), query.to_owned());
        assert_eq!(parts("/a"), own("/a", ""));
        assert_eq!(parts("/a?b=c"), own("/a", "b=c"));
        assert_eq!(parts("http://a.example/b?c"), own("/b", "c"));
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(parts(&format!("/a?b={long}")), own("/a", "…"));
        assert_eq!(parts(&format!("/{long}?b=c")), own("/…", "b=c"));
    }
}
