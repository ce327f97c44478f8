//! What holds for every decision, whatever policy, failure and chance are.

use std::time::Duration;

use proptest::prelude::*;
use reqwest::StatusCode;

use super::{Decision, FailedAttempt, Failure, RetryPolicy, StopReason};
use crate::Operation;

static HARMLESS: Operation = Operation::new("show", "GET", "/a").idempotent();
static HARMFUL: Operation = Operation::new("create", "POST", "/a");

#[derive(Clone, Debug)]
struct Settings {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_elapsed: Duration,
    even_if_not_idempotent: bool,
}

impl Settings {
    fn policy(&self) -> RetryPolicy {
        let policy = RetryPolicy::standard()
            .max_attempts(self.max_attempts)
            .base_delay(self.base_delay)
            .max_delay(self.max_delay)
            .max_elapsed(self.max_elapsed);
        match self.even_if_not_idempotent {
            true => policy.even_if_not_idempotent(),
            false => policy,
        }
    }
}

fn durations() -> impl Strategy<Value = Duration> {
    prop_oneof![
        4 => (0_u64..400_000).prop_map(Duration::from_millis),
        1 => any::<u64>().prop_map(Duration::from_secs),
        1 => Just(Duration::ZERO),
        1 => Just(Duration::MAX),
    ]
}

fn counts() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0_u32..12, 1 => any::<u32>(), 1 => Just(u32::MAX)]
}

prop_compose! {
    fn settings()(
        max_attempts in counts(),
        base_delay in durations(),
        max_delay in durations(),
        max_elapsed in durations(),
        even_if_not_idempotent: bool,
    ) -> Settings {
        Settings { max_attempts, base_delay, max_delay, max_elapsed, even_if_not_idempotent }
    }
}

fn failures() -> impl Strategy<Value = Failure> {
    let status = |status| StatusCode::from_u16(status).map(Failure::Status).ok();
    prop_oneof![
        (400_u16..600).prop_filter_map("a status", status),
        proptest::sample::select(vec![408_u16, 429, 502, 503, 504])
            .prop_filter_map("a status", status),
        proptest::sample::select(vec![
            Failure::Connect,
            Failure::Tls,
            Failure::Timeout,
            Failure::Interrupted,
            Failure::BodyUnread,
            Failure::Other,
        ]),
    ]
}

prop_compose! {
    fn attempts()(
        harmless: bool,
        attempt in counts(),
        failure in failures(),
        retry_after in proptest::option::of(durations()),
        elapsed in durations(),
    ) -> FailedAttempt {
        FailedAttempt::first(if harmless { &HARMLESS } else { &HARMFUL }, failure)
            .attempt(attempt)
            .retry_after(retry_after)
            .elapsed(elapsed)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_wait_keeps_to_every_limit(
        settings in settings(),
        failed in attempts(),
        chance in prop_oneof![0.0..1.0, any::<f64>()],
    ) {
        if let Decision::Wait(wait) = settings.policy().decide(&failed, &mut || chance) {
            prop_assert!(wait >= failed.retry_after.unwrap_or_default());
            prop_assert!(wait <= settings.max_delay);
            prop_assert!(failed.elapsed.saturating_add(wait) <= settings.max_elapsed);
            prop_assert!(failed.attempt < settings.max_attempts.max(1));
            prop_assert!(failed.operation.idempotent || settings.even_if_not_idempotent);
            prop_assert!(failed.failure.is_transient());
        }
    }

    #[test]
    fn the_jitter_is_between_nothing_and_the_doubled_base(
        base in 1_u64..10_000,
        attempt in 1_u32..40,
        retry_after in proptest::option::of(0_u64..100),
        chance in 0.0..1.0,
    ) {
        let base = Duration::from_millis(base);
        let policy = RetryPolicy::standard()
            .max_attempts(u32::MAX)
            .base_delay(base)
            .max_elapsed(Duration::MAX);
        let floor = retry_after.map(Duration::from_secs);
        let failed = FailedAttempt::first(&HARMLESS, Failure::Timeout)
            .attempt(attempt)
            .retry_after(floor);
        let ceiling = base.saturating_mul(2_u32.saturating_pow(attempt - 1));
        let Decision::Wait(wait) = policy.decide(&failed, &mut || chance) else {
            panic!("there are attempts and time left");
        };
        let jitter = wait - floor.unwrap_or_default();
        prop_assert!(jitter <= ceiling);
        let expected = ceiling.min(Duration::from_secs(120)).mul_f64(chance);
        let expected = expected.min(Duration::from_secs(120) - floor.unwrap_or_default());
        prop_assert!(jitter.abs_diff(expected) < Duration::from_micros(1), "{jitter:?} {expected:?}");
    }

    #[test]
    fn what_may_be_waited_for_is_waited_for(
        failed in attempts(),
        chance in 0.0..1.0,
    ) {
        // Without limits, nothing but the failure and the operation can stop a call.
        let policy = RetryPolicy::standard()
            .max_attempts(u32::MAX)
            .max_delay(Duration::MAX)
            .max_elapsed(Duration::MAX);
        let decision = policy.decide(&failed.attempt(1), &mut || chance);
        if !failed.failure.is_transient() {
            prop_assert_eq!(decision, Decision::Stop(StopReason::NotTransient));
        } else if !failed.operation.idempotent {
            prop_assert_eq!(decision, Decision::Stop(StopReason::NotIdempotent));
        } else {
            prop_assert!(matches!(decision, Decision::Wait(_)), "{decision:?}");
        }
    }
}
