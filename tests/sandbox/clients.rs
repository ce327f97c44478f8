//! OAuth clients of Support: what is remembered, and what of it is shown.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use zendesk_oauth_sandbox::Sandbox;

use crate::zendesk::{Zendesk, answered};

const CLIENTS: &str = "/api/v2/oauth/clients";

fn new_client(identifier: &str) -> Value {
    let client = json!({ "name": "Test Client", "identifier": identifier, "kind": "confidential" });
    json!({ "client": client })
}

/// Creates a client and returns it.
async fn created(zendesk: &Zendesk, identifier: &str) -> Value {
    let answer = zendesk
        .admin(Method::POST, CLIENTS, Some(new_client(identifier)))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()["client"].clone()
}

fn path(client: &Value) -> String {
    format!("{CLIENTS}/{}", client["id"])
}

/// Whether a secret still mints a token.
async fn mints(zendesk: &Zendesk, identifier: &str, secret: &str) -> StatusCode {
    let body = json!({
        "grant_type": "client_credentials",
        "client_id": identifier,
        "client_secret": secret,
        "scope": "read",
    });
    let request = zendesk.request(Method::POST, "/oauth/tokens").json(&body);
    answered(request).await.status
}

#[tokio::test]
async fn what_is_created_is_listed_shown_updated_and_gone_after_delete() {
    let zendesk = Zendesk::start().await;
    let answer = zendesk
        .admin(Method::POST, CLIENTS, Some(new_client("unique_id")))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let client = answer.json()["client"].clone();
    let path = path(&client);
    assert_eq!(
        answer.header("location"),
        format!("{}{path}.json", zendesk.sandbox.url())
    );
    let identifiers = |list: Value| -> Vec<Value> {
        let clients = list["clients"].as_array().expect("a list").clone();
        clients
            .into_iter()
            .map(|client| client["identifier"].clone())
            .collect()
    };
    let listed = identifiers(zendesk.get(CLIENTS).await.json());
    assert!(listed.contains(&json!("unique_id")), "{listed:?}");

    assert_eq!(
        zendesk.get(&path).await.json()["client"]["name"],
        "Test Client"
    );
    let change = json!({ "client": { "name": "Renamed", "company": "Acme" } });
    let updated = zendesk.admin(Method::PUT, &path, Some(change)).await;
    assert_eq!(updated.status, StatusCode::OK);
    let updated = updated.json()["client"].clone();
    assert_eq!(
        (&updated["name"], &updated["company"]),
        (&json!("Renamed"), &json!("Acme"))
    );
    assert_eq!(updated["identifier"], "unique_id", "what is not sent stays");

    let deleted = zendesk.admin(Method::DELETE, &path, None).await;
    assert_eq!(
        (deleted.status, deleted.text.as_str()),
        (StatusCode::NO_CONTENT, "")
    );
    for method in [Method::GET, Method::DELETE] {
        let gone = zendesk.admin(method, &path, None).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        assert_eq!(
            gone.json(),
            json!({ "error": "RecordNotFound", "description": "Not found" })
        );
    }
    let listed = identifiers(zendesk.get(CLIENTS).await.json());
    assert!(!listed.contains(&json!("unique_id")), "{listed:?}");
}

#[tokio::test]
async fn a_secret_is_whole_when_it_is_made_and_never_again() {
    let zendesk = Zendesk::start().await;
    let client = created(&zendesk, "secretive").await;
    let first = client["secret"].as_str().expect("a secret").to_owned();
    assert_eq!(first.len(), 64);
    let path = path(&client);
    let truncated = format!("{}...", &first[..15]);
    assert_eq!(
        zendesk.get(&path).await.json()["client"]["secret"],
        truncated
    );
    let list = zendesk.get(CLIENTS).await;
    assert!(!list.text.contains(&first) && list.text.contains(&truncated));

    let secret = format!("{path}/generate_secret");
    let generated = zendesk.admin(Method::PUT, &secret, None).await;
    assert_eq!(generated.status, StatusCode::OK);
    let generated = generated.json()["client"]["secret"].clone();
    let second = generated.as_str().expect("a secret").to_owned();
    assert_ne!(second, first);
    assert!(!zendesk.get(&path).await.text.contains(&second));
}

#[tokio::test]
async fn a_new_secret_kills_the_old_one_at_once() {
    let zendesk = Zendesk::start().await;
    let client = created(&zendesk, "rotated").await;
    let old = client["secret"].as_str().expect("a secret").to_owned();
    assert_eq!(mints(&zendesk, "rotated", &old).await, StatusCode::OK);
    let secret = format!("{}/generate_secret", path(&client));
    let new = zendesk.admin(Method::PUT, &secret, None).await.json()["client"]["secret"].clone();
    assert_eq!(
        mints(&zendesk, "rotated", &old).await,
        StatusCode::UNAUTHORIZED
    );
    let new = new.as_str().expect("a secret");
    assert_eq!(mints(&zendesk, "rotated", new).await, StatusCode::OK);
}

#[tokio::test]
async fn another_kind_is_another_secret_and_the_answer_does_not_tell_it() {
    let zendesk = Zendesk::start().await;
    let client = created(&zendesk, "changing").await;
    let old = client["secret"].as_str().expect("a secret").to_owned();
    let change = json!({ "client": { "kind": "public" } });
    let changed = zendesk
        .admin(Method::PUT, &path(&client), Some(change))
        .await;
    let shown = changed.json()["client"]["secret"].clone();
    let shown = shown.as_str().expect("a secret");
    assert!(shown.ends_with("...") && shown.len() == 18, "{shown}");
    assert_ne!(shown[..15], old[..15]);
    let same = json!({ "client": { "kind": "public" } });
    let again = zendesk.admin(Method::PUT, &path(&client), Some(same)).await;
    assert_eq!(
        again.json()["client"]["secret"],
        shown,
        "the same kind keeps the secret"
    );
}

#[tokio::test]
async fn members_that_nobody_knows_are_dropped_and_named() {
    let zendesk = Zendesk::start().await;
    let body = json!({
        "client": { "name": "N", "identifier": "warned", "nmae": "x", "secret": "CANARY-own-secret" },
        "oops": 1,
    });
    let answer = zendesk.admin(Method::POST, CLIENTS, Some(body)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(
        answer.header("x-zendesk-api-warn"),
        "{:allowed_parameters=>{:controller=>\"oauth/clients\", :action=>\"create\", \
         :unpermitted_keys=>[\"oops\", \"client.nmae\", \"client.secret\"], :invalid_values=>[]}}"
    );
    assert!(
        !answer.text.contains("CANARY"),
        "a read-only member is not heeded"
    );
    let plain = zendesk
        .admin(Method::POST, CLIENTS, Some(new_client("plain")))
        .await;
    assert_eq!(plain.header("x-zendesk-api-warn"), "");
}

#[tokio::test]
async fn the_warning_is_no_longer_than_callers_take() {
    let zendesk = Zendesk::start().await;
    let mut body = new_client("warned");
    for number in 0..20 {
        let name = format!("{number}{}", "\u{10ffff}".repeat(80));
        body["client"][name] = json!(1);
    }
    let answer = zendesk.admin(Method::POST, CLIENTS, Some(body)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let warning = answer.header("x-zendesk-api-warn");
    assert!((2_000..=4_096).contains(&warning.len()), "{warning}");
    assert!(warning.ends_with("\"], :invalid_values=>[]}}"), "{warning}");
}

#[tokio::test]
async fn values_that_break_a_rule_are_refused_with_the_rule() {
    let zendesk = Zendesk::start().await;
    created(&zendesk, "taken").await;
    let long = "x".repeat(3_000);
    for (client, member, error) in [
        (json!({ "identifier": "a" }), "name", "BlankValue"),
        (
            json!({ "name": "  ", "identifier": "a" }),
            "name",
            "BlankValue",
        ),
        (json!({ "name": "n" }), "identifier", "BlankValue"),
        (
            json!({ "name": "n", "identifier": "taken" }),
            "identifier",
            "DuplicateValue",
        ),
        (
            json!({ "name": "n", "identifier": "a", "kind": "secret" }),
            "kind",
            "InvalidValue",
        ),
        (
            json!({ "name": long, "identifier": "a" }),
            "name",
            "ValueTooLong",
        ),
        (
            json!({ "name": "n", "identifier": "a", "user_id": 30 }),
            "user_id",
            "InvalidValue",
        ),
        (
            json!({ "name": "n", "identifier": "a", "redirect_uri": ["http://example.com/"] }),
            "redirect_uri",
            "InvalidValue",
        ),
    ] {
        let body = json!({ "client": client });
        let answer = zendesk.admin(Method::POST, CLIENTS, Some(body)).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{member} {error}"
        );
        let body = answer.json();
        assert_eq!(body["error"], "RecordInvalid");
        assert_eq!(body["details"][member][0]["error"], error);
    }
    let other = created(&zendesk, "other").await;
    let taken = json!({ "client": { "identifier": "taken" } });
    let refused = zendesk.admin(Method::PUT, &path(&other), Some(taken)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let own = json!({ "client": { "identifier": "other" } });
    let kept = zendesk.admin(Method::PUT, &path(&other), Some(own)).await;
    assert_eq!(
        kept.status,
        StatusCode::OK,
        "its own identifier is not taken"
    );
}

/// No document has a null there, so a caller that sends one is to hear of it.
#[tokio::test]
async fn members_of_another_type_or_null_are_refused_and_change_nothing() {
    let zendesk = Zendesk::start().await;
    let client = created(&zendesk, "owned").await;
    for (member, value) in [
        ("name", Value::Null),
        ("company", Value::Null),
        ("description", Value::Null),
        ("description", json!(1)),
        ("user_id", Value::Null),
        ("user_id", json!("29")),
        ("user_id", json!(29.5)),
        ("redirect_uri", Value::Null),
        ("redirect_uri", json!("https://example.com/")),
        ("redirect_uri", json!([null])),
    ] {
        let mut new = new_client("a");
        new["client"][member] = value.clone();
        let refused = zendesk.admin(Method::POST, CLIENTS, Some(new)).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{member} {value}");
        let mut change = json!({ "client": { "name": "changed" } });
        change["client"][member] = value.clone();
        let refused = zendesk
            .admin(Method::PUT, &path(&client), Some(change))
            .await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{member} {value}");
        let message = refused.json()["error"]["message"].clone();
        let message = message.as_str().expect("a text");
        assert!(message.contains(member), "{message}");
    }
    let shown = zendesk.get(&path(&client)).await.json();
    assert_eq!(shown["client"]["name"], client["name"], "nothing changed");
}

#[tokio::test]
async fn my_clients_are_those_of_the_caller() {
    let zendesk = Zendesk::start().await;
    created(&zendesk, "mine").await;
    let mine = zendesk.get("/api/v2/users/me/oauth/clients.json").await;
    assert_eq!(mine.status, StatusCode::OK);
    let clients = mine.json()["clients"].as_array().expect("a list").clone();
    assert!(clients.iter().all(|client| client["user_id"] == 29));
    assert!(clients.iter().any(|client| client["identifier"] == "mine"));
}

#[tokio::test]
async fn every_path_works_with_json_behind_it_and_head_has_no_body() {
    let zendesk = Zendesk::start().await;
    let client = created(&zendesk, "suffixed").await;
    let path = path(&client);
    let plain = zendesk.get(&path).await;
    let suffixed = zendesk.get(&format!("{path}.json")).await;
    assert_eq!(
        (suffixed.status, &suffixed.text),
        (StatusCode::OK, &plain.text)
    );
    let head = zendesk.admin(Method::HEAD, &path, None).await;
    assert_eq!((head.status, head.text.as_str()), (StatusCode::OK, ""));
    assert_eq!(head.header("content-length"), plain.text.len().to_string());
    for name in ["content-length", "content-type", "x-rate-limit"] {
        assert_eq!(head.header(name), plain.header(name), "{name}");
    }
}

#[tokio::test]
async fn the_clients_of_one_sandbox_are_not_in_another() {
    let (one, other) = (
        Zendesk::start().await,
        Zendesk::of(Sandbox::builder()).await,
    );
    let client = created(&one, "only_here").await;
    assert_eq!(
        other.get(&path(&client)).await.status,
        StatusCode::NOT_FOUND
    );
}
