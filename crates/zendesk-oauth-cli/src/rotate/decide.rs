//! What is to be done next, from what is known. Nothing here reads, writes or sends.

use zendesk_oauth::Error;

use super::fingerprint::Comparison;
use super::journal::Step;

/// What a client's journal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A rotation from the beginning.
    Begin,
    /// One was asked for, and no answer is known: look at what Zendesk shows now.
    Compare,
    /// The secret is lost: only another one helps.
    Replace,
    /// The secret is in the emergency file: put it in its place.
    Deliver,
    /// The secret is in its place: find out whether it works.
    Verify,
}

/// What comes after the step that a journal ends with. `resume`: the person asked to go on with what is open.
pub(super) fn next(step: Option<&Step>, resume: bool) -> Next {
    match step {
        // Nothing was sent after `Begun`: `Asked` is written before that.
        None | Some(Step::NotHappened { .. } | Step::Done { .. } | Step::Begun) => Next::Begin,
        Some(Step::Asked) => Next::Compare,
        Some(Step::Lost { .. }) => Next::Replace,
        Some(Step::Kept { .. }) => Next::Deliver,
        Some(Step::Delivered) => Next::Verify,
        // All was done but saying so. Meanwhile another command may have replaced the secret.
        Some(Step::Verified { .. }) if resume => Next::Verify,
        Some(Step::Verified { .. }) => Next::Begin,
    }
}

/// What is known after a request for a new secret failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// Nothing has changed, for certain.
    Unchanged,
    /// Zendesk answered, and may have replaced the secret.
    Answered,
    /// Nothing came back. It may even happen later.
    Unanswered,
    /// The secret was replaced, and the answer did not have it.
    Lost,
}

/// Reads a failure.
pub(super) fn failed(error: &Error) -> Failed {
    if error.oauth_client().is_some() {
        return Failed::Lost;
    }
    let is_refused_here = error.is_not_sent();
    let status = error.status().map(|status| status.as_u16());
    let is_whole = !error.is_transport();
    judged(is_refused_here, status, is_whole)
}

/// `is_whole`: the answer arrived to its end.
fn judged(is_not_sent: bool, status: Option<u16>, is_whole: bool) -> Failed {
    match status {
        _ if is_not_sent => Failed::Unchanged,
        // Of the refusals, only 408 says nothing about what was done.
        Some(400..=407 | 409..=499) => Failed::Unchanged,
        Some(_) if is_whole => Failed::Answered,
        // A success of which the body broke off: the change is made.
        Some(200..=299) => Failed::Answered,
        _ => Failed::Unanswered,
    }
}

/// What a request without a secret in its answer came to, once what Zendesk shows was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The old secret is in force.
    NotHappened,
    /// Zendesk shows the old secret, and the request may still be on its way.
    Open,
    /// There is a new secret that nobody has.
    Lost,
    /// Zendesk shows too little of the secret to say.
    Unclear,
}

/// Compares in the run that sent the request.
pub(super) fn outcome(failed: Failed, compared: Comparison) -> Outcome {
    match (failed, compared) {
        (Failed::Unchanged, _) => Outcome::NotHappened,
        (Failed::Lost, _) | (_, Comparison::Changed) => Outcome::Lost,
        (Failed::Answered, Comparison::Unchanged) => Outcome::NotHappened,
        (Failed::Unanswered, Comparison::Unchanged) => Outcome::Open,
        (_, Comparison::Unclear) => Outcome::Unclear,
    }
}

/// What a token endpoint's refusal says of the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The secret is not that of the client.
    WrongSecret,
    /// The client may not have such a token, whatever its secret.
    NotAllowed,
    /// Nothing.
    Nothing,
}

/// Reads it (RFC 6749, section 5.2).
pub(super) fn refusal(status: Option<u16>, code: Option<&str>) -> Refusal {
    match (code, status) {
        (Some("invalid_client"), _) | (None, Some(401)) => Refusal::WrongSecret,
        (Some("unauthorized_client" | "invalid_scope" | "unsupported_grant_type"), _) => {
            Refusal::NotAllowed
        }
        _ => Refusal::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rotate::journal::Verification;

    #[test]
    fn each_step_has_one_way_on() {
        let why = String::new;
        let verification = Verification::Yes;
        let table = [
            (Step::Begun, Next::Begin),
            (Step::NotHappened { why: why() }, Next::Begin),
            (Step::Asked, Next::Compare),
            (Step::Lost { why: why() }, Next::Replace),
            (
                Step::Kept {
                    file: "x".into(),
                    why: why(),
                },
                Next::Deliver,
            ),
            (Step::Delivered, Next::Verify),
            (
                Step::Verified {
                    verification: verification.clone(),
                },
                Next::Verify,
            ),
            (Step::Done { verification }, Next::Begin),
        ];
        for (step, expected) in table {
            assert_eq!(next(Some(&step), true), expected, "{step:?}");
            let expected = match step {
                Step::Verified { .. } => Next::Begin,
                _ => expected,
            };
            assert_eq!(next(Some(&step), false), expected, "{step:?}");
        }
        assert_eq!(next(None, true), Next::Begin);
    }

    #[test]
    fn only_what_is_certain_counts_as_not_happened() {
        let table = [
            (true, None, true, Failed::Unchanged),
            (false, Some(401), true, Failed::Unchanged),
            (false, Some(422), true, Failed::Unchanged),
            (false, Some(429), true, Failed::Unchanged),
            (false, Some(408), true, Failed::Answered),
            (false, Some(302), true, Failed::Answered),
            (false, Some(500), true, Failed::Answered),
            (false, Some(200), true, Failed::Answered),
            (false, Some(200), false, Failed::Answered),
            (false, Some(503), false, Failed::Unanswered),
            (false, None, false, Failed::Unanswered),
        ];
        for (is_not_sent, status, is_whole, expected) in table {
            let judged = judged(is_not_sent, status, is_whole);
            assert_eq!(judged, expected, "{status:?}");
        }
    }

    #[test]
    fn an_answer_and_an_unchanged_secret_end_it_and_silence_does_not() {
        use Comparison::{Changed, Unchanged, Unclear};
        let table = [
            (Failed::Answered, Unchanged, Outcome::NotHappened),
            (Failed::Unanswered, Unchanged, Outcome::Open),
            (Failed::Answered, Changed, Outcome::Lost),
            (Failed::Unanswered, Changed, Outcome::Lost),
            (Failed::Unanswered, Unclear, Outcome::Unclear),
            (Failed::Lost, Unchanged, Outcome::Lost),
            (Failed::Unchanged, Unclear, Outcome::NotHappened),
        ];
        for (failed, compared, expected) in table {
            assert_eq!(
                outcome(failed, compared),
                expected,
                "{failed:?} {compared:?}"
            );
        }
    }

    #[test]
    fn a_client_that_may_not_is_no_wrong_secret() {
        assert_eq!(
            refusal(Some(401), Some("invalid_client")),
            Refusal::WrongSecret
        );
        assert_eq!(
            refusal(Some(400), Some("unauthorized_client")),
            Refusal::NotAllowed
        );
        assert_eq!(
            refusal(Some(400), Some("invalid_scope")),
            Refusal::NotAllowed
        );
        assert_eq!(
            refusal(Some(400), Some("invalid_request")),
            Refusal::Nothing
        );
        assert_eq!(refusal(Some(503), None), Refusal::Nothing);
    }
}
