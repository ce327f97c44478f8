//! The faults of `table.md`, by the words there.

use serde_json::{Value, json};
use zendesk_oauth_sandbox::Fault;

use crate::places::Change;

/// What goes wrong, and how it is brought about.
#[derive(Clone, Copy)]
pub(crate) enum How {
    Nothing,
    /// The sandbox does it, to so many calls if there is a number.
    Fault(fn(real: &str) -> Fault, Option<u64>),
    /// The connection is reset with the request unread, so often if there is a number.
    Unread(Option<usize>),
    /// The answer's first byte after the head comes, and no other.
    Stalled,
    /// The real answer, changed in the places that the document describes.
    Changed(Change),
}

/// Every fault, in the order of the table.
pub(crate) const FAULTS: &[(&str, How)] = &[
    ("nothing", How::Nothing),
    ("429", How::Fault(|_| limited(), None)),
    (
        "429 with Retry-After: 7",
        How::Fault(|_| limited_for("7"), None),
    ),
    (
        "429 with Retry-After as a date in 9 s",
        How::Fault(|_| limited_for(IN_9_SECONDS), None),
    ),
    (
        "429 with Retry-After: 3600",
        How::Fault(|_| limited_for("3600"), None),
    ),
    (
        "429 with Retry-After: 7, twice",
        How::Fault(|_| limited_for("7"), Some(2)),
    ),
    ("503", How::Fault(|_| page(503), None)),
    (
        "503 with Retry-After: 5",
        How::Fault(|_| page(503).with_header("retry-after", "5"), None),
    ),
    ("503, twice", How::Fault(|_| page(503), Some(2))),
    ("502 with a page of HTML", How::Fault(|_| page(502), None)),
    ("504", How::Fault(|_| page(504), None)),
    ("408", How::Fault(|_| page(408), None)),
    ("500", How::Fault(|_| page(500), None)),
    ("reset before the request is read", How::Unread(None)),
    (
        "reset before the request is read, twice",
        How::Unread(Some(2)),
    ),
    (
        "reset once the request is read",
        How::Fault(|_| Fault::reset(), None),
    ),
    (
        "reset once the request is read, twice",
        How::Fault(|_| Fault::reset(), Some(2)),
    ),
    (
        "reset once the call took place",
        How::Fault(|_| Fault::lost_answer(), None),
    ),
    (
        "reset once the call took place, the first time",
        How::Fault(|_| Fault::lost_answer(), Some(1)),
    ),
    (
        "no answer for longer than the timeout",
        How::Fault(|_| Fault::latency_ms(600_000), None),
    ),
    ("a body that stops to come", How::Stalled),
    (
        "a body that ends before its length",
        How::Fault(|_| Fault::truncated(1), None),
    ),
    (
        "JSON that is cut short",
        How::Fault(|real| Fault::default().with_body(half(real)), None),
    ),
    (
        "an empty body",
        How::Fault(|_| Fault::default().with_body(""), None),
    ),
    ("an empty 200", How::Fault(|_| Fault::status(200), None)),
    ("200 with a page of HTML", How::Fault(|_| page(200), None)),
    ("an empty 204", How::Fault(|_| Fault::status(204), None)),
    ("unknown enum values", How::Changed(Change::UnknownEnum)),
    ("null in every nullable place", How::Changed(Change::Nulls)),
    (
        "nothing in every optional place",
        How::Changed(Change::Absent),
    ),
    ("extra fields in every object", How::Changed(Change::Extras)),
    (
        "timestamps without a zone",
        How::Changed(Change::Times("2018-10-17T02:32:45")),
    ),
    ("timestamps that are empty", How::Changed(Change::Times(""))),
    (
        "timestamps of 0000-00-00",
        How::Changed(Change::Times("0000-00-00T00:00:00Z")),
    ),
    (
        "timestamps that are none",
        How::Changed(Change::Times("not a date")),
    ),
    (
        "timestamps as numbers",
        How::Changed(Change::TimesAsNumbers),
    ),
];

/// Nine seconds after [`BEGINNING`](crate::virtual_clock::BEGINNING).
const IN_9_SECONDS: &str = "Mon, 02 Nov 2026 09:00:09 GMT";

/// 429 as a server might send it that says too much.
fn limited() -> Fault {
    let body = json!({
        "error": "CANARY-error",
        "description": "CANARY-description",
        "details": {"CANARY-field": [{"description": "CANARY-detail", "error": "CANARY-code"}]},
    });
    dressed(Fault::status(429).with_body(body))
}

fn limited_for(retry_after: &str) -> Fault {
    limited().with_header("retry-after", retry_after)
}

fn page(status: u16) -> Fault {
    dressed(Fault::status(status).with_body("<html><h1>CANARY-page</h1></html>"))
        .with_header("content-type", "text/html")
}

fn dressed(fault: Fault) -> Fault {
    let location = "https://provider.example/?state=CANARY-location";
    fault
        .with_header("set-cookie", "session=CANARY-cookie")
        .with_header("location", location)
}

/// So much of the JSON that its secrets are in it, whole or not.
fn half(real: &str) -> Value {
    let mut end = real.len() * 9 / 10;
    while !real.is_char_boundary(end) {
        end -= 1;
    }
    Value::from(&real[..end])
}
