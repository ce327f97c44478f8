//! How many requests are left in this minute.

use reqwest::header::HeaderMap;

use super::finding::{Check, Finding};

const CHECK: Check = Check::new("support", "rate limit");

/// The names under which Zendesk says it, with those of older answers.
const HEADERS: [(&str, &str); 3] = [
    ("x-rate-limit", "x-rate-limit-remaining"),
    ("ratelimit-limit", "ratelimit-remaining"),
    ("rate-limit", "rate-limit-remaining"),
];

/// What the headers of an answer say.
pub(super) fn finding(headers: &HeaderMap) -> Finding {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<u64>().ok();
    let found = HEADERS
        .into_iter()
        .find_map(|(limit, left)| Some((number(limit)?, number(left)?)));
    let Some((limit, left)) = found else {
        return CHECK.skipped("the answers do not say how many requests are allowed");
    };
    let says = format!("{left} of {limit} requests a minute are left");
    let finding = if left.saturating_mul(10) < limit {
        CHECK
            .warning(says)
            .advise("others use this account's requests up: space them, or ask Zendesk for more")
    } else {
        CHECK.ok(says)
    };
    finding.fact("limit", limit).fact("remaining", left)
}

#[cfg(test)]
mod tests {
    use super::super::finding::Status;
    use super::*;

    fn status(pairs: &[(&'static str, &'static str)]) -> Status {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().expect("a value"));
        }
        finding(&headers).status
    }

    #[test]
    fn little_that_is_left_is_a_warning() {
        let left = |left| status(&[("x-rate-limit", "700"), ("x-rate-limit-remaining", left)]);
        assert_eq!(left("700"), Status::Ok);
        assert_eq!(left("69"), Status::Warning);
        assert_eq!(left("many"), Status::Skipped);
        let old = [("rate-limit", "400"), ("rate-limit-remaining", "400")];
        assert_eq!(status(&old), Status::Ok);
        assert_eq!(status(&[]), Status::Skipped);
    }
}
