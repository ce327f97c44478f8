//! Failures of the library, as failures of a command: which kind each is, and what scripts want to know of it.

use zendesk_oauth::token::TokenError;
use zendesk_oauth_core::{ApiErrorBody, client};

use super::{AnswerFacts, Failure, Kind, words};

/// What kind a failure is for which a login had no token, if it passes: the login itself is as good as before.
fn kind_of_login(error: &TokenError) -> Option<Kind> {
    match error {
        TokenError::Refused(error) if error.is_rate_limited() => Some(Kind::RateLimited),
        TokenError::Refused(error) if error.is_transport() => Some(Kind::Network),
        TokenError::AfterSending(error) => kind_of_login(error),
        error if error.is_transient() => Some(Kind::Failed),
        _ => None,
    }
}

impl From<zendesk_oauth::Error> for Failure {
    fn from(error: zendesk_oauth::Error) -> Self {
        let of_login = error.token().and_then(kind_of_login);
        let kind = if let Some(kind) = of_login {
            kind
        } else if error.is_rate_limited() {
            Kind::RateLimited
        } else if error.is_not_found() {
            Kind::NotFound
        } else if error.is_auth() || error.is_forbidden() || error.is_invalid_grant() {
            Kind::Auth
        } else if error.is_transport() {
            Kind::Network
        } else if error.is_validation() && error.is_not_sent() {
            // What was given breaks a rule, and was refused here.
            Kind::Usage
        } else {
            Kind::Failed
        };
        let answer = AnswerFacts {
            operation: error.operation().map(|it| it.id.to_owned()),
            status: error.status().map(|status| status.as_u16()),
            code: error.code().map(str::to_owned),
            request_id: error.request_id().map(str::to_owned),
            retry_after: error
                .retry_after()
                .map(|it| it.delay(std::time::SystemTime::now()).as_secs()),
        };
        let told = words::of(&error);
        Self {
            answer: Some(Box::new(answer)),
            advice: told.advice,
            ..Self::new(kind, told.what)
        }
    }
}

impl From<client::Error<ApiErrorBody>> for Failure {
    fn from(error: client::Error<ApiErrorBody>) -> Self {
        zendesk_oauth::Error::from(error).into()
    }
}
