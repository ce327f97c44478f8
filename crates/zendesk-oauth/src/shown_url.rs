//! `ShownUrl`: what of a URL may be printed.

use std::fmt;

use reqwest::Url;

/// Prints scheme and host of a URL: the rest may hold what is secret.
pub(crate) struct ShownUrl<'a>(pub(crate) &'a str);

impl fmt::Display for ShownUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Url::parse(self.0) {
            Ok(url) => write!(
                f,
                "{}://{}",
                url.scheme(),
                url.host_str().unwrap_or_default()
            ),
            Err(_) => f.write_str("[not shown]"),
        }
    }
}

impl fmt::Debug for ShownUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::ShownUrl;

    #[test]
    fn nothing_but_scheme_and_host_is_shown() {
        for (url, shown) in [
            ("https://a.example:1/p?q#f", "https://a.example"),
            ("https://user:word@a.example/", "https://a.example"),
            ("http://[::1]:8080/", "http://[::1]"),
            ("com.example.app:/callback", "com.example.app://"),
            ("/callback", "[not shown]"),
            ("", "[not shown]"),
        ] {
            assert_eq!(format!("{:?}", ShownUrl(url)), shown);
        }
    }
}
