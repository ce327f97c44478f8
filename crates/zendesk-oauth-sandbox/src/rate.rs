//! Requests per minute, by the virtual clock.
//!
//! Facts: <https://developer.zendesk.com/api-reference/introduction/rate-limits/>, and the headers of a 429
//! as recorded.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use jiff::Timestamp;
use serde_json::json;

use crate::http::Answer;
use crate::routes::Area;
use crate::state::State;
use crate::switches::{RateLimit, TooManyRequests};

/// What accounts are given when nothing else is said.
const USUAL: u32 = 700;
const MINUTE: i64 = 60;

const X_RATE_LIMIT: HeaderName = HeaderName::from_static("x-rate-limit");
const X_RATE_LIMIT_REMAINING: HeaderName = HeaderName::from_static("x-rate-limit-remaining");
const RATELIMIT_LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const RATELIMIT_REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RATELIMIT_RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// The requests of the current minute.
#[derive(Default)]
pub(crate) struct RateWindow {
    began: Option<Timestamp>,
    used: u32,
    shown: Shown,
}

/// The numbers of the headers, which are the same in most answers.
#[derive(Default)]
struct Shown {
    limit: Numeral,
    remaining: Numeral,
    reset: Numeral,
}

/// The number that was written last.
#[derive(Default)]
struct Numeral(Option<(u32, HeaderValue)>);

impl Numeral {
    fn of(&mut self, number: u32) -> HeaderValue {
        match &self.0 {
            Some((latest, value)) if *latest == number => value.clone(),
            _ => {
                let value = HeaderValue::from(number);
                self.0 = Some((number, value.clone()));
                value
            }
        }
    }
}

/// How a request stands to the limit.
#[derive(Clone, Copy)]
pub(crate) struct Standing {
    limit: u32,
    remaining: u32,
    reset: u32,
    pub(crate) exceeded: bool,
}

impl RateWindow {
    /// Counts a request.
    pub(crate) fn count(&mut self, state: &State, now: Timestamp) -> Standing {
        let limit = limit(state);
        if self.passed(now).is_none() {
            self.began = Some(now);
            self.used = 0;
        }
        self.used = self.used.saturating_add(1);
        let shown = limit.unwrap_or(USUAL);
        Standing {
            limit: shown,
            // Without a limit there is always one left.
            remaining: shown
                .saturating_sub(self.used)
                .max(u32::from(limit.is_none())),
            reset: self.reset(now),
            exceeded: limit.is_some_and(|limit| self.used > limit),
        }
    }

    /// How things stand when nothing is left, whoever says so.
    pub(crate) fn exhausted(&self, state: &State, now: Timestamp) -> Standing {
        Standing {
            limit: limit(state).unwrap_or(USUAL),
            remaining: 0,
            reset: self.reset(now),
            exceeded: true,
        }
    }

    /// Adds the headers that every answer of Support carries, unless a fault has put others there.
    pub(crate) fn headers(&mut self, answer: &mut Answer, area: Area, standing: Standing) {
        let limited = answer.status == StatusCode::TOO_MANY_REQUESTS;
        if area != Area::Support && area != Area::Open && !limited {
            return;
        }
        let limit = self.shown.limit.of(standing.limit);
        let remaining = self.shown.remaining.of(standing.remaining);
        if area == Area::Support {
            answer.add_missing(RATELIMIT_LIMIT, limit.clone());
            answer.add_missing(RATELIMIT_REMAINING, remaining.clone());
            answer.add_missing(RATELIMIT_RESET, self.shown.reset.of(standing.reset));
        }
        answer.add_missing(X_RATE_LIMIT, limit);
        answer.add_missing(X_RATE_LIMIT_REMAINING, remaining);
    }

    /// Seconds since the current minute began, if there is one.
    fn passed(&self, now: Timestamp) -> Option<i64> {
        let passed = now.as_second() - self.began?.as_second();
        (0..MINUTE).contains(&passed).then_some(passed)
    }

    /// Seconds until the next minute begins.
    fn reset(&self, now: Timestamp) -> u32 {
        u32::try_from(MINUTE - self.passed(now).unwrap_or(0)).unwrap_or(1)
    }
}

fn limit(state: &State) -> Option<u32> {
    match state.switches.rate_limit {
        RateLimit::Auto if state.clock.is_running() => Some(USUAL),
        RateLimit::Auto | RateLimit::Off => None,
        RateLimit::PerMinute(limit) => Some(limit),
    }
}

/// The refusal of a request too many, in the form that the switch says.
pub(crate) fn too_many_requests(form: TooManyRequests, area: Area, retry_after: u32) -> Answer {
    const TEXT: &str = "Number of allowed API requests per minute exceeded";
    let status = StatusCode::TOO_MANY_REQUESTS;
    let json = match area {
        Area::Zis | Area::ZisOpen | Area::Registry => {
            let error = json!({ "code": "1300", "detail": "Too many requests", "status": "429" });
            json!({ "errors": [error] })
        }
        Area::Chat | Area::RetiredChat => {
            json!({ "error": "Too Many Requests", "description": "The rate limit is reached" })
        }
        Area::Support | Area::Open => json!({ "error": "TooManyRequests", "description": TEXT }),
    };
    let answer = match form {
        TooManyRequests::Json => Answer::json(status, &json),
        TooManyRequests::Text | TooManyRequests::WithoutRetryAfter => Answer::text(status, TEXT),
    };
    if form == TooManyRequests::WithoutRetryAfter {
        return answer;
    }
    answer
        .with(header::RETRY_AFTER, &retry_after.to_string())
        .with(
            header::CACHE_CONTROL,
            &format!("max-age={retry_after},public"),
        )
}

impl Standing {
    /// Seconds until the next minute begins.
    pub(crate) fn reset(self) -> u32 {
        self.reset
    }
}
