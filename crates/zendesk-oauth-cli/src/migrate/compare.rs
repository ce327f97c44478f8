//! The same call with the old and the new credentials.

use reqwest::{Method, StatusCode};
use serde::Serialize;
use zendesk_oauth_core::Transport;
use zendesk_oauth_core::client::Response;

use super::check::Check;
use crate::account::answer;
use crate::who::missing_scopes;

/// What trying a call came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    /// Both get the same, and it is an answer.
    Same,
    /// Both get the same refusal, as a path that is wrong does.
    Unproven,
    /// The new token has not the scopes.
    MissingScopes,
    /// They get different statuses.
    Differs,
    /// One of them got no answer that says anything: too many requests, a server error, no answer.
    Undecided,
    /// Not made.
    Described,
    /// Made with the old credentials only: a dry run.
    Planned,
}

/// A call that was tried.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Compared {
    pub(super) call: String,
    pub(super) before: Option<u16>,
    pub(super) after: Option<u16>,
    pub(super) outcome: Outcome,
    pub(super) missing_scopes: Vec<String>,
    pub(super) says: String,
}

impl Compared {
    /// Whether the new way does it as well.
    pub(super) fn is_proven(&self) -> bool {
        matches!(
            self.outcome,
            Outcome::Same | Outcome::Described | Outcome::Planned
        )
    }
}

/// What one credential got.
#[derive(Clone, Debug, Default)]
pub(super) struct Got {
    status: Option<u16>,
    missing_scopes: Vec<String>,
    failure: Option<String>,
}

/// Makes the call, if it reads.
pub(super) async fn got(transport: &Transport, check: &Check) -> Got {
    if !check.is_made() {
        return Got::default();
    }
    match answer(transport, Method::GET, &check.path, None).await {
        Ok(answer) => Got::of(&answer),
        Err(failure) => Got {
            failure: Some(failure.to_string()),
            ..Got::default()
        },
    }
}

impl Got {
    fn of(answer: &Response) -> Self {
        Self {
            status: Some(answer.status().as_u16()),
            missing_scopes: missing_scopes(answer).unwrap_or_default(),
            failure: None,
        }
    }
}

/// Before only, as in a dry run.
pub(super) fn planned(check: &Check, before: &Got) -> Compared {
    let (outcome, says) = if check.is_made() {
        let says = match &before.failure {
            Some(failure) => failure.clone(),
            None => "would be made with the new token, too".to_owned(),
        };
        (Outcome::Planned, says)
    } else {
        (Outcome::Described, described(check))
    };
    Compared {
        call: check.text(),
        before: before.status,
        after: None,
        outcome,
        missing_scopes: Vec::new(),
        says,
    }
}

/// The decision.
pub(super) fn compared(check: &Check, before: &Got, after: &Got) -> Compared {
    let mut missing = Vec::new();
    let (outcome, says) = if check.is_made() {
        match (before.status, after.status) {
            (Some(old), Some(new)) if says_nothing(old) || says_nothing(new) => (
                Outcome::Undecided,
                "such an answer says nothing of credentials: run it again later".to_owned(),
            ),
            (Some(old), Some(new)) if old == new && is_success(old) => {
                (Outcome::Same, "as before".to_owned())
            }
            (Some(old), Some(new)) if old == new => (
                Outcome::Unproven,
                format!("both get {old}, which proves nothing: is the path right?"),
            ),
            (Some(_), Some(403)) if !after.missing_scopes.is_empty() => {
                missing.clone_from(&after.missing_scopes);
                let names = missing.join(" ");
                (
                    Outcome::MissingScopes,
                    format!("the new token lacks the scope {names}: add --scope {names}"),
                )
            }
            (Some(old), Some(new)) => (
                Outcome::Differs,
                format!("the API token gets {old}, the new token {new}"),
            ),
            _ => {
                let failures = [&before.failure, &after.failure];
                let failure = failures.into_iter().flatten().next();
                (Outcome::Undecided, failure.cloned().unwrap_or_default())
            }
        }
    } else {
        (Outcome::Described, described(check))
    };
    Compared {
        call: check.text(),
        before: before.status,
        after: after.status,
        outcome,
        missing_scopes: missing,
        says,
    }
}

fn says_nothing(status: u16) -> bool {
    status == 429 || status >= 500
}

fn is_success(status: u16) -> bool {
    StatusCode::from_u16(status).is_ok_and(|it| it.is_success())
}

/// What a call that is not made would need, by the names of Zendesk's scopes.
fn described(check: &Check) -> String {
    let path = check.path.strip_prefix("/api/v2/").unwrap_or_default();
    let end = path.find(['/', '.', '?']).unwrap_or(path.len());
    let resource = format!("{}:write", &path[..end]);
    let scope = match super::scopes::is_documented(&resource) {
        true => format!("{resource} (or write)"),
        false => "write".to_owned(),
    };
    format!("not made, as it changes something; it probably needs the scope {scope}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(old: u16, new: u16, missing: &[&str]) -> Outcome {
        let checks = super::super::check::read(&["GET /api/v2/tickets".to_owned()], None);
        let got = |status, missing: &[&str]| Got {
            status: Some(status),
            missing_scopes: missing.iter().map(|it| (*it).to_owned()).collect(),
            failure: None,
        };
        let checks = checks.expect("a call");
        compared(&checks[0], &got(old, &[]), &got(new, missing)).outcome
    }

    #[test]
    fn statuses_decide() {
        assert_eq!(outcome(200, 200, &[]), Outcome::Same);
        assert_eq!(outcome(404, 404, &[]), Outcome::Unproven);
        assert_eq!(outcome(403, 403, &[]), Outcome::Unproven);
        assert_eq!(outcome(200, 403, &["read"]), Outcome::MissingScopes);
        assert_eq!(outcome(200, 403, &[]), Outcome::Differs);
        assert_eq!(outcome(200, 404, &[]), Outcome::Differs);
        assert_eq!(outcome(429, 429, &[]), Outcome::Undecided);
        assert_eq!(outcome(200, 503, &[]), Outcome::Undecided);
    }

    #[test]
    fn the_scope_of_a_call_that_is_not_made_is_guessed_by_its_resource() {
        let check = |path: &str| Check {
            method: Method::PUT,
            path: path.to_owned(),
        };
        assert!(described(&check("/api/v2/tickets/1.json")).contains("tickets:write"));
        assert!(described(&check("/api/v2/brands/1")).ends_with("the scope write"));
        assert!(described(&check("/api/v2/")).ends_with("the scope write"));
    }
}
