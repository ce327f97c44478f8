//! `/api/v2/users/{id}` and `/api/v2/users/show_many`.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Sandbox, Seed};

use crate::zendesk::{Zendesk, answered};

async fn get(zendesk: &Zendesk, token: &str, path: &str) -> (StatusCode, Value) {
    let request = zendesk.request(Method::GET, path).bearer_auth(token);
    let answer = answered(request).await;
    (answer.status, answer.json())
}

#[tokio::test]
async fn users_are_shown_by_their_ids_and_who_is_missing_is_left_out() {
    let zendesk = Zendesk::start().await;
    let token = zendesk.credentials().read_only_token.clone();
    let (status, one) = get(&zendesk, &token, "/api/v2/users/30.json").await;
    assert_eq!(status, StatusCode::OK);
    let expected = json!({
        "active": true,
        "email": "agent@example.com",
        "id": 30,
        "name": "Agnes Agent",
        "role": "agent",
        "suspended": false,
        "url": format!("{}/api/v2/users/30.json", zendesk.sandbox.url()),
    });
    assert_eq!(one["user"], expected);
    let path = "/api/v2/users/show_many?ids=30,4,29";
    let (status, many) = get(&zendesk, &token, path).await;
    assert_eq!(status, StatusCode::OK);
    let ids: Vec<&Value> = many["users"]
        .as_array()
        .expect("users")
        .iter()
        .map(|it| &it["id"])
        .collect();
    assert_eq!(ids, [30, 29]);
    assert_eq!(many["count"], 2);
    let (status, _) = get(&zendesk, &token, "/api/v2/users/4").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn more_than_a_hundred_ids_and_what_is_no_id_are_refused() {
    let zendesk = Zendesk::start().await;
    let token = zendesk.credentials().admin_token.clone();
    let ids = |count: i64| {
        let ids: Vec<String> = (1..=count).map(|id| id.to_string()).collect();
        format!("/api/v2/users/show_many?ids={}", ids.join(","))
    };
    assert_eq!(get(&zendesk, &token, &ids(100)).await.0, StatusCode::OK);
    for path in [
        ids(101),
        ids(0),
        "/api/v2/users/show_many".to_owned(),
        "/api/v2/users/show_many?ids=1,x".to_owned(),
        "/api/v2/users/x".to_owned(),
    ] {
        let (status, _) = get(&zendesk, &token, &path).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
    }
}

#[tokio::test]
async fn scopes_and_roles_decide_and_who_was_deleted_stays_and_may_nothing() {
    let seed = "
users:
  - {id: 1, name: A, email: a@example.com, role: admin}
  - {id: 2, name: B, email: b@example.com, role: agent}
  - {id: 3, name: C, email: c@example.com, role: end-user}
  - {id: 4, name: D, email: d@example.com, role: admin, active: false}
clients:
  - {identifier: app, name: App, kind: confidential}
tokens:
  - {client: app, user: b@example.com, scopes: ['users:read'], token: CANARY-users}
  - {client: app, user: b@example.com, scopes: [read], token: CANARY-read}
  - {client: app, user: b@example.com, scopes: ['tickets:read', write], token: CANARY-tickets}
  - {client: app, user: c@example.com, scopes: [read], token: CANARY-end-user}
  - {client: app, user: d@example.com, scopes: [read], token: CANARY-deleted}
";
    let seed = Seed::parse("seed.yaml", seed).expect("a seed");
    let zendesk = Zendesk::of(Sandbox::builder().seed(seed)).await;
    for path in ["/api/v2/users/4", "/api/v2/users/show_many?ids=4"] {
        for (token, expected) in [
            ("CANARY-users", StatusCode::OK),
            ("CANARY-read", StatusCode::OK),
            ("CANARY-tickets", StatusCode::FORBIDDEN),
            ("CANARY-end-user", StatusCode::FORBIDDEN),
            ("CANARY-deleted", StatusCode::UNAUTHORIZED),
        ] {
            let (status, body) = get(&zendesk, token, path).await;
            assert_eq!(status, expected, "{token}: {body}");
            if status == StatusCode::OK {
                let user = body.pointer("/users/0").unwrap_or(&body["user"]);
                assert_eq!(user["active"], false);
            }
        }
    }
}
