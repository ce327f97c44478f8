//! The list of all connections.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::*;

const ALL: &str = "/api/services/zis/integrations/my_integration/connections/all";

fn names(body: &Value) -> Vec<&str> {
    let items = body["oauth"].as_array().expect("as documented").iter();
    items
        .map(|it| it["name"].as_str().expect("as documented"))
        .collect()
}

#[tokio::test]
async fn connections_are_listed_by_name_and_in_pages() {
    let zendesk = agreeing().await;
    let empty = zis(&zendesk, Method::GET, ALL, None).await.json();
    let nothing =
        json!({ "api_key": [], "basic_auth": [], "bearer_token": [], "oauth": [], "meta": {} });
    assert_eq!(empty, nothing);
    for name in ["delta", "alpha", "charlie", "bravo"] {
        let mut start = whole_start();
        start["name"] = json!(name);
        connected(&zendesk, start).await;
    }
    let page = async |pairs: &[(&str, &str)]| {
        let answer = zis(&zendesk, Method::GET, &query(ALL, pairs), None).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    };
    let all = page(&[]).await;
    assert_eq!(names(&all), ["alpha", "bravo", "charlie", "delta"]);
    assert_eq!(all["meta"], json!({}));
    assert_eq!(all["oauth"][0]["created_at"], "2026-11-02T09:00:00Z");
    assert!(!all.to_string().contains("access_token"));
    let first = page(&[("page[size]", "2")]).await;
    assert_eq!(names(&first), ["alpha", "bravo"]);
    assert_eq!(
        first["meta"],
        json!({ "has_more": true, "after": "bravo", "before": "alpha" })
    );
    let last = page(&[("page[size]", "2"), ("page[after]", "bravo")]).await;
    assert_eq!(names(&last), ["charlie", "delta"]);
    assert_eq!(last["meta"]["has_more"], false);
    let back = page(&[("page[size]", "2"), ("page[before]", "delta")]).await;
    assert_eq!(names(&back), ["bravo", "charlie"]);
    assert_eq!(names(&page(&[("page[size]", "1000")]).await).len(), 4);
}

#[tokio::test]
async fn a_page_that_makes_no_sense_is_refused() {
    let zendesk = Zendesk::start().await;
    for pairs in [
        vec![("page[size]", "0")],
        vec![("page[size]", "CANARY")],
        vec![("page[after]", "a"), ("page[before]", "b")],
    ] {
        refused(
            &zis(&zendesk, Method::GET, &query(ALL, &pairs), None).await,
            400,
            "1301",
        );
    }
    zendesk
        .sandbox
        .set_switch("page_size_over_100", "refused")
        .unwrap();
    let path = query(ALL, &[("page[size]", "101")]);
    refused(&zis(&zendesk, Method::GET, &path, None).await, 422, "1303");
}
