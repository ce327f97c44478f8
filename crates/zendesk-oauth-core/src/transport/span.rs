//! One tracing span per call, with fields from an allow-list.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use tracing::instrument::Instrumented;
use tracing::{Instrument, Span, field::Empty};

use crate::Operation;
use crate::client::{CallError, Response};
use crate::retry::Failure;

/// The span of a call. It says `cancelled` when it is dropped before the call's end.
pub(super) struct CallSpan<'a> {
    span: Span,
    attempts: &'a AtomicU32,
    started: Instant,
    outcome: &'static str,
}

impl<'a> CallSpan<'a> {
    pub(super) fn new(operation: &'static Operation, attempts: &'a AtomicU32) -> Self {
        let span = tracing::info_span!(
            target: "zendesk_oauth",
            "call",
            operation = operation.id,
            method = operation.method,
            path = operation.path,
            status = Empty,
            attempts = Empty,
            duration_ms = Empty,
            request_id = Empty,
            outcome = Empty,
        );
        Self {
            span,
            attempts,
            started: Instant::now(),
            outcome: "cancelled",
        }
    }

    /// The call inside the span.
    pub(super) fn around<C>(&self, call: C) -> Instrumented<C> {
        call.instrument(self.span.clone())
    }

    /// Notes how the call ended.
    pub(super) fn end(mut self, result: &Result<Response, CallError>) {
        let (outcome, answer) = match result {
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
        if self.span.is_disabled() {
            return;
        }
        if let Some(answer) = answer {
            self.span.record("status", answer.status().as_u16());
            if let Some(id) = answer.printable_request_id() {
                self.span.record("request_id", id);
            }
        }
    }
}

fn outcome(error: &CallError) -> &'static str {
    match error {
        CallError::Refused(_) => "refused",
        CallError::Body(_) => "body_unread",
        CallError::Elsewhere(_) => "elsewhere",
        CallError::Communication(error) => {
            Failure::of_kind(error.kind()).word().unwrap_or("failed")
        }
    }
}

impl Drop for CallSpan<'_> {
    fn drop(&mut self) {
        if self.span.is_disabled() {
            return;
        }
        let elapsed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("duration_ms", elapsed);
        self.span
            .record("attempts", self.attempts.load(Ordering::Relaxed));
        self.span.record("outcome", self.outcome);
    }
}
