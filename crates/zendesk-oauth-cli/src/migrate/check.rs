//! The calls that are to work as before.

use std::path::Path;

use reqwest::Method;

use crate::failure::Failure;

/// A call that a person named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Check {
    pub(super) method: Method,
    /// With its query.
    pub(super) path: String,
}

impl Check {
    /// Only what reads is made: twice, once with each credential.
    pub(super) fn is_made(&self) -> bool {
        self.method == Method::GET
    }

    pub(super) fn text(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Reads `GET /api/v2/tickets.json`.
    fn parse(text: &str) -> Result<Self, String> {
        let form = "write it as `GET /api/v2/tickets.json`";
        let mut words = text.split_whitespace();
        let (Some(method), Some(path), None) = (words.next(), words.next(), words.next()) else {
            return Err(format!("{text:?} is no call: {form}"));
        };
        let methods = [
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ];
        let Some(method) = methods.into_iter().find(|it| it.as_str() == method) else {
            return Err(format!("{text:?} has no method that is known: {form}"));
        };
        if !path.starts_with("/api/") {
            return Err(format!(
                "{text:?} has no path of the API, which begins with /api/: {form}"
            ));
        }
        // A GET of ZIS may refresh or exchange: it is not safe to try.
        for (start, area) in [("/api/services/", "ZIS"), ("/api/v2/chat/", "Chat")] {
            if path.starts_with(start) {
                return Err(format!(
                    "{text:?} is a call of {area}, which takes tokens of its own, and no API token: leave it out"
                ));
            }
        }
        Ok(Self {
            method,
            path: path.to_owned(),
        })
    }
}

/// Those of the arguments, then those of the file.
pub(super) fn read(given: &[String], file: Option<&Path>) -> Result<Vec<Check>, Failure> {
    let mut checks = Vec::new();
    for text in given {
        let check = Check::parse(text).map_err(|it| Failure::usage(format!("--check: {it}")))?;
        if !check.is_made() {
            return Err(Failure::usage(format!(
                "--check: {text:?} is no GET, and only what reads is tried; in a file of --checks it would be \
                 described"
            )));
        }
        checks.push(check);
    }
    if let Some(file) = file {
        let shown = file.display();
        let unreadable = |error| Failure::usage_because(format!("{shown} cannot be read"), error);
        // To open a pipe is to wait for who writes into it.
        if !file.metadata().map_err(unreadable)?.is_file() {
            return Err(Failure::usage(format!(
                "--checks: {shown} is no file; write the calls into one"
            )));
        }
        let text = std::fs::read_to_string(file).map_err(unreadable)?;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let check = Check::parse(line);
            checks.push(
                check
                    .map_err(|it| Failure::usage(format!("{shown}, line {}: {it}", number + 1)))?,
            );
        }
    }
    Ok(checks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_a_method_and_a_path() {
        let check = Check::parse(" GET  /api/v2/tickets.json?page[size]=1 ").expect("a call");
        assert_eq!(check.text(), "GET /api/v2/tickets.json?page[size]=1");
        for bad in [
            "",
            "GET",
            "get /api/v2/tickets",
            "/api/v2/tickets",
            "GET https://acme.zendesk.com/api/v2/tickets",
            "GET //evil.example/api/",
            "GET /api/v2/tickets now",
        ] {
            assert!(Check::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_get_that_changes_something_is_refused() {
        let refused = Check::parse("GET /api/services/zis/connections/refresh/x?name=y");
        assert!(refused.expect_err("refused").contains("ZIS"));
    }

    #[test]
    fn what_writes_is_refused_as_an_argument() {
        let refused = read(&["DELETE /api/v2/tickets/1".to_owned()], None);
        assert!(refused.expect_err("refused").to_string().contains("no GET"));
    }
}
