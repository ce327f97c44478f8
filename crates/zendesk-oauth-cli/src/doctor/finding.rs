//! What a check found.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::failure::{Failure, Kind};

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Ok,
    Warning,
    Problem,
    Skipped,
}

/// One line of the report.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Finding {
    pub(super) status: Status,
    pub(super) area: &'static str,
    pub(super) check: &'static str,
    pub(super) says: String,
    /// What to do.
    pub(super) advice: Option<String>,
    /// Numbers and names, for scripts.
    pub(super) facts: Map<String, Value>,
    #[serde(skip)]
    kind: Option<Kind>,
}

/// Makes the findings of one check.
#[derive(Clone, Copy)]
pub(super) struct Check {
    pub(super) area: &'static str,
    pub(super) name: &'static str,
}

impl Check {
    pub(super) const fn new(area: &'static str, name: &'static str) -> Self {
        Self { area, name }
    }

    fn finding(self, status: Status, says: impl Into<String>) -> Finding {
        Finding {
            status,
            area: self.area,
            check: self.name,
            says: crate::text::printable(&says.into()),
            advice: None,
            facts: Map::new(),
            kind: None,
        }
    }

    pub(super) fn ok(self, says: impl Into<String>) -> Finding {
        self.finding(Status::Ok, says)
    }

    pub(super) fn warning(self, says: impl Into<String>) -> Finding {
        self.finding(Status::Warning, says)
    }

    pub(super) fn skipped(self, says: impl Into<String>) -> Finding {
        self.finding(Status::Skipped, says)
    }

    /// A problem for which the command ends as it would after a failure of that kind.
    pub(super) fn problem(self, kind: Kind, says: impl Into<String>) -> Finding {
        Finding {
            kind: Some(kind),
            ..self.finding(Status::Problem, says)
        }
    }

    /// The request failed.
    pub(super) fn failed(self, failure: &Failure) -> Finding {
        self.problem(failure.kind(), failure.to_string())
    }
}

impl Finding {
    pub(super) fn advise(self, advice: impl Into<String>) -> Self {
        Self {
            advice: Some(advice.into()),
            ..self
        }
    }

    pub(super) fn fact(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }
}

/// What the command exits with: what is nearest to the root counts. Without an answer nothing else means much.
pub(super) fn exit_code(findings: &[Finding]) -> u8 {
    let has = |kind: Kind| findings.iter().any(|it| it.kind == Some(kind));
    let order = [Kind::Network, Kind::Auth, Kind::RateLimited];
    match order.into_iter().find(|kind| has(*kind)) {
        Some(kind) => kind as u8,
        None if findings.iter().any(|it| it.status == Status::Problem) => Kind::Failed as u8,
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECK: Check = Check::new("support", "credentials");

    #[test]
    fn only_problems_count_and_the_root_decides() {
        let warning = CHECK.warning("w");
        assert_eq!(exit_code(&[CHECK.ok("o"), warning, CHECK.skipped("s")]), 0);
        let problem = |kind| CHECK.problem(kind, "p");
        assert_eq!(exit_code(&[problem(Kind::Usage)]), 1);
        assert_eq!(
            exit_code(&[problem(Kind::NotFound), problem(Kind::Auth)]),
            4
        );
        assert_eq!(exit_code(&[problem(Kind::Auth), problem(Kind::Network)]), 6);
        assert_eq!(exit_code(&[problem(Kind::RateLimited)]), 5);
    }

    #[test]
    fn a_text_does_not_steer_the_terminal() {
        assert!(!CHECK.ok("\u{1b}[2J").says.contains('\u{1b}'));
    }
}
