//! `Failure`: how an attempt failed, as far as repeating it is concerned.

use reqwest::StatusCode;

use crate::client::{BodyProblem, CallError, CommunicationKind, Response, is_transient_status};

/// How an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// An error answer with this status.
    Status(StatusCode),
    /// No connection was made.
    Connect,
    /// A connection, but no TLS over it.
    Tls,
    /// The time for connecting, or for the attempt, ran out before an answer began.
    Timeout,
    /// The connection broke before an answer began.
    Interrupted,
    /// An answer began, and its body broke off or did not arrive in time.
    BodyUnread,
    /// Anything else: the same attempt would fail the same way.
    Other,
}

impl Failure {
    /// How an attempt failed that ended so; `None` if it is answered without an error status.
    #[must_use]
    pub fn of(outcome: &Result<Response, CallError>) -> Option<Self> {
        match outcome {
            Ok(response) if response.status().as_u16() < 400 => None,
            Ok(response) => Some(Self::Status(response.status())),
            Err(error) => Some(Self::of_error(error)),
        }
    }

    fn of_error(error: &CallError) -> Self {
        match error {
            CallError::Communication(error) => Self::of_kind(error.kind()),
            // The status says more than the loss of its reasons.
            CallError::Body(error) if is_transient_status(error.head().status()) => {
                Self::Status(error.head().status())
            }
            CallError::Body(error) => match error.problem() {
                BodyProblem::Timeout | BodyProblem::Interrupted => Self::BodyUnread,
                BodyProblem::TooLarge { .. } => Self::Other,
            },
            CallError::Refused(_) | CallError::Elsewhere(_) => Self::Other,
        }
    }

    pub(crate) fn of_kind(kind: CommunicationKind) -> Self {
        match kind {
            CommunicationKind::Connect => Self::Connect,
            CommunicationKind::Tls => Self::Tls,
            CommunicationKind::Timeout => Self::Timeout,
            CommunicationKind::Interrupted => Self::Interrupted,
            CommunicationKind::Other => Self::Other,
        }
    }

    /// Whether the same attempt may succeed later: the network failed it, the time ran out, or the
    /// status is 408, 429, 502, 503 or 504. It is the rule of
    /// [`CallError::is_transient`](crate::client::CallError::is_transient).
    #[must_use]
    pub fn is_transient(self) -> bool {
        match self {
            Self::Status(status) => is_transient_status(status),
            Self::Connect | Self::Timeout | Self::Interrupted | Self::BodyUnread => true,
            Self::Tls | Self::Other => false,
        }
    }

    /// One word of a fixed list, for tracing; `None` for a status, which is a number.
    pub(crate) fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::Status(_) => return None,
            Self::Connect => "connect_failed",
            Self::Tls => "tls_failed",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::BodyUnread => "body_unread",
            Self::Other => "failed",
        })
    }

    pub(crate) fn status(self) -> Option<u16> {
        match self {
            Self::Status(status) => Some(status.as_u16()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;

    use super::*;
    use crate::client::BodyError;
    use crate::{Operation, Refusal};

    static SHOW: Operation = Operation::new("show", "GET", "/a");

    fn answer(status: u16) -> Response {
        let status = StatusCode::from_u16(status).unwrap();
        Response::new(&SHOW, status, HeaderMap::new(), "")
    }

    #[test]
    fn an_answer_fails_by_its_status_only() {
        for status in [200, 204, 302, 399] {
            assert_eq!(Failure::of(&Ok(answer(status))), None);
        }
        for status in 400..600 {
            let failure = Failure::of(&Ok(answer(status))).unwrap();
            assert_eq!(failure.status(), Some(status));
            let expected = [408, 429, 502, 503, 504].contains(&status);
            assert_eq!(failure.is_transient(), expected, "{status}");
        }
    }

    #[test]
    fn errors_are_transient_by_the_rule_of_call_error() {
        let mut errors = vec![CallError::Refused(Refusal::UnknownOperation { id: "x" })];
        for status in [200, 404, 429, 500, 503] {
            errors.push(CallError::Body(BodyError::too_large(answer(status), 1)));
        }
        for error in errors {
            let expected = error.is_transient();
            let failure = Failure::of(&Err(error)).unwrap();
            assert_eq!(failure.is_transient(), expected, "{failure:?}");
        }
    }
}
