//! The virtual clock.

use axum::Json;
use axum::extract::State;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};
use serde::Deserialize;

use super::Controlled;
use super::refusal::Refusal;
use super::sent::Sent;
use crate::clock::{Reading, VirtualClock};

pub(super) async fn show(State(shared): State<Controlled>) -> Json<Reading> {
    Json(shared.world().state.clock.into())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    now: Option<String>,
    running: Option<bool>,
}

/// Sets the time, freezes it or lets it run.
pub(super) async fn change(
    State(shared): State<Controlled>,
    Sent(change): Sent<Change>,
) -> Result<Json<Reading>, Refusal> {
    let now = match change.now.map(|now| now.parse::<Timestamp>()) {
        None => None,
        Some(Ok(now)) => Some(now),
        Some(Err(_)) => {
            return Err(Refusal::bad_request(
                "the member now is no instant; write it like 2027-04-30T00:00:00Z",
            ));
        }
    };
    if now.is_none() && change.running.is_none() {
        return Err(Refusal::bad_request(
            "the body changes nothing; send now, an instant, or running, true or false, or both",
        ));
    }
    let changed = |clock: &mut VirtualClock| {
        if let Some(now) = now {
            clock.set(now);
        }
        match change.running {
            Some(true) => clock.resume(),
            Some(false) => clock.freeze(),
            None => {}
        }
    };
    let reading = apply(&shared, changed).await?;
    Ok(Json(reading))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    seconds: Option<i64>,
    by: Option<String>,
}

/// Moves the time.
pub(super) async fn advance(
    State(shared): State<Controlled>,
    Sent(advance): Sent<Advance>,
) -> Result<Json<Reading>, Refusal> {
    let by = match (advance.seconds, advance.by) {
        (Some(seconds), None) => SignedDuration::from_secs(seconds),
        (None, Some(by)) => duration(&by).ok_or_else(|| {
            Refusal::bad_request(
                "the member by is no duration; write it like PT31M, 31m, or 30 days. Months and years \
                 have no length of their own",
            )
        })?,
        _ => {
            return Err(Refusal::bad_request(
                "send either seconds, a number, or by, a duration such as 31m",
            ));
        }
    };
    let reading = apply(&shared, |clock| clock.advance(by)).await?;
    Ok(Json(reading))
}

/// A duration in the notation of ISO 8601 or of people. A day has 24 hours.
fn duration(text: &str) -> Option<SignedDuration> {
    let span: Span = text.parse().ok()?;
    span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()
}

async fn apply(
    shared: &Controlled,
    change: impl FnOnce(&mut VirtualClock),
) -> Result<Reading, Refusal> {
    let (version, reading) = {
        let mut world = shared.world();
        change(&mut world.state.clock);
        (world.changed(), world.state.clock.into())
    };
    let stored = shared.stored(version).await;
    stored.map_err(|_| Refusal::not_stored())?;
    Ok(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_machines_and_as_people_do() {
        let minutes = |text| duration(text).map(|it| it.as_mins());
        for text in ["PT31M", "31m", "31 minutes", "pt31m"] {
            assert_eq!(minutes(text), Some(31), "{text}");
        }
        assert_eq!(minutes("P30D"), Some(30 * 24 * 60));
        assert_eq!(minutes("2 weeks"), Some(14 * 24 * 60));
        assert_eq!(minutes("-1h"), Some(-60));
        for text in ["1 month", "P1Y", "", "soon"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
