//! One call: attempts, and the waits between them. Everything lives in the call's future: dropping
//! it ends the call wherever it is.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::header::HeaderValue;

use super::notes::{note_pacing, note_renewal, note_stop, note_wait};
use super::{Transport, attempt, prepare, rejected_token};
use crate::client::{CallError, Response};
use crate::pacing::Place;
use crate::retry::{Decision, FailedAttempt, Failure, StopReason, Token};
use crate::{CredentialError, Operation, Refusal, RetryAfter};

type Outcome = Result<Response, CallError>;

/// A call under way.
pub(super) struct Calling<'a> {
    transport: &'a Transport,
    operation: &'static Operation,
    started: Instant,
    attempts: AtomicU32,
}

/// An attempt before it is sent.
struct Ready {
    request: Box<reqwest::Request>,
    /// What the next attempt is made of, if there can be one.
    again: Option<Box<reqwest::Request>>,
    /// The credentials of the request, if a source gave them.
    credentials: Option<HeaderValue>,
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
        let (mut took_token, mut renewed) = (false, false);
        let mut place = self.pace(number).await;
        let mut ready = self.ready(request, number).await?;
        loop {
            let Ready {
                mut request,
                again,
                credentials,
            } = ready;
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
            // The copy has the same URL, and stays here.
            let asked = match &again {
                Some(copy) => Cow::Borrowed(copy.url()),
                None => Cow::Owned(request.url().clone()),
            };
            let http = &shared.http;
            let outcome =
                attempt::attempt(http, self.operation, request, &asked, number, limit).await;
            self.observe(&outcome);
            let rejected = credentials.filter(|_| is_rejected(&outcome));
            if let Some(rejected) = rejected {
                shared.credentials.rejected(&rejected);
                let failed = self.failed(Failure::Status(StatusCode::UNAUTHORIZED), number);
                let renewal = self.renew(&failed, renewed, again, &rejected).await;
                let next = match renewal {
                    Ok(next) => next,
                    Err(why) => {
                        self.note_success(&outcome, took_token);
                        return match why {
                            Some(why) => outcome.map(|it| it.without_other_credentials(why)),
                            None => outcome,
                        };
                    }
                };
                // It keeps the token of the attempt before, if that took one.
                (ready, renewed, number) = (next, true, number.saturating_add(1));
                place = self.pace(number).await;
                continue;
            }
            let Some(failure) = Failure::of(&outcome).filter(|it| it.is_transient()) else {
                self.note_success(&outcome, took_token);
                return outcome;
            };
            let failed = self
                .failed(failure, number)
                .retry_after(self.retry_after(&outcome));
            let (next, token, wait) = match self.decide(&failed, again) {
                Ok(go) => go,
                Err(reason) => {
                    note_stop(&failed, reason);
                    return outcome;
                }
            };
            note_wait(&failed, wait);
            shared.clock.sleep(wait).await;
            number = number.saturating_add(1);
            place = self.pace(number).await;
            let Ok(next) = self.ready(next, number).await else {
                // Something was sent before, so the call was not refused: what came of it stands.
                note_stop(&failed, StopReason::Credentials);
                return outcome;
            };
            token.spend();
            (ready, took_token) = (next, true);
        }
    }

    /// A request with its credentials, for the attempt of this number.
    async fn ready(
        &self,
        mut request: Box<reqwest::Request>,
        number: u32,
    ) -> Result<Ready, Refusal> {
        let again = self.copy(&request, number);
        let credentials = self.authorize(&mut request).await?;
        Ok(Ready {
            request,
            again,
            credentials,
        })
    }

    /// The same request with another token than the one that the server rejected, unless it may not
    /// be sent again or there is no other: then why, if the source says so. Pacing comes after it:
    /// nobody waits for a token that there is not.
    async fn renew(
        &self,
        failed: &FailedAttempt,
        renewed: bool,
        again: Option<Box<reqwest::Request>>,
        rejected: &HeaderValue,
    ) -> Result<Ready, Option<CredentialError>> {
        let policy = &self.transport.settings.retry_policy;
        let again = rejected_token::may_repeat(policy, failed, renewed)
            .and_then(|()| again.ok_or(StopReason::NotRepeatable));
        let next = match again {
            Ok(again) => self.ready(again, failed.attempt.saturating_add(1)).await,
            Err(reason) => {
                note_stop(failed, reason);
                return Err(None);
            }
        };
        let why = match next {
            Ok(next) if next.credentials.as_ref() != Some(rejected) => {
                note_renewal(failed);
                return Ok(next);
            }
            Err(Refusal::Credentials { error, .. }) => Some(error),
            Ok(_) | Err(_) => None,
        };
        note_stop(failed, StopReason::Credentials);
        Err(why)
    }

    /// A copy for the next attempt, if there can be one.
    fn copy(&self, request: &reqwest::Request, number: u32) -> Option<Box<reqwest::Request>> {
        let policy = &self.transport.settings.retry_policy;
        (number < policy.attempts() && policy.may_repeat(self.operation))
            .then(|| prepare::copy_of(request))
            .flatten()
            .map(Box::new)
    }

    /// Asks for credentials, since a wait may outlast a token, and checks that they travel
    /// encrypted. Returns those that a source gave, if they go with the request.
    async fn authorize(
        &self,
        request: &mut reqwest::Request,
    ) -> Result<Option<HeaderValue>, Refusal> {
        let operation = self.operation;
        let shared = &*self.transport.shared;
        let mut given = None;
        if !operation.security.is_empty() {
            let credentials = shared.credentials.authorization().await;
            let credentials =
                credentials.map_err(|error| Refusal::Credentials { operation, error })?;
            given = prepare::attach(request, credentials)
                .filter(|_| shared.credentials.may_change())
                .cloned();
        }
        prepare::check_encryption(operation, &shared.base_url, request)?;
        Ok(given)
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
            note_pacing(self.operation, number, wait);
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

    fn note_success(&self, outcome: &Outcome, took_token: bool) {
        let budget = &self.transport.shared.retry_budget;
        match (outcome, took_token) {
            (Err(_), _) => {}
            // The server failed, though not in a way that passes soon.
            (Ok(answer), _) if answer.status().is_server_error() => {}
            (Ok(_), false) => budget.note_success(),
            (Ok(_), true) => budget.note_retry_success(),
        }
    }

    fn failed(&self, failure: Failure, number: u32) -> FailedAttempt {
        FailedAttempt::first(self.operation, failure)
            .attempt(number)
            .elapsed(self.elapsed())
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

/// The answer, whole or not, if it came from where it was asked.
fn own_answer(outcome: &Outcome) -> Option<&Response> {
    match outcome {
        Ok(response) => Some(response),
        Err(CallError::Elsewhere(_)) => None,
        Err(error) => error.head(),
    }
}

fn is_rejected(outcome: &Outcome) -> bool {
    own_answer(outcome).is_some_and(rejected_token::is_said_by)
}
