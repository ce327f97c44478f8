//! What an error says: the fact, and what to do next.

use std::fmt;

use super::answer_hint::answer_hint;
use super::{Error, Response};
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

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.inner(), self.answer()) {
            (_, Some(inner), _) => fmt::Display::fmt(inner, f),
            (_, _, Some(answer)) => write_answer(answer, f),
            (Self::InvalidRequest(why), ..) => write!(
                f,
                "nothing was sent, because the request is not valid: {why}"
            ),
            _ => f.write_str("the call failed"),
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
        self.inner()?.source()
    }
}

fn write_answer(answer: &Response, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let body = ApiErrorBody::from_bytes(answer.body());
    answer.write_head(f)?;
    if answer.status().as_u16() >= 400 {
        write!(f, ", {body}")?;
    }
    answer.write_request_id(f)?;
    write!(f, ". {}", answer_hint(answer, &body))
}
