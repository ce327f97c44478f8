//! Lists of `/api/v2/oauth/tokens`.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support_tokens::{TOKENS, as_bearer, made};
use crate::zendesk::Zendesk;

fn ids(list: &Value) -> Vec<i64> {
    let tokens = list["tokens"].as_array().expect("a list");
    tokens
        .iter()
        .map(|it| it["id"].as_i64().expect("an id"))
        .collect()
}

#[tokio::test]
async fn a_list_is_of_the_current_user_unless_all_are_asked_for() {
    let zendesk = Zendesk::start().await;
    let own = zendesk.get(TOKENS).await.json();
    assert_eq!(own["count"], 4);
    assert!(
        own["tokens"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["user_id"] == 29)
    );
    assert_eq!(
        zendesk.get(&format!("{TOKENS}?all=true")).await.json()["count"],
        5
    );
    let expired = "?all=true&include_expired=true";
    assert_eq!(
        zendesk.get(&format!("{TOKENS}{expired}")).await.json()["count"],
        6
    );
    let alone = "?include_expired=true";
    assert_eq!(
        zendesk.get(&format!("{TOKENS}{alone}")).await.json()["count"],
        4
    );
    for bad in [
        "client_id=x",
        "global_client_id=1.5",
        "all=perhaps",
        "page[size]=x",
        "sort=token",
    ] {
        let bad = format!("{TOKENS}?page[size]=5&{bad}");
        assert_eq!(
            zendesk.get(&bad).await.status,
            StatusCode::BAD_REQUEST,
            "{bad}"
        );
    }
    let credentials = zendesk.credentials();
    let agent = &credentials.agent_token;
    let answer = as_bearer(&zendesk, Method::GET, TOKENS, agent).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_filtered_list_is_paged_by_cursor_and_by_offset() {
    let zendesk = Zendesk::start().await;
    let client = zendesk.register("confidential").await;
    for _ in 0..5 {
        made(
            &zendesk,
            json!({ "client_id": client.id, "scopes": ["read"] }),
        )
        .await;
        zendesk
            .sandbox
            .clock()
            .advance(SignedDuration::from_secs(1));
    }
    let filter = format!("client_id={}", client.id);
    let whole = ids(&zendesk.get(&format!("{TOKENS}?{filter}")).await.json());
    assert_eq!(whole.len(), 5);
    let mut next = format!("{TOKENS}?{filter}&page[size]=2&sort=-created_at");
    let mut seen = Vec::new();
    loop {
        let page = zendesk.get(&next).await.json();
        seen.extend(ids(&page));
        if page["meta"]["has_more"] == false {
            break;
        }
        next = page["links"]["next"].as_str().unwrap().to_owned();
        assert!(next.contains(&filter), "{next}");
    }
    assert!(seen.iter().rev().eq(whole.iter()), "{seen:?} {whole:?}");
    let second = zendesk
        .get(&format!("{TOKENS}?all=true&{filter}&page=2&per_page=2"))
        .await
        .json();
    assert_eq!(
        (ids(&second), &second["count"]),
        (whole[2..4].to_vec(), &json!(5))
    );
    let next = zendesk
        .get(second["next_page"].as_str().unwrap())
        .await
        .json();
    assert_eq!(
        (ids(&next), &next["next_page"]),
        (whole[4..].to_vec(), &Value::Null)
    );
    // Half an hour later they are there no more, unless expired ones are asked for.
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_mins(30));
    assert_eq!(
        zendesk.get(&format!("{TOKENS}?{filter}")).await.json()["count"],
        0
    );
    let expired = format!("{TOKENS}?all=true&include_expired=true&{filter}");
    assert_eq!(zendesk.get(&expired).await.json()["count"], 5);
}
