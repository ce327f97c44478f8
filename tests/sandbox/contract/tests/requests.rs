//! Requests that are wrong on purpose fail, and the reason names the place but no value.

use serde_json::{Value, json};

use super::samples::{Sample, published, requests};

fn request(operation_id: &str) -> Sample {
    let found = requests()
        .into_iter()
        .find(|it| it.operation_id == operation_id);
    found.unwrap_or_else(|| panic!("no request of {operation_id}"))
}

fn violations(sample: &Sample) -> Vec<String> {
    let judged = published().check_request(&sample.exchange(&sample.path_and_query()));
    let place = format!("{} {} request: ", sample.operation_id, sample.status);
    let violations = judged.err().unwrap_or_default().into_iter();
    violations
        .map(|it| it.strip_prefix(&place).expect("the place first").to_owned())
        .collect()
}

/// Asserts that the request passes as its example shows it, and with the change fails so.
pub(super) fn fails(operation_id: &str, change: impl FnOnce(&mut Sample), reasons: &[&str]) {
    let mut sample = request(operation_id);
    assert_eq!(violations(&sample), [""; 0], "as documented");
    change(&mut sample);
    assert_eq!(violations(&sample), reasons, "{operation_id}");
}

/// Asserts that the request passes with the change too.
pub(super) fn passes(operation_id: &str, change: impl FnOnce(&mut Sample)) {
    fails(operation_id, change, &[]);
}

/// Sends this header instead of others of its name, or none when the value is empty.
pub(super) fn set(sample: &mut Sample, name: &str, value: &str) {
    let headers = &mut sample.request_headers;
    headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    if !value.is_empty() {
        headers.push((name.to_owned(), value.to_owned()));
    }
}

fn body(value: &Value) -> impl FnOnce(&mut Sample) + use<> {
    let body = value.to_string();
    move |sample| sample.request_body = body.into()
}

#[test]
fn a_path_parameter_is_of_its_type() {
    let target = |id: &str| {
        let path = format!("/api/v2/oauth/clients/{id}");
        move |sample: &mut Sample| sample.path = path
    };
    let integer = "path oauth_client_id: type (no integer within 64 bits)";
    fails("show_oauth_client", target("CANARY"), &[integer]);
    fails(
        "show_oauth_client",
        target("9223372036854775808"),
        &[integer],
    );
    fails("show_oauth_client", target("1%2F2"), &[integer]);
    fails(
        "show_oauth_client",
        target("%FF"),
        &["path oauth_client_id: not UTF-8"],
    );
    passes("show_oauth_client", target("9223372036854775807"));
    passes("show_oauth_client", target("%31.json"));
    passes("show_oauth_connection", |it| {
        it.path = "/api/services/zis/connections/a%2Fb%20%C3%BC%252F".to_owned();
    });
}

#[test]
fn a_query_has_documented_names_with_values_of_their_types() {
    let query = |query: &str| {
        let query = query.to_owned();
        move |sample: &mut Sample| sample.query = query
    };
    let list = "list_oauth_clients";
    passes(list, query(""));
    passes(
        list,
        query("page[size]=5&page%5Bafter%5D=eyJvIjoiaWQifQ%3D%3D&sort=-created_at"),
    );
    let integer = "type (no integer within 64 bits)";
    fails(
        list,
        query("page%5Bsize%5D=CANARY"),
        &[&format!("query page[size]: {integer}")],
    );
    fails(
        list,
        query("page%5Bsize%5D=2147483648"),
        &["query page[size]: maximum at #"],
    );
    fails(
        list,
        query("page=1&page=2"),
        &["query page: repeated, and no list"],
    );
    fails(
        list,
        query("page=1&CANARY"),
        &["query: name 2 of 2 is not documented"],
    );
    fails(list, query("page=%FF"), &["query: not UTF-8"]);
    let missing = "query flow_token: required, and missing";
    fails("start_oauth_redirect", query(""), &[missing]);
    passes("refresh_oauth_token", query("name=my+connection%26co"));
    fails(
        "refresh_oauth_token",
        query("uuid=my+connection"),
        &["query uuid: format at #"],
    );
    fails(
        "delete_oauth_client",
        query("page=1"),
        &["query: name 1 of 1 is not documented"],
    );
}

#[test]
fn a_body_has_what_its_schema_asks_for_and_nothing_else() {
    let create = "create_oauth_client";
    let client = json!({"name": "a", "identifier": "b"});
    passes(create, body(&json!({"client": client})));
    let with = |name: &str, value: Value| {
        let mut client = client.clone();
        client[name] = value;
        body(&json!({"client": client}))
    };
    passes(create, with("kind", json!("a new kind")));
    fails(
        create,
        with("secret", json!("CANARY")),
        &["body: unknown key at #/client/secret"],
    );
    fails(
        create,
        with("user_id", json!("29")),
        &["body: type at #/client/user_id"],
    );
    fails(
        create,
        with("name", json!(null)),
        &["body: type at #/client/name"],
    );
    let missing = "body: required at #/client: \"identifier\" is missing";
    fails(create, body(&json!({"client": {"name": "a"}})), &[missing]);
    fails(
        create,
        body(&client),
        &[
            "body: required at #: \"client\" is missing",
            "body: unknown key at #/identifier",
            "body: unknown key at #/name",
        ],
    );
    fails(
        create,
        |it| it.request_body = b"client=CANARY".to_vec(),
        &["body: not JSON"],
    );
    fails(
        "create_zis_oauth_token",
        |it| it.request_body = b"[]".to_vec(),
        &["body: type at #"],
    );
}

#[test]
fn a_body_comes_where_and_as_the_document_says() {
    let create = "create_oauth_client";
    fails(
        create,
        |it| it.request_body.clear(),
        &["body: required, and missing"],
    );
    fails(
        create,
        |it| set(it, "content-type", ""),
        &["content type: missing"],
    );
    let form = "application/x-www-form-urlencoded";
    fails(
        create,
        |it| set(it, "content-type", form),
        &["content type: not documented"],
    );
    passes(create, |it| {
        set(it, "Content-Type", "Application/JSON; charset=utf-8")
    });
    let undocumented = &["body: not documented"];
    fails(
        "generate_oauth_client_secret",
        |it| it.request_body = b"{}".to_vec(),
        undocumented,
    );
}
