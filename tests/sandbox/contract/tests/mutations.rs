//! Answers that are wrong on purpose fail, and the reason names the place but no value.

use serde_json::{Value, json};

use super::{
    super::Contract,
    samples::{Sample, answers, published, sample},
};

fn violations(contract: &Contract, sample: &Sample) -> Vec<String> {
    let target = sample.path_and_query();
    contract
        .check(&sample.exchange(&target))
        .err()
        .unwrap_or_default()
}

/// The sample's body with what stands at `pointer` replaced, or removed.
fn changed(sample: &Sample, pointer: &str, value: Option<&Value>) -> Sample {
    let mut body: Value = serde_json::from_slice(&sample.response_body).expect("a JSON body");
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = body.pointer_mut(parent).and_then(Value::as_object_mut);
    let parent = parent.unwrap_or_else(|| panic!("{} has no {pointer}", sample.place));
    match value {
        Some(value) => drop(parent.insert(name.to_owned(), value.clone())),
        None => drop(parent.remove(name).expect("it was there")),
    }
    Sample {
        response_body: body.to_string().into(),
        ..sample.clone()
    }
}

#[test]
fn a_changed_answer_fails_where_it_was_changed() {
    let contract = published();
    let (client, page) = (("show_oauth_client", 200), ("list_oauth_clients", 200));
    let (tokens, exchanged) = (
        ("list_chat_oauth_tokens", 200),
        ("exchange_verification_code", 200),
    );
    let beyond_int64 = json!(9_223_372_036_854_775_808_u64);
    let cases = [
        (
            client,
            "/client/more",
            Some(json!(1)),
            "unknown key at #/client/more",
        ),
        (client, "/more", Some(json!(1)), "unknown key at #/more"),
        (
            page,
            "/clients/0/more",
            Some(json!(1)),
            "unknown key at #/clients/0/more",
        ),
        (tokens, "/0/more", Some(json!(1)), "unknown key at #/0/more"),
        (
            client,
            "/client",
            None,
            "required at #: \"client\" is missing",
        ),
        (tokens, "/0/id", None, "required at #/0: \"id\" is missing"),
        (client, "/client", Some(json!([])), "type at #/client"),
        (
            client,
            "/client/redirect_uri",
            Some(json!("https://a.b")),
            "type at #/client/redirect_uri",
        ),
        (
            client,
            "/client/redirect_uri",
            Some(json!([1])),
            "type at #/client/redirect_uri/0",
        ),
        (
            client,
            "/client/id",
            Some(json!("1")),
            "type at #/client/id",
        ),
        (
            client,
            "/client/id",
            Some(beyond_int64),
            "maximum at #/client/id",
        ),
        (
            client,
            "/client/id",
            Some(json!(null)),
            "type at #/client/id",
        ),
        (
            client,
            "/client/kind",
            Some(json!(7)),
            "type at #/client/kind",
        ),
        (
            client,
            "/client/created_at",
            Some(json!("2009-05-13")),
            "format at #/client/created_at",
        ),
        (
            tokens,
            "/0/access_token",
            Some(json!(null)),
            "type at #/0/access_token",
        ),
        (
            exchanged,
            "/uuid",
            Some(json!("CANARY")),
            "format at #/uuid",
        ),
        (
            exchanged,
            "/origin_oauth_redirect_url",
            Some(json!("CANARY")),
            "format at #/origin_oauth_redirect_url",
        ),
    ];
    for ((operation, status), pointer, value, expected) in cases {
        let sample = sample(operation, status, "application/json");
        assert_eq!(violations(contract, &sample), [""; 0], "as documented");
        let violations = violations(contract, &changed(&sample, pointer, value.as_ref()));
        let expected = format!("{operation} {status} response: body: {expected}");
        assert_eq!(violations, [expected], "{pointer} {value:?}");
    }
}

#[test]
fn every_json_answer_refuses_a_key_that_no_document_names() {
    let contract = published();
    let mut changes = 0;
    for sample in answers() {
        if sample.response_media_type() != "application/json" {
            continue;
        }
        let body: Value = serde_json::from_slice(&sample.response_body).expect("a JSON body");
        xtask::openapi::walk(&body, "", &mut |pointer, value| {
            // The keys of `details` are names of members, which may be any.
            if value.is_object() && !pointer.ends_with("/details") {
                let key = format!("{pointer}/CANARY-key");
                let violations = violations(contract, &changed(sample, &key, Some(&json!(1))));
                let named = violations
                    .iter()
                    .any(|it| it.contains(&format!("unknown key at #{key}")));
                assert!(named, "{} at {pointer}: {violations:?}", sample.place);
                changes += 1;
            }
        });
    }
    assert!(changes > 150, "only {changes} objects were seen");
}

#[test]
fn null_passes_where_the_document_lets_it() {
    let contract = published();
    let page = sample("list_oauth_clients", 200, "application/json");
    assert_eq!(
        violations(contract, &changed(&page, "/next_page", Some(&json!(null)))),
        [""; 0]
    );
    let tokens = sample("list_chat_oauth_tokens", 200, "application/json");
    assert_eq!(
        violations(
            contract,
            &changed(&tokens, "/0/refresh_token", Some(&json!(null)))
        ),
        [""; 0]
    );
}

#[test]
fn an_error_may_have_each_documented_shape_and_no_other() {
    let contract = published();
    let sample = sample("show_oauth_client", 403, "application/json");
    for error in [json!("Forbidden"), json!({"title": "Forbidden"}), json!({})] {
        assert_eq!(
            violations(contract, &changed(&sample, "/error", Some(&error))),
            [""; 0]
        );
    }
    for error in [
        json!(1),
        json!(null),
        json!({"title": 1}),
        json!({"more": "CANARY"}),
    ] {
        let violations = violations(contract, &changed(&sample, "/error", Some(&error)));
        assert!(!violations.is_empty(), "{error}");
        assert!(
            !format!("{violations:?}").contains("CANARY"),
            "{violations:?}"
        );
    }
}

#[test]
fn no_violation_prints_a_value() {
    let contract = published();
    let secret = json!("CANARY-secret");
    for sample in answers() {
        if sample.response_media_type() != "application/json" {
            continue;
        }
        let body: Value = serde_json::from_slice(&sample.response_body).expect("a JSON body");
        xtask::openapi::walk(&body, "", &mut |pointer, _| {
            let is_member = body.pointer(pointer.rsplit_once('/').map_or("", |(parent, _)| parent));
            if pointer.is_empty() || !is_member.is_some_and(Value::is_object) {
                return;
            }
            for value in [json!({"nested": secret}), json!([secret]), secret.clone()] {
                let violations = violations(contract, &changed(sample, pointer, Some(&value)));
                let printed = format!("{violations:?}");
                assert!(!printed.contains("CANARY"), "{}: {printed}", sample.place);
            }
        });
    }
}
