//! Switches and profiles.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{control, get, refused};
use crate::zendesk::Zendesk;

fn value_of(switches: &Value, name: &str) -> Value {
    let switches = switches["switches"].as_array().expect("a list");
    let found = switches.iter().find(|it| it["name"] == name);
    found.expect("a switch")["value"].clone()
}

#[tokio::test]
async fn switches_are_listed_and_set_all_or_none() {
    let zendesk = Zendesk::start().await;
    let listed = get(&zendesk, "/switches").await;
    for switch in listed["switches"].as_array().expect("a list") {
        assert!(!switch["about"].as_str().expect("a text").starts_with(' '));
        assert_eq!(switch["value"], switch["values"][0]);
    }
    let body = json!({ "token_status": 201, "rate_limit": "5" });
    let set = control(&zendesk, Method::PATCH, "/switches", Some(body))
        .await
        .json();
    assert_eq!(value_of(&set, "token_status"), "201");
    assert_eq!(value_of(&set, "rate_limit"), "5");
    for (body, said) in [
        (
            r#"{"access_token":"jwt","colour":"CANARY"}"#,
            "no switch colour",
        ),
        (
            r#"{"access_token":"jwt","token_status":"CANARY"}"#,
            "takes 200, 201",
        ),
        (
            r#"{"access_token":"jwt","token_status":["CANARY"]}"#,
            "takes a string",
        ),
        (r#"["CANARY"]"#, "line 1"),
    ] {
        let bad = StatusCode::BAD_REQUEST;
        let error = refused(&zendesk, Method::PATCH, "/switches", body, bad).await;
        assert!(error.contains(said), "{error}");
    }
    assert_eq!(get(&zendesk, "/switches").await, set);
}

#[tokio::test]
async fn a_profile_is_applied_by_its_name() {
    let zendesk = Zendesk::start().await;
    let set = control(&zendesk, Method::POST, "/profiles/strict", None).await;
    assert_eq!(value_of(&set.json(), "page_size_over_100"), "refused");
    for path in ["/profiles/none", "/profiles/CANARY%20x", "/profiles/%ff"] {
        let error = refused(&zendesk, Method::POST, path, "", StatusCode::NOT_FOUND).await;
        assert!(error.contains("there are documented, "), "{error}");
    }
}
