//! One call of the tour, and what came of it.

use std::time::Duration;

use reqwest::StatusCode;
use zendesk_oauth_core::Operation;

use crate::areas;

/// What was expected and what came instead. Neither holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Deviation {
    pub(super) expected: String,
    pub(super) came: String,
}

/// A short phrase about what came back, or how it deviates.
pub(super) type Found = Result<String, Deviation>;

/// Fails unless it is so.
pub(super) fn expect(
    is_so: bool,
    expected: impl Into<String>,
    came: impl Into<String>,
) -> Result<(), Deviation> {
    if is_so {
        return Ok(());
    }
    Err(Deviation {
        expected: expected.into(),
        came: came.into(),
    })
}

/// Fails unless there is a value.
pub(super) fn present<T>(value: Option<&T>, what: &str) -> Result<(), Deviation> {
    expect(value.is_some(), what, "none")
}

/// A call that was made.
pub(super) struct Step {
    pub(super) operation: &'static Operation,
    /// Method and path with its values; secrets in the query are hidden.
    pub(super) request: String,
    pub(super) status: Option<StatusCode>,
    pub(super) time: Duration,
    pub(super) found: Found,
}

/// What a call asks for, as a person may see it.
pub(super) struct Request {
    pub(super) operation: &'static Operation,
    path: String,
    query: Vec<String>,
}

impl Request {
    /// The operation of that name.
    pub(super) fn of(id: &str) -> Self {
        let (stem, operation) = areas::find(id).expect("the documents have this operation");
        Self {
            operation,
            path: format!("{stem}{}", operation.path),
            query: Vec::new(),
        }
    }

    /// With the value of a path parameter.
    pub(super) fn path(mut self, name: &str, value: impl ToString) -> Self {
        let placeholder = format!("{{{name}}}");
        self.path = self.path.replace(&placeholder, &value.to_string());
        self
    }

    /// With a query parameter.
    pub(super) fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push(format!("{name}={value}"));
        self
    }

    /// With a query parameter that nobody may see.
    pub(super) fn secret(self, name: &str) -> Self {
        self.query(name, "…")
    }

    /// Method, path and query.
    pub(super) fn shown(&self) -> String {
        let mut text = format!("{} {}", self.operation.method, self.path);
        for (index, pair) in self.query.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(pair);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_shows_its_values_but_no_secret() {
        let request = Request::of("exchange_verification_code")
            .path("integration", "mine")
            .secret("verification_code");
        assert_eq!(
            request.shown(),
            "GET /api/services/zis/connections/oauth/access_codes/mine?verification_code=…"
        );
        let request = Request::of("revoke_chat_oauth_token").path("oauth_token_id", 7);
        assert_eq!(request.shown(), "DELETE /api/v2/chat/oauth/tokens/7");
    }
}
