//! What a bearer token says of itself: its scopes, and until when it works.

use jiff::Timestamp;
use serde_json::Value;

use super::finding::{Check, Finding};
use crate::account::time::Moment;
use crate::failure::Kind;
use crate::migrate::wide;

/// Where a token sees its own record, with whatever scopes.
pub(super) const CURRENT: &str = "/api/v2/oauth/tokens/current.json";

/// The checks of an area's token.
pub(super) struct Checks {
    pub(super) scopes: Check,
    pub(super) expiry: Check,
    pub(super) refresh: Check,
    /// How to get another one.
    pub(super) another: String,
}

impl Checks {
    pub(super) fn of(area: &'static str, another: impl Into<String>) -> Self {
        Self {
            scopes: Check::new(area, "scopes"),
            expiry: Check::new(area, "expiry"),
            refresh: Check::new(area, "refresh token"),
            another: another.into(),
        }
    }
}

/// Whether the record has no end.
pub(super) fn is_endless(body: &[u8]) -> bool {
    let token = record(body);
    token["id"].is_i64() && token["expires_at"].is_null()
}

fn record(body: &[u8]) -> Value {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    body.get("token").cloned().unwrap_or_default()
}

/// The findings of the answer of [`CURRENT`].
pub(super) fn findings(checks: &Checks, body: &[u8], now: Timestamp) -> Vec<Finding> {
    let token = record(body);
    vec![
        scopes(checks.scopes, &token),
        expiry(checks, &token, now),
        refresh(checks, &token, now),
    ]
}

fn scopes(check: Check, token: &Value) -> Finding {
    let Some(scopes) = token["scopes"].as_array() else {
        return check.skipped("the token does not say its scopes");
    };
    let scopes: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
    let wide = wide(&scopes);
    let shown = scopes.join(" ");
    let finding = if wide.is_empty() {
        check.ok(shown)
    } else {
        check
            .warning(format!("{shown}: {} allows much", wide.join(" and ")))
            .advise("get a token with narrower scopes, such as tickets:write")
    };
    finding.fact("scopes", scopes)
}

fn expiry(checks: &Checks, token: &Value, now: Timestamp) -> Finding {
    let check = checks.expiry;
    let end = match moment(&token["expires_at"]) {
        Moment::At(end) => end,
        Moment::Unreadable => {
            return check.skipped("`expires_at` of the token is no time that can be read");
        }
        Moment::Never => {
            return check.warning("the token never expires").advise(format!(
                "who gets hold of it has it for ever: {}",
                checks.another
            ));
        }
    };
    let seconds = end.as_second().saturating_sub(now.as_second());
    let finding = if seconds <= 0 {
        check
            .problem(Kind::Auth, format!("the token ended at {end}"))
            .advise(&checks.another)
    } else {
        check.ok(format!("the token works until {end}, {}", lasting(seconds)))
    };
    finding.fact("expires_at", end.to_string())
}

fn refresh(checks: &Checks, token: &Value, now: Timestamp) -> Finding {
    let check = checks.refresh;
    let end = match moment(&token["refresh_token_expires_at"]) {
        Moment::At(end) => end,
        Moment::Never => return check.skipped("there is no refresh token"),
        Moment::Unreadable => {
            let what = "`refresh_token_expires_at` of the token is no time that can be read";
            return check.skipped(what);
        }
    };
    let seconds = end.as_second().saturating_sub(now.as_second());
    let finding = if seconds <= 0 {
        check
            .problem(Kind::Auth, format!("the refresh token ended at {end}"))
            .advise(&checks.another)
    } else if seconds < 3 * 86_400 {
        check
            .warning(format!(
                "the refresh token works for {} only",
                lasting(seconds)
            ))
            .advise("run any command with this login before that: each refresh brings a new one")
    } else {
        check.ok(format!("the refresh token works for {}", lasting(seconds)))
    };
    finding.fact("refresh_token_expires_at", end.to_string())
}

fn moment(value: &Value) -> Moment {
    match value {
        Value::Null => Moment::Never,
        Value::String(written) => Moment::of(Some(&written.as_str().into())),
        _ => Moment::Unreadable,
    }
}

pub(super) fn lasting(seconds: i64) -> String {
    match seconds {
        172_800.. => format!("{} days", seconds / 86_400),
        7_200.. => format!("{} hours", seconds / 3_600),
        120.. => format!("{} minutes", seconds / 60),
        _ => format!("{} seconds", seconds.max(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Status;
    use super::*;

    fn statuses(body: &str) -> Vec<Status> {
        let now = "2026-11-02T09:00:00Z".parse().expect("an instant");
        let found = findings(
            &Checks::of("support", "run `zendesk-oauth login`"),
            body.as_bytes(),
            now,
        );
        found.iter().map(|it| it.status).collect()
    }

    #[test]
    fn wide_scopes_and_no_end_are_warnings() {
        let body = r#"{"token":{"id":1,"scopes":["read","write"],"expires_at":null}}"#;
        let expected = [Status::Warning, Status::Warning, Status::Skipped];
        assert_eq!(statuses(body), expected);
        assert!(is_endless(body.as_bytes()));
    }

    #[test]
    fn a_login_that_lapses_soon_is_a_warning() {
        let body = r#"{"token":{"id":1,"scopes":["read"],"expires_at":"2026-11-02T09:20:00Z",
            "refresh_token_expires_at":"2026-11-04T09:00:00Z"}}"#;
        assert_eq!(statuses(body), [Status::Ok, Status::Ok, Status::Warning]);
        assert!(!is_endless(body.as_bytes()));
    }

    #[test]
    fn an_end_that_cannot_be_read_is_neither_there_nor_missing() {
        for end in [r#""soon""#, "5", "[]"] {
            let body = format!(
                r#"{{"token":{{"id":1,"scopes":["read"],"expires_at":{end},"refresh_token_expires_at":{end}}}}}"#
            );
            let now = "2026-11-02T09:00:00Z".parse().expect("an instant");
            let found = findings(&Checks::of("support", "log in"), body.as_bytes(), now);
            for finding in &found[1..] {
                assert_eq!(finding.status, Status::Skipped, "{body}");
                assert!(finding.says.contains("can be read"), "{body}");
            }
            assert!(!is_endless(body.as_bytes()));
        }
    }

    #[test]
    fn nothing_panics_on_nonsense() {
        for body in [
            "",
            "[]",
            "1",
            r#"{"token":7}"#,
            r#"{"token":{"expires_at":5}}"#,
        ] {
            assert_eq!(statuses(body).len(), 3, "{body}");
            assert!(!is_endless(body.as_bytes()));
        }
    }
}
