//! The clock.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{control, get, refused};
use crate::zendesk::Zendesk;

#[tokio::test]
async fn the_clock_is_read_set_frozen_and_moved() {
    let zendesk = Zendesk::start().await;
    let shown = json!({ "now": "2026-11-02T09:00:00Z", "running": false });
    assert_eq!(get(&zendesk, "/clock").await, shown);
    for (body, now) in [
        (json!({ "seconds": 61 }), "2026-11-02T09:01:01Z"),
        (json!({ "by": "PT31M" }), "2026-11-02T09:32:01Z"),
        (json!({ "by": "-31m" }), "2026-11-02T09:01:01Z"),
    ] {
        let moved = control(&zendesk, Method::POST, "/clock/advance", Some(body)).await;
        assert_eq!(moved.json(), json!({ "now": now, "running": false }));
    }
    let body = json!({ "now": "2027-04-30T00:00:00Z", "running": true });
    let running = control(&zendesk, Method::PATCH, "/clock", Some(body)).await;
    assert_eq!(running.json()["running"], true);
    assert!(zendesk.sandbox.clock().is_running());
    let body = json!({ "running": false });
    control(&zendesk, Method::PATCH, "/clock", Some(body)).await;
    let stands = get(&zendesk, "/clock").await;
    assert_eq!(stands, get(&zendesk, "/clock").await);
    assert!(
        zendesk
            .sandbox
            .clock()
            .now()
            .to_string()
            .starts_with("2027-04-30T00:0")
    );
}

#[tokio::test]
async fn the_clock_refuses_what_is_no_time() {
    let zendesk = Zendesk::start().await;
    let bad = StatusCode::BAD_REQUEST;
    for (method, path, body, said) in [
        (
            Method::PATCH,
            "/clock",
            r#"{"now":"CANARY-now"}"#,
            "no instant",
        ),
        (Method::PATCH, "/clock", "{}", "changes nothing"),
        (
            Method::PATCH,
            "/clock",
            r#"{"running":"CANARY"}"#,
            "member running",
        ),
        (
            Method::PATCH,
            "/clock",
            r#"{"later":"CANARY"}"#,
            "no member later",
        ),
        (
            Method::PATCH,
            "/clock",
            "{\n\"now\": CANARY}",
            "line 2, column 8",
        ),
        (Method::POST, "/clock/advance", "{}", "either seconds"),
        (
            Method::POST,
            "/clock/advance",
            r#"{"by":"CANARY"}"#,
            "no duration",
        ),
        (
            Method::POST,
            "/clock/advance",
            r#"{"by":"1 month"}"#,
            "no duration",
        ),
        (
            Method::POST,
            "/clock/advance",
            r#"{"seconds":1,"by":"1s"}"#,
            "either seconds",
        ),
        (Method::POST, "/clock/advance", r#"["CANARY"]"#, "line 1"),
        (Method::POST, "/clock/advance", "", "line 1"),
    ] {
        let error = refused(&zendesk, method, path, body, bad).await;
        assert!(error.contains(said), "{error}");
    }
    assert_eq!(get(&zendesk, "/clock").await["now"], "2026-11-02T09:00:00Z");
    for seconds in [i64::MAX, i64::MIN] {
        let body = Some(json!({ "seconds": seconds }));
        let moved = control(&zendesk, Method::POST, "/clock/advance", body).await;
        assert_eq!(moved.status, StatusCode::OK);
        assert_eq!(
            zendesk.get("/api/v2/oauth/clients").await.status,
            StatusCode::OK
        );
    }
}

#[tokio::test]
async fn answers_have_the_date_of_the_virtual_clock() {
    let zendesk = Zendesk::start().await;
    let first = zendesk.get("/api/v2/oauth/clients").await;
    assert_eq!(first.header("date"), "Mon, 02 Nov 2026 09:00:00 GMT");
    zendesk
        .sandbox
        .clock()
        .advance(jiff::SignedDuration::from_hours(24));
    let second = zendesk.get("/api/v2/oauth/clients").await;
    assert_eq!(second.header("date"), "Tue, 03 Nov 2026 09:00:00 GMT");
    assert_eq!(second.headers.get_all("date").iter().count(), 1);
    let root = control(&zendesk, Method::GET, "/", None).await;
    assert_eq!(root.header("date"), "Tue, 03 Nov 2026 09:00:00 GMT");
    assert_eq!(root.headers.get_all("date").iter().count(), 1);
}
