//! `CallbackQuery`: the parameters with which a browser comes back.

use percent_encoding::percent_decode_str;
use zendesk_oauth_core::Secret;

/// The parameters of a callback that are not empty: RFC 6749, 3.1 takes an empty one for none.
pub(crate) struct CallbackQuery(Vec<(String, Value)>);

/// A value, unless it is no UTF-8, which the form of RFC 6749, appendix B demands.
type Value = Option<Secret>;

/// Why a parameter cannot be taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unclear {
    /// It comes twice, which RFC 6749, 3.1 forbids.
    Repeated,
    /// It is no UTF-8.
    NotUtf8,
}

impl CallbackQuery {
    /// Reads a URL, its path with the query, or the query alone.
    pub(crate) fn read(callback: &str) -> Self {
        let pairs = query_of(callback).split('&').filter_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            // A name that cannot be read is none that is asked for.
            let name = decoded(name)?;
            (!value.is_empty()).then(|| (name, decoded(value).map(Secret::from)))
        });
        Self(pairs.collect())
    }

    /// The value of a parameter, which may come once.
    pub(crate) fn one(&self, parameter: &str) -> Result<Option<&Secret>, Unclear> {
        let mut values = self.0.iter().filter(|(name, _)| name == parameter);
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some((_, None)), None) => Err(Unclear::NotUtf8),
            (Some((_, Some(value))), None) => Ok(Some(value)),
            (Some(_), Some(_)) => Err(Unclear::Repeated),
        }
    }
}

/// The query of a URL or of a path; else the text is the query itself.
///
/// Names of parameters come before any `?`, so that what stands before one without `=` and `&` is
/// an address, as is what begins as one.
fn query_of(callback: &str) -> &str {
    let text = callback.split('#').next().unwrap_or_default();
    match text.split_once('?') {
        Some((address, query)) if !address.contains(['=', '&']) || is_address(address) => query,
        None if is_address(text) => "",
        _ => text,
    }
}

/// A path, or a scheme (RFC 3986, 3.1) with a path or a host.
fn is_address(text: &str) -> bool {
    let is_scheme = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    text.starts_with('/')
        || text
            .split_once(":/")
            .is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// The decoding of forms (RFC 6749, appendix B); nothing if the outcome is no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    let text = percent_decode_str(&text).decode_utf8().ok()?;
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(callback: &str) -> Result<Option<String>, Unclear> {
        let query = CallbackQuery::read(callback);
        let value = query.one("code")?;
        Ok(value.map(|value| value.expose().to_owned()))
    }

    #[test]
    fn urls_paths_and_queries_are_told_apart() {
        for callback in [
            "https://app.example.com/callback?code=a%2Bb+c",
            "https://app.example.com/a=b&c?x=1&code=a%2Bb%20c#code=no",
            "https://app.example.com?code=a%2Bb+c",
            "com.example.app:/callback?code=a%2Bb+c",
            "com.example.app:callback?code=a%2Bb+c",
            "/callback?code=a%2Bb+c",
            "/a=b?code=a%2Bb+c",
            "callback?code=a%2Bb+c",
            "?code=a%2Bb+c",
            "code=a%2Bb+c",
            "%63ode=a%2Bb+c",
            "a:b=1&code=a%2Bb+c",
            "a:b=1&code=a%2Bb+c&from=x?y",
            "from=https://x/?y&code=a%2Bb+c",
            "from=/x?y&code=a%2Bb+c&code=",
        ] {
            assert_eq!(one(callback), Ok(Some("a+b c".to_owned())), "{callback}");
        }
        for none in [
            "",
            "?",
            "code",
            "code=",
            "Code=a",
            "#code=a",
            "/code=a",
            "https://app.example.com/code=a",
            "com.example.app:/code=a",
        ] {
            assert_eq!(one(none), Ok(None), "{none}");
        }
    }

    #[test]
    fn what_comes_twice_or_is_no_text_is_unclear() {
        assert_eq!(one("code=a&code=a"), Err(Unclear::Repeated));
        assert_eq!(one("code=%ff&code=a"), Err(Unclear::Repeated));
        assert_eq!(one("code=%ff"), Err(Unclear::NotUtf8));
        assert_eq!(one("%ff=1&code=a&x=%ff"), Ok(Some("a".to_owned())));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_panics(callback in "(code=a|error=|https?:|/cb|%f|[a-z]|[&?#%/:+=.]|\\PC){0,12}") {
            let _ = one(&callback);
        }

        #[test]
        fn any_code_comes_back_as_it_was_sent(code in ".{1,80}", kept in ".{0,20}") {
            let parameters = [("kept", kept.as_str()), ("code", &code)];
            let url = reqwest::Url::parse_with_params("https://app.example.com/cb", parameters);
            let url = url.unwrap();
            prop_assert_eq!(one(url.as_str()), Ok(Some(code.clone())));
            prop_assert_eq!(one(url.query().unwrap()), Ok(Some(code)));
        }
    }
}
