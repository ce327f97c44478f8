//! Snapshots and reset.

use reqwest::{Method, StatusCode};
use serde_json::json;
use zendesk_oauth_sandbox::{Fault, FaultRule};

use super::{control, get, refused};
use crate::zendesk::Zendesk;

#[tokio::test]
async fn the_same_snapshot_gives_the_same_ids_again() {
    let zendesk = Zendesk::start().await;
    let create = async || {
        let body = json!({ "client": { "name": "N", "identifier": "new" } });
        let path = "/api/v2/oauth/clients";
        let mut created = zendesk.admin(Method::POST, path, Some(body)).await.json();
        created["client"].take()
    };
    zendesk
        .sandbox
        .faults()
        .add(FaultRule::on("show_oauth_client", Fault::status(503)))
        .unwrap();
    let taken = control(&zendesk, Method::POST, "/snapshots", None).await;
    assert_eq!(
        (taken.status, taken.json()),
        (StatusCode::CREATED, json!({ "id": 1 }))
    );
    let in_hand = zendesk.sandbox.snapshot();
    assert_eq!(format!("{in_hand:?}"), "Snapshot { .. }");
    let first = create().await;
    zendesk
        .sandbox
        .clock()
        .advance(jiff::SignedDuration::from_hours(1));
    for _ in 0..2 {
        let restored = control(&zendesk, Method::POST, "/snapshots/1/restore", None).await;
        let time = json!({ "now": "2026-11-02T09:00:00Z", "running": false });
        assert_eq!(restored.json(), json!({ "id": 1, "time": time }));
        assert_eq!(create().await, first);
    }
    zendesk.sandbox.restore(&in_hand).expect("its own");
    assert_eq!(create().await, first);
    assert_eq!(zendesk.sandbox.faults().list().len(), 1);
    assert!(zendesk.sandbox.journal().len() >= 4);
    let listed = get(&zendesk, "/snapshots").await;
    let counts = json!({ "users": 3, "clients": 4, "tokens": 6, "global_clients": 1 });
    let expected = json!([{ "id": 1, "time": "2026-11-02T09:00:00Z", "counts": counts }]);
    assert_eq!(listed["snapshots"], expected);
    control(&zendesk, Method::DELETE, "/snapshots/1", None).await;
    for (method, path) in [
        (Method::POST, "/snapshots/1/restore"),
        (Method::DELETE, "/snapshots/1"),
        (Method::POST, "/snapshots/CANARY/restore"),
    ] {
        refused(&zendesk, method, path, "", StatusCode::NOT_FOUND).await;
    }
}

#[tokio::test]
async fn there_is_room_for_a_hundred_snapshots() {
    let zendesk = Zendesk::start().await;
    for _ in 0..100 {
        let taken = control(&zendesk, Method::POST, "/snapshots", None).await;
        assert_eq!(taken.status, StatusCode::CREATED);
    }
    let error = refused(
        &zendesk,
        Method::POST,
        "/snapshots",
        "",
        StatusCode::CONFLICT,
    )
    .await;
    assert!(error.contains("100 snapshots"), "{error}");
    control(&zendesk, Method::DELETE, "/snapshots", None).await;
    let taken = control(&zendesk, Method::POST, "/snapshots", None).await;
    assert_eq!(taken.json(), json!({ "id": 101 }));
}

#[tokio::test]
async fn reset_goes_back_to_the_start() {
    let zendesk = Zendesk::start().await;
    let sandbox = &zendesk.sandbox;
    let body = || Some(json!({ "client": { "name": "N", "identifier": "new" } }));
    let create = || zendesk.admin(Method::POST, "/api/v2/oauth/clients", body());
    let first = create().await;
    for _ in 0..2 {
        sandbox.clock().advance(jiff::SignedDuration::from_hours(1));
        sandbox.set_switch("token_status", "201").unwrap();
        sandbox.faults().add(Fault::status(503)).unwrap();
        let reset = control(&zendesk, Method::POST, "/reset", None).await;
        assert_eq!(reset.json()["time"]["now"], "2026-11-02T09:00:00Z");
        assert!(sandbox.journal().is_empty());
        assert!(sandbox.faults().list().is_empty());
        assert_eq!(sandbox.switches().values()[0].1, "200");
        let again = create().await;
        assert_eq!(again.text, first.text);
        assert_eq!(again.header("x-request-id"), first.header("x-request-id"));
    }
    sandbox.reset().expect("a seed that is taken");
    assert_eq!(create().await.text, first.text);
}
