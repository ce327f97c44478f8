//! Pages of a list.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Sandbox, Switches};

use crate::zendesk::Zendesk;

const CLIENTS: &str = "/api/v2/oauth/clients";

/// A sandbox with clients named in another order than that of their ids; returns their ids.
async fn filled(zendesk: &Zendesk, names: &[&str]) -> Vec<i64> {
    let mut ids = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let client = json!({ "name": name, "identifier": format!("paged_{at}") });
        let body = Some(json!({ "client": client }));
        let answer = zendesk.admin(Method::POST, CLIENTS, body).await;
        ids.push(answer.json()["client"]["id"].as_i64().expect("an id"));
    }
    ids
}

fn ids(page: &Value) -> Vec<i64> {
    let clients = page["clients"].as_array().expect("a list");
    clients
        .iter()
        .map(|client| client["id"].as_i64().expect("an id"))
        .collect()
}

fn names(page: &Value) -> Vec<String> {
    let clients = page["clients"].as_array().expect("a list");
    clients
        .iter()
        .map(|client| client["name"].as_str().expect("a name").to_owned())
        .collect()
}

/// Follows `links.next` as long as there is more.
async fn walked(zendesk: &Zendesk, first: &str) -> Vec<Value> {
    let mut pages = vec![zendesk.get(first).await.json()];
    while pages[pages.len() - 1]["meta"]["has_more"] == true {
        let next = pages[pages.len() - 1]["links"]["next"]
            .as_str()
            .expect("a link")
            .to_owned();
        pages.push(zendesk.get(&next).await.json());
        assert!(pages.len() < 50, "the list has no end");
    }
    pages
}

#[tokio::test]
async fn cursor_pages_hold_every_record_once() {
    let zendesk = Zendesk::start().await;
    filled(&zendesk, &["c", "a", "b", "b", "d"]).await;
    let whole = ids(&zendesk.get(CLIENTS).await.json());
    let pages = walked(&zendesk, &format!("{CLIENTS}?page%5Bsize%5D=2")).await;
    let together: Vec<i64> = pages.iter().flat_map(ids).collect();
    assert_eq!(together, whole);
    assert!(pages.iter().rev().skip(1).all(|page| ids(page).len() == 2));
}

#[tokio::test]
async fn a_sorted_list_can_be_walked_both_ways_though_names_repeat() {
    let zendesk = Zendesk::start().await;
    filled(&zendesk, &["c", "a", "b", "b", "d"]).await;
    for (sort, descending) in [("name", false), ("-name", true)] {
        let pages = walked(&zendesk, &format!("{CLIENTS}?page%5Bsize%5D=2&sort={sort}")).await;
        let together: Vec<String> = pages.iter().flat_map(names).collect();
        let mut sorted = together.clone();
        sorted.sort();
        if descending {
            sorted.reverse();
        }
        assert_eq!(together, sorted);
        let back = pages[1]["links"]["prev"].as_str().expect("a link");
        assert_eq!(
            ids(&zendesk.get(back).await.json()),
            ids(&pages[0]),
            "{sort}"
        );
    }
}

#[tokio::test]
async fn a_cursor_outlives_the_record_that_it_names() {
    let zendesk = Zendesk::start().await;
    let made = filled(&zendesk, &["a", "b", "c", "d"]).await;
    let all = ids(&zendesk.get(CLIENTS).await.json());
    let at = all
        .iter()
        .position(|id| *id == made[1])
        .expect("it is listed");
    let first = zendesk
        .get(&format!("{CLIENTS}?page%5Bsize%5D={}", at + 1))
        .await
        .json();
    let path = format!("{CLIENTS}/{}", made[1]);
    zendesk.admin(Method::DELETE, &path, None).await;
    let next = first["links"]["next"].as_str().expect("a link").to_owned();
    assert_eq!(ids(&zendesk.get(&next).await.json()), all[at + 1..]);
}

#[tokio::test]
async fn the_last_page_has_links_and_cursors_as_recorded_and_null_by_switch() {
    let zendesk = Zendesk::start().await;
    let page = format!("{CLIENTS}?page%5Bsize%5D=100");
    let last = zendesk.get(&page).await.json();
    assert_eq!(last["meta"]["has_more"], false);
    for link in [&last["links"]["next"], &last["links"]["prev"]] {
        let link = link.as_str().expect("the trap");
        assert!(
            link.contains("page%5Bsize%5D=100") && link.contains("%3D"),
            "{link}"
        );
    }
    let cursor = last["meta"]["after_cursor"]
        .as_str()
        .expect("the trap")
        .to_owned();
    let decoded = STANDARD.decode(&cursor).expect("base64");
    let decoded: Value = serde_json::from_slice(&decoded).expect("JSON");
    assert_eq!(decoded["o"], "id");
    assert!(decoded["v"].is_string());
    let next = last["links"]["next"].as_str().expect("the trap");
    let beyond = zendesk.get(next).await.json();
    assert_eq!(
        beyond,
        json!({
            "clients": [],
            "meta": { "has_more": false, "after_cursor": null, "before_cursor": null },
            "links": { "prev": null, "next": null },
        })
    );

    let mut switches = Switches::default();
    switches.set("last_page_links", "null").expect("a switch");
    let zendesk = Zendesk::of(Sandbox::builder().switches(switches)).await;
    let last = zendesk.get(&page).await.json();
    assert_eq!(last["links"], json!({ "prev": null, "next": null }));
    assert_eq!(
        last["meta"],
        json!({ "has_more": false, "after_cursor": null, "before_cursor": null })
    );
}

#[tokio::test]
async fn offset_pages_count_and_link_to_their_neighbours() {
    let zendesk = Zendesk::start().await;
    filled(&zendesk, &["a", "b", "c", "d"]).await;
    let whole = zendesk.get(CLIENTS).await.json();
    let all = ids(&whole);
    assert_eq!(whole["count"], all.len());
    assert_eq!(
        (&whole["next_page"], &whole["previous_page"]),
        (&Value::Null, &Value::Null)
    );
    let second = zendesk
        .get(&format!("{CLIENTS}?page=2&per_page=2"))
        .await
        .json();
    assert_eq!(ids(&second), all[2..4]);
    assert_eq!(second["count"], all.len());
    let url = zendesk.sandbox.url();
    assert_eq!(
        second["next_page"],
        format!("{url}{CLIENTS}.json?page=3&per_page=2")
    );
    assert_eq!(
        second["previous_page"],
        format!("{url}{CLIENTS}.json?page=1&per_page=2")
    );
}

#[tokio::test]
async fn offset_pages_end_at_page_100_and_record_10_000() {
    let zendesk = Zendesk::start().await;
    for query in ["page=101", "page=101&per_page=1", "page=99999999999999"] {
        let answer = zendesk.get(&format!("{CLIENTS}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(
            answer.json()["errors"][0]["code"],
            "InvalidPaginationDepth",
            "{query}"
        );
    }
    for query in ["page=100&per_page=100", "page=100"] {
        let answer = zendesk.get(&format!("{CLIENTS}?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
    }
}

#[tokio::test]
async fn parameters_of_both_styles_drop_the_order_in_silence() {
    let zendesk = Zendesk::start().await;
    filled(&zendesk, &["c", "a", "b"]).await;
    let query = "page%5Bsize%5D=100&per_page=2&sort=-name";
    let mixed = zendesk.get(&format!("{CLIENTS}?{query}")).await;
    assert_eq!(mixed.status, StatusCode::OK);
    assert_eq!(ids(&mixed.json()), ids(&zendesk.get(CLIENTS).await.json()));
}

#[tokio::test]
async fn pages_that_make_no_sense_are_refused() {
    let zendesk = Zendesk::start().await;
    let of_name = STANDARD.encode(r#"{"o":"name","v":"1:x"}"#);
    let of_name = of_name.replace('=', "%3D");
    for query in [
        "page%5Bsize%5D=0".to_owned(),
        "page%5Bsize%5D=-1".to_owned(),
        "page%5Bsize%5D=ten".to_owned(),
        "page%5Bsize%5D=2&page%5Bafter%5D=CANARY".to_owned(),
        "page%5Bsize%5D=2&page%5Bafter%5D=%FF%FE".to_owned(),
        "page%5Bsize%5D=2&page%5Bafter%5D=".to_owned(),
        format!("page%5Bsize%5D=2&page%5Bafter%5D={of_name}"),
        format!("page%5Bsize%5D=2&sort=name&page%5Bafter%5D={of_name}&page%5Bbefore%5D={of_name}"),
        "page%5Bsize%5D=2&sort=secret".to_owned(),
        "page%5Bsize%5D=2&sort=".to_owned(),
        "page=0".to_owned(),
        "page=x".to_owned(),
        "per_page=0".to_owned(),
        "per_page=2147483648".to_owned(),
        "page%5Bsize%5D=2147483648".to_owned(),
    ] {
        let answer = zendesk.get(&format!("{CLIENTS}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(
            answer.json()["errors"][0]["code"],
            "InvalidPaginationParameter",
            "{query}"
        );
        assert!(!answer.text.contains("CANARY"));
    }
}

#[tokio::test]
async fn a_page_of_more_than_100_is_cut_or_refused_by_switch() {
    let zendesk = Zendesk::start().await;
    let queries = ["page%5Bsize%5D=101", "per_page=101", "per_page=2147483647"];
    for query in queries {
        let answer = zendesk.get(&format!("{CLIENTS}?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
    }
    zendesk
        .sandbox
        .set_switch("page_size_over_100", "refused")
        .expect("a switch");
    for query in queries {
        let answer = zendesk.get(&format!("{CLIENTS}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
    }
}
