//! One tracing span per call, with fields from an allow-list.

use std::time::Instant;

use tracing::{Instrument, Span, field::Empty};

use crate::Operation;
use crate::client::{CallError, CommunicationKind, Response};

/// The span of a call. It says `cancelled` when it is dropped before the call's end.
pub(super) struct CallSpan {
    span: Span,
    started: Instant,
    outcome: &'static str,
}

impl CallSpan {
    pub(super) fn new(operation: &'static Operation) -> Self {
        let span = tracing::info_span!(
            target: "zendesk_oauth",
            "call",
            operation = operation.id,
            method = operation.method,
            path = operation.path,
            status = Empty,
            duration_ms = Empty,
            request_id = Empty,
            outcome = Empty,
        );
        Self {
            span,
            started: Instant::now(),
            outcome: "cancelled",
        }
    }

    /// Runs a call inside the span, and notes how it ended.
    pub(super) async fn around(
        mut self,
        call: impl Future<Output = Result<Response, CallError>>,
    ) -> Result<Response, CallError> {
        let result = call.instrument(self.span.clone()).await;
        let (outcome, answer) = match &result {
            Ok(response) => (
                if response.status().as_u16() < 400 {
                    "ok"
                } else {
                    "error_answer"
                },
                Some(response),
            ),
            Err(error) => (outcome(error), error.head()),
        };
        self.outcome = outcome;
        if let Some(answer) = answer {
            self.span.record("status", answer.status().as_u16());
            if let Some(id) = answer.printable_request_id() {
                self.span.record("request_id", id);
            }
        }
        result
    }
}

fn outcome(error: &CallError) -> &'static str {
    match error {
        CallError::Refused(_) => "refused",
        CallError::Body(_) => "body_unread",
        CallError::Elsewhere(_) => "elsewhere",
        CallError::Communication(error) => match error.kind() {
            CommunicationKind::Connect => "connect_failed",
            CommunicationKind::Tls => "tls_failed",
            CommunicationKind::Timeout => "timeout",
            CommunicationKind::Interrupted => "interrupted",
            CommunicationKind::Other => "failed",
        },
    }
}

impl Drop for CallSpan {
    fn drop(&mut self) {
        let elapsed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("duration_ms", elapsed);
        self.span.record("outcome", self.outcome);
    }
}
