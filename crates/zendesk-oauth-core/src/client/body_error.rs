//! `BodyError`: an answer began and did not arrive in full.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use super::Response;
use super::call_error::is_transient_status;
use super::communication::Cause;

/// Why a body could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyProblem {
    /// It is larger than the transport takes.
    #[non_exhaustive]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The time for the attempt ran out.
    Timeout,
    /// The connection ended before the announced length, or broke.
    Interrupted,
}

/// An answer whose body could not be read in full. Status, headers and what arrived of the body are
/// kept.
#[derive(Clone)]
pub struct BodyError {
    head: Response,
    problem: BodyProblem,
    cause: Option<Cause>,
}

impl BodyError {
    pub(crate) fn too_large(head: Response, limit: u64) -> Self {
        Self {
            head,
            problem: BodyProblem::TooLarge { limit },
            cause: None,
        }
    }

    pub(crate) fn unread(head: Response, error: &reqwest::Error) -> Self {
        let problem = if error.is_timeout() {
            BodyProblem::Timeout
        } else {
            BodyProblem::Interrupted
        };
        Self {
            head,
            problem,
            cause: Cause::of(error),
        }
    }

    /// Why it could not be read.
    #[must_use]
    pub fn problem(&self) -> BodyProblem {
        self.problem
    }

    /// The answer's status and headers, with as much of the body as arrived; none of one that was
    /// announced as too large.
    #[must_use]
    pub fn head(&self) -> &Response {
        &self.head
    }

    pub(super) fn is_timeout(&self) -> bool {
        self.problem == BodyProblem::Timeout
    }

    pub(super) fn is_transient(&self) -> bool {
        !matches!(self.problem, BodyProblem::TooLarge { .. })
            || is_transient_status(self.head.status())
    }
}

impl BodyError {
    pub(super) fn write_summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head.write_head(f)?;
        f.write_str(match self.problem {
            BodyProblem::TooLarge { .. } => ", but the body is too large",
            BodyProblem::Timeout => ", but the body did not arrive in time",
            BodyProblem::Interrupted => ", but the body broke off",
        })?;
        self.head.write_request_id(f)
    }

    pub(super) fn advice(&self) -> Cow<'static, str> {
        match self.problem {
            BodyProblem::TooLarge { limit } => Cow::Owned(format!(
                "The limit is {limit} bytes: raise max_body_size if such answers are meant to be."
            )),
            BodyProblem::Timeout | BodyProblem::Interrupted => {
                Cow::Borrowed(if self.head.status().as_u16() < 400 {
                    "The server has acted on the request: repeat it only if that is harmless."
                } else {
                    "The status stands; body_text() has what arrived of the reasons."
                })
            }
        }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_summary(f)?;
        write!(f, ". {}", self.advice())
    }
}

impl fmt::Debug for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for BodyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}
