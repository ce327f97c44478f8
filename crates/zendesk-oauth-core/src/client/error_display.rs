//! What an error says: the fact, and what to do next.

use std::borrow::Cow;
use std::fmt;

use super::answer_hint::answer_hint;
use super::{ElsewhereError, Error, Response};
use crate::ApiErrorBody;

impl<E> Error<E> {
    fn inner(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Communication(error) => Some(error),
            Self::Body(error) => Some(error),
            Self::Elsewhere(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::InvalidRequest(_) | Self::ErrorResponse(_) | Self::UnexpectedResponse(_) => None,
        }
    }
}

impl<E> Error<E> {
    /// What happened, on which operation, with which status and request id, without the advice
    /// that `Display` adds.
    pub fn summary(&self) -> impl fmt::Display + '_ {
        Summary(self)
    }

    /// What to do next, the second part of `Display`; `None` where the summary says it.
    #[must_use]
    pub fn advice(&self) -> Option<Cow<'static, str>> {
        Some(match self {
            Self::InvalidRequest(_) => return None,
            Self::Refused(refusal) => refusal.advice()?.into(),
            Self::Communication(error) => error.advice().into(),
            Self::Body(error) => error.advice(),
            Self::Elsewhere(_) => ElsewhereError::ADVICE.into(),
            Self::Decode(error) => error.advice().into(),
            Self::ErrorResponse(_) | Self::UnexpectedResponse(_) => {
                let answer = self.answer()?;
                if let Some(error) = answer.credential_error() {
                    return Some(format!("No other token could be had: {error}").into());
                }
                answer_hint(answer, &ApiErrorBody::from_bytes(answer.body())).into()
            }
        })
    }

    fn write_summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(why) => write!(
                f,
                "nothing was sent, because the request is not valid: {why}"
            ),
            Self::Refused(refusal) => refusal.write_summary(f),
            Self::Communication(error) => error.write_summary(f),
            Self::Body(error) => error.write_summary(f),
            Self::Elsewhere(error) => error.write_summary(f),
            Self::Decode(error) => error.write_summary(f),
            Self::ErrorResponse(value) => write_answer(value.response(), f),
            Self::UnexpectedResponse(answer) => write_answer(answer, f),
        }
    }
}

struct Summary<'a, E>(&'a Error<E>);

impl<E> fmt::Display for Summary<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_summary(f)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_summary(f)?;
        match self.advice() {
            Some(advice) => write!(f, ". {advice}"),
            None => Ok(()),
        }
    }
}

/// `Debug` is what `unwrap` prints: it has to be of use, and as clean.
impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<E> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // `Display` repeats the inner error's text, so the chain continues below it.
        match self.inner() {
            Some(inner) => inner.source(),
            None => std::error::Error::source(self.credential_error()?),
        }
    }
}

fn write_answer(answer: &Response, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    answer.write_head(f)?;
    if answer.status().as_u16() >= 400 {
        write!(f, ", {}", ApiErrorBody::from_bytes(answer.body()))?;
    }
    answer.write_request_id(f)
}
