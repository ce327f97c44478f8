//! One call: attempts, and the waits between them. Everything lives in the call's future: dropping
//! it ends the call wherever it is.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use reqwest::StatusCode;

use super::{Transport, attempt, prepare};
use crate::client::{CallError, Response};
use crate::pacing::Place;
use crate::retry::{Decision, FailedAttempt, Failure, StopReason, Token};
use crate::{Operation, Refusal, RetryAfter};

type Outcome = Result<Response, CallError>;

/// A call under way.
pub(super) struct Calling<'a> {
    transport: &'a Transport,
    operation: &'static Operation,
    started: Instant,
    attempts: AtomicU32,
}

impl<'a> Calling<'a> {
    pub(super) fn new(transport: &'a Transport, operation: &'static Operation) -> Self {
        Self {
            transport,
            operation,
            started: transport.shared.clock.instant(),
            attempts: AtomicU32::new(0),
        }
    }

    /// How many attempts have begun.
    pub(super) fn attempts(&self) -> &AtomicU32 {
        &self.attempts
    }

    /// Sends `request`, and again if need be, until there is an outcome to return.
    pub(super) async fn run(&self, mut request: Box<reqwest::Request>) -> Outcome {
        let shared = &*self.transport.shared;
        prepare::check(self.operation, &shared.base_url, &request)?;
        // Also here, so that nobody waits for what is refused anyhow.
        prepare::check_encryption(self.operation, &shared.base_url, &request)?;
        prepare::set_headers(&mut request, &shared.user_agent);

        let mut number = 1;
        let mut again = self.copy(&request, number);
        let mut place = self.pace(number).await;
        self.authorize(&mut request).await?;
        loop {
            if let Some(place) = place {
                place.take();
            }
            self.attempts.store(number, Ordering::Relaxed);
            // Here, since a copy of a request that has none is cheaper.
            let timeout = self.transport.settings.timeout;
            if shared.http_timeout != Some(timeout) {
                request.timeout_mut().get_or_insert(timeout);
            }
            let limit = shared.max_body_size;
            let outcome =
                attempt::attempt(&shared.http, self.operation, request, number, limit).await;
            self.observe(&outcome);
            let Some(failure) = Failure::of(&outcome).filter(|it| it.is_transient()) else {
                self.note_success(&outcome, number);
                return outcome;
            };
            let failed = FailedAttempt::first(self.operation, failure)
                .attempt(number)
                .retry_after(self.retry_after(&outcome))
                .elapsed(self.elapsed());
            let (mut next, token, wait) = match self.decide(&failed, again) {
                Ok(go) => go,
                Err(reason) => {
                    note_stop(&failed, reason);
                    return outcome;
                }
            };
            note_wait(&failed, wait);
            shared.clock.sleep(wait).await;
            number = number.saturating_add(1);
            again = self.copy(&next, number);
            place = self.pace(number).await;
            if self.authorize(&mut next).await.is_err() {
                // Something was sent before, so the call was not refused: what came of it stands.
                note_stop(&failed, StopReason::Credentials);
                return outcome;
            }
            token.spend();
            request = next;
        }
    }

    /// A copy for the next attempt, if there can be one.
    fn copy(&self, request: &reqwest::Request, number: u32) -> Option<Box<reqwest::Request>> {
        let policy = &self.transport.settings.retry_policy;
        (number < policy.attempts() && policy.may_repeat(self.operation))
            .then(|| copy_of(request))
            .flatten()
            .map(Box::new)
    }

    /// Asks for credentials, since a wait may outlast a token, and checks that they travel
    /// encrypted.
    async fn authorize(&self, request: &mut reqwest::Request) -> Result<(), Refusal> {
        let operation = self.operation;
        let shared = &*self.transport.shared;
        if !operation.security.is_empty() {
            let credentials = shared.credentials.authorization().await;
            let credentials =
                credentials.map_err(|error| Refusal::Credentials { operation, error })?;
            prepare::attach(request, credentials);
        }
        prepare::check_encryption(operation, &shared.base_url, request)
    }

    /// Waits if the rate limit is near. Credentials are asked for after it, so that they are fresh,
    /// and the retry's token is spent after it.
    async fn pace(&self, number: u32) -> Option<Place<'a>> {
        let shared = &*self.transport.shared;
        let pacing = shared.pacing.as_ref()?;
        let mut waited = Duration::ZERO;
        loop {
            let place = pacing.place(shared.clock.instant(), waited);
            let wait = place.wait();
            if wait.is_zero() {
                return Some(place);
            }
            tracing::debug!(
                target: "zendesk_oauth",
                operation = self.operation.id,
                attempt = number,
                wait_ms = millis(wait),
                "the rate limit is near: waiting before the attempt"
            );
            shared.clock.sleep(wait).await;
            // Those who waited into another window are counted in it.
            if place.stands() {
                return Some(place);
            }
            waited = waited.saturating_add(wait);
        }
    }

    /// Notes what the answer says of the rate limit.
    fn observe(&self, outcome: &Outcome) {
        let shared = &*self.transport.shared;
        if let (Some(pacing), Some(answer)) = (&shared.pacing, own_answer(outcome)) {
            let is_limit = answer.status() == StatusCode::TOO_MANY_REQUESTS;
            let reset = is_limit.then(|| self.retry_after(outcome)).flatten();
            pacing.observe(answer.headers(), reset, shared.clock.instant());
        }
    }

    /// The next request, the token it takes, and the wait before it; or why there is none.
    fn decide(
        &self,
        failed: &FailedAttempt,
        again: Option<Box<reqwest::Request>>,
    ) -> Result<(Box<reqwest::Request>, Token<'a>, Duration), StopReason> {
        let policy = &self.transport.settings.retry_policy;
        let wait = match policy.decide(failed, &mut fastrand::f64) {
            Decision::Stop(reason) => return Err(reason),
            Decision::Wait(wait) => wait,
        };
        let next = again.ok_or(StopReason::NotRepeatable)?;
        let budget = &self.transport.shared.retry_budget;
        let token = budget.take().ok_or(StopReason::Budget)?;
        Ok((next, token, wait))
    }

    fn note_success(&self, outcome: &Outcome, number: u32) {
        let budget = &self.transport.shared.retry_budget;
        match (outcome, number) {
            (Err(_), _) => {}
            // The server failed, though not in a way that passes soon.
            (Ok(answer), _) if answer.status().is_server_error() => {}
            (Ok(_), 1) => budget.note_success(),
            (Ok(_), _) => budget.note_retry_success(),
        }
    }

    fn retry_after(&self, outcome: &Outcome) -> Option<Duration> {
        let now = self.transport.shared.clock.system_time();
        let wait = RetryAfter::from_headers(own_answer(outcome)?.headers(), now)?;
        Some(wait.delay(now))
    }

    fn elapsed(&self) -> Duration {
        let now = self.transport.shared.clock.instant();
        now.saturating_duration_since(self.started)
    }
}

/// A copy of a request, unless its body is a stream. One without body and time is made by hand, since
/// reqwest takes a map of extensions into each of its copies.
fn copy_of(request: &reqwest::Request) -> Option<reqwest::Request> {
    if request.body().is_some() || request.timeout().is_some() {
        return request.try_clone();
    }
    let mut copy = reqwest::Request::new(request.method().clone(), request.url().clone());
    copy.headers_mut().clone_from(request.headers());
    *copy.version_mut() = request.version();
    Some(copy)
}

/// The answer, whole or not, if it came from where it was asked.
fn own_answer(outcome: &Outcome) -> Option<&Response> {
    match outcome {
        Ok(response) => Some(response),
        Err(CallError::Elsewhere(_)) => None,
        Err(error) => error.head(),
    }
}

fn note_wait(failed: &FailedAttempt, wait: Duration) {
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

fn note_stop(failed: &FailedAttempt, reason: StopReason) {
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

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
