//! What a fault makes of an answer.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

use super::fault::Fault;
use crate::http::{Answer, Delivery};
use crate::rate;
use crate::routes::Area;
use crate::switches::TooManyRequests;

/// The answer that comes instead of the call's own, if the fault has one.
pub(crate) fn forced_answer(fault: &Fault, area: Area, form: TooManyRequests) -> Option<Answer> {
    if fault.reset {
        let mut answer = Answer::empty(StatusCode::INTERNAL_SERVER_ERROR);
        answer.delivery = Delivery::Reset;
        return Some(answer);
    }
    let status = StatusCode::from_u16(fault.status?).ok()?;
    let mut answer = match &fault.body {
        Some(Value::String(text)) => Answer::text(status, text.clone()),
        Some(json) => Answer::json(status, json),
        None if status == StatusCode::TOO_MANY_REQUESTS => rate::too_many_requests(form, area, 1),
        None if status.is_server_error() => {
            let reason = status.canonical_reason().unwrap_or("Error");
            let page = format!(
                "<html><body><h1>{} {reason}</h1></body></html>",
                status.as_u16()
            );
            Answer::html(status, page)
        }
        None => Answer::empty(status),
    };
    dress(&mut answer, fault);
    Some(answer)
}

/// What happens to the call's own answer.
pub(crate) fn apply_after(
    mut answer: Answer,
    fault: &Fault,
    area: Area,
    form: TooManyRequests,
) -> Answer {
    if fault.lose_answer {
        let instead = forced_answer(fault, area, form);
        return instead.unwrap_or_else(|| {
            answer.delivery = Delivery::Reset;
            answer
        });
    }
    if let Some(body) = &fault.body {
        let replaced = match body {
            Value::String(text) => Answer::text(answer.status, text.clone()),
            json => Answer::json(answer.status, json),
        };
        answer.body = replaced.body;
    }
    dress(&mut answer, fault);
    answer
}

/// What becomes of any answer, whoever gave it.
fn dress(answer: &mut Answer, fault: &Fault) {
    for (name, value) in &fault.headers {
        let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
        else {
            continue;
        };
        answer.headers.insert(name, value);
    }
    if let Some(bytes) = fault.truncate {
        answer.delivery = Delivery::Cut(bytes);
    }
}
