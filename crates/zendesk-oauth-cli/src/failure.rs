//! Why a command did not do what it was asked to.

mod advice;
mod library;
mod reasons;
mod words;

use std::error::Error;
use std::fmt::{self, Write as _};
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::text::printable_lines;

/// What kind of failure, by which scripts decide. The numbers are the exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It ran, and failed.
    Failed = 1,
    /// It could not run as it was called: arguments, settings, input files.
    Usage = 2,
    /// What it was asked about is not there.
    NotFound = 3,
    /// There are no credentials, or they are refused, or they do not suffice.
    Auth = 4,
    /// Zendesk wants fewer requests.
    RateLimited = 5,
    /// Nothing answered.
    Network = 6,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::NotFound => "not_found",
            Self::Auth => "auth",
            Self::RateLimited => "rate_limited",
            Self::Network => "network",
        }
    }
}

/// What was the matter, in words that a person can act on. Its text holds no secret.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    message: String,
    advice: Option<String>,
    source: Option<Box<dyn Error + Send + Sync>>,
    answer: Option<Box<AnswerFacts>>,
    is_closed_pipe: bool,
}

/// What scripts want to know of an answer.
#[derive(Debug, Default)]
struct AnswerFacts {
    operation: Option<String>,
    status: Option<u16>,
    code: Option<String>,
    request_id: Option<String>,
    retry_after: Option<u64>,
}

impl Failure {
    /// A failure that says all there is to say: what happened, on what, and what to do next.
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            advice: None,
            source: None,
            answer: None,
            is_closed_pipe: false,
        }
    }

    /// It was called in a way that it cannot run.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// It ran, and failed.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(Kind::Failed, message)
    }

    /// A failure with its cause.
    pub(crate) fn because(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..self
        }
    }

    /// What to do next. It is printed after all else, and is a member of its own in JSON.
    pub(crate) fn advise(self, advice: impl Into<String>) -> Self {
        Self {
            advice: Some(advice.into()),
            ..self
        }
    }

    /// [`usage`](Self::usage) with its cause.
    pub(crate) fn usage_because(
        message: impl Into<String>,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self::usage(message).because(source)
    }

    /// Nobody reads the output any more. That is no failure, but the command ends.
    pub(crate) fn closed_pipe() -> Self {
        Self {
            is_closed_pipe: true,
            ..Self::failed("standard output was closed")
        }
    }

    /// Whether it is [`closed_pipe`](Self::closed_pipe).
    pub(crate) fn is_closed_pipe(&self) -> bool {
        self.is_closed_pipe
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The status of the answer, if there was one.
    pub(crate) fn status(&self) -> Option<u16> {
        self.answer.as_ref()?.status
    }

    /// The same failure, with what was being done before its text: `{context}: {text}`.
    pub(crate) fn during(self, context: impl fmt::Display) -> Self {
        Self {
            message: format!("{context}: {}", self.message),
            ..self
        }
    }

    /// Prints the failure with its causes; what the process exits with then.
    pub(crate) fn exit(&self, as_json: bool) -> ExitCode {
        if self.is_closed_pipe {
            return ExitCode::SUCCESS;
        }
        if as_json {
            crate::output::talk(crate::output::harmless(self.to_json().to_string()));
        } else {
            crate::output::complain(self);
        }
        ExitCode::from(self.kind as u8)
    }

    /// All but what to do next. Parsers quote what they did not understand, a file may have any name, and neither is
    /// to steer the terminal.
    fn what_happened(&self) -> String {
        let text = match &self.source {
            Some(source) => format!("{}: {}", self.message, with_causes(&**source)),
            None => self.message.clone(),
        };
        printable_lines(&text)
    }

    fn to_json(&self) -> Value {
        let mut error = json!({
            "kind": self.kind.name(),
            "exit_code": self.kind as u8,
            "message": self.to_string(),
        });
        if let Some(advice) = &self.advice {
            error["message"] = json!(self.what_happened());
            error["advice"] = json!(advice);
        }
        if let Some(answer) = &self.answer {
            error["operation"] = json!(answer.operation);
            error["status"] = json!(answer.status);
            error["code"] = json!(answer.code);
            error["request_id"] = json!(answer.request_id);
            error["retry_after_seconds"] = json!(answer.retry_after);
        }
        json!({ "error": error })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what_happened())?;
        match &self.advice {
            Some(advice) => write!(f, "; {}", printable_lines(advice)),
            None => Ok(()),
        }
    }
}

/// An error with its causes.
pub(crate) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_parser_quotes_does_not_steer_the_terminal() {
        let failure = Failure::failed("in \u{1b}[2Ja file")
            .because(std::io::Error::other(
                "unknown variant `\u{1b}]0;x\u{7}\u{202e}`",
            ))
            .advise("mend\nit\r");
        let said = failure.to_string();
        assert_eq!(
            said,
            "in \u{fffd}[2Ja file: unknown variant `\u{fffd}]0;x\u{fffd}\u{fffd}`; mend\nit\u{fffd}"
        );
    }

    #[test]
    fn advice_is_a_member_of_its_own() {
        let failure = Failure::new(Kind::Auth, "it is over")
            .because(std::io::Error::other("revoked"))
            .advise("log in again");
        assert_eq!(failure.to_string(), "it is over: revoked; log in again");
        let error = &failure.to_json()["error"];
        assert_eq!(error["message"], "it is over: revoked");
        assert_eq!(error["advice"], "log in again");
        assert_eq!(error["kind"], "auth");
        assert_eq!(error["exit_code"], 4);
    }

    #[test]
    fn a_failure_prints_its_causes() {
        let cause = std::io::Error::other("no such file");
        let failure = Failure::usage_because("seed.json cannot be read", cause);
        assert_eq!(
            failure.to_string(),
            "seed.json cannot be read: no such file"
        );
    }
}
