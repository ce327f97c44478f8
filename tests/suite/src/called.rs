//! What a typed call came to.

use std::{fmt::Debug, pin::Pin};

use reqwest::{StatusCode, header::HeaderMap};
use serde::Serialize;
use serde_json::Value;
use zendesk_oauth_core::{ApiErrorBody, Redacted, client::ResponseValue};

/// Why a call gave no typed answer.
pub type Failed = zendesk_oauth_core::client::Error<ApiErrorBody>;

/// A call under way: how its builder printed before it was sent, and what came of it. It is `Send`, so
/// every call can be spawned.
pub type Calling<'a> =
    Pin<Box<dyn Future<Output = (String, Result<Answered, Failed>)> + Send + 'a>>;

/// A typed answer, and everything of it that a test may look at.
#[derive(Debug)]
pub struct Answered {
    /// As it came.
    pub status: StatusCode,
    /// As they came.
    pub headers: HeaderMap,
    /// As the answer gives it.
    pub request_id: Option<String>,
    /// The typed value, written back.
    pub value: Value,
    /// Debug of the answer and of its value, and both ways of `Redacted`.
    pub printed: String,
}

/// Takes an answer apart.
pub fn answered<T: Serialize + Debug>(answer: ResponseValue<T>) -> Answered {
    let value: &T = &answer;
    let redacted = Redacted(value);
    Answered {
        status: answer.status(),
        headers: answer.headers().clone(),
        request_id: answer.request_id().map(str::to_owned),
        value: serde_json::to_value(value).expect("a typed value can be written"),
        printed: format!("{answer:?} {answer:#?} {value:?} {redacted} {redacted:?} {redacted:#?}"),
    }
}

/// Runs a test that waits for answers.
pub fn blocking<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("tokio starts").block_on(test)
}
