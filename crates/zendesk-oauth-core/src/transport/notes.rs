//! What a call writes into tracing besides its span: why it waits, goes on and stops.

use std::time::Duration;

use crate::Operation;
use crate::retry::{FailedAttempt, StopReason};

pub(super) fn note_renewal(failed: &FailedAttempt) {
    tracing::debug!(
        target: "zendesk_oauth",
        operation = failed.operation.id,
        attempt = failed.attempt,
        status = failed.failure.status(),
        "the access token was rejected: the next attempt has another one"
    );
}

pub(super) fn note_wait(failed: &FailedAttempt, wait: Duration) {
    tracing::debug!(
        target: "zendesk_oauth",
        operation = failed.operation.id,
        attempt = failed.attempt,
        status = failed.failure.status(),
        failure = failed.failure.word(),
        wait_ms = millis(wait),
        "the attempt failed: waiting before the next one"
    );
}

pub(super) fn note_stop(failed: &FailedAttempt, reason: StopReason) {
    tracing::debug!(
        target: "zendesk_oauth",
        operation = failed.operation.id,
        attempt = failed.attempt,
        status = failed.failure.status(),
        failure = failed.failure.word(),
        reason = reason.word(),
        "the attempt failed, and there is no next one"
    );
}

pub(super) fn note_pacing(operation: &Operation, attempt: u32, wait: Duration) {
    tracing::debug!(
        target: "zendesk_oauth",
        operation = operation.id,
        attempt,
        wait_ms = millis(wait),
        "the rate limit is near: waiting before the attempt"
    );
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
