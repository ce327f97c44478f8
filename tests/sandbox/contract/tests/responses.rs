//! Statuses, content types, headers and bodies of answers, and what no document describes.

use serde_json::json;

use super::{
    super::{Checked, Contract, Exchange},
    samples::{Sample, published, sample},
};

const JSON: &str = "application/json";

/// Asserts that the sample passes as it is, and with the change fails with this one reason.
fn fails(sample: &Sample, change: impl FnOnce(&mut Sample), reason: &str) {
    let contract = published();
    let target = sample.path_and_query();
    let whole = contract.check(&sample.exchange(&target));
    assert!(whole.is_ok(), "{}: {whole:?}", sample.place);
    let mut changed = sample.clone();
    change(&mut changed);
    let place = format!("{} {} response", changed.operation_id, changed.status);
    let judged = contract.check(&changed.exchange(&target));
    assert_eq!(
        judged,
        Err(vec![format!("{place}: {reason}")]),
        "{}",
        sample.place
    );
}

fn set(sample: &mut Sample, name: &str, value: &str) {
    let headers = &mut sample.response_headers;
    headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    headers.push((name.to_owned(), value.to_owned()));
}

fn remove(sample: &mut Sample, name: &str) {
    let headers = &mut sample.response_headers;
    headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
}

#[test]
fn a_status_must_be_documented_for_the_operation() {
    let client = sample("show_oauth_client", 200, JSON);
    fails(&client, |it| it.status = 201, "status: not documented");
    fails(&client, |it| it.status = 302, "status: not documented");
}

#[test]
fn a_content_type_must_be_documented_for_the_status() {
    let client = sample("show_oauth_client", 200, JSON);
    fails(
        &client,
        |it| set(it, "content-type", "text/html"),
        "content type: not documented",
    );
    fails(
        &client,
        |it| remove(it, "content-type"),
        "content type: missing",
    );
    let busy = sample("show_oauth_client", 503, "text/html");
    fails(
        &busy,
        |it| set(it, "content-type", JSON),
        "content type: not documented",
    );
}

#[test]
fn case_and_parameters_of_a_content_type_do_not_matter() {
    let mut client = sample("show_oauth_client", 200, JSON);
    let target = client.path_and_query();
    for value in [
        "Application/JSON",
        "application/json ;charset=utf-8",
        "application/json",
    ] {
        set(&mut client, "CONTENT-type", value);
        let judged = published().check(&client.exchange(&target));
        assert!(judged.is_ok(), "{value}: {judged:?}");
    }
}

#[test]
fn a_body_is_what_its_content_type_says() {
    let client = sample("show_oauth_client", 200, JSON);
    fails(
        &client,
        |it| it.response_body = b"{\"client\":".to_vec(),
        "body: not JSON",
    );
    fails(&client, |it| it.response_body.clear(), "body: not JSON");
    fails(
        &client,
        |it| it.response_body = b"\"\xff\"".to_vec(),
        "body: not UTF-8",
    );
    let busy = sample("show_oauth_client", 503, "text/html");
    fails(
        &busy,
        |it| it.response_body = b"\xff".to_vec(),
        "body: not UTF-8",
    );
}

#[test]
fn an_answer_without_documented_content_is_empty() {
    let deleted = sample("delete_oauth_client", 204, "");
    fails(
        &deleted,
        |it| it.response_body = b"null".to_vec(),
        "body: not documented",
    );
}

#[test]
fn an_answer_to_head_has_no_body_and_a_documented_type_if_any() {
    let mut client = sample("show_oauth_client", 200, JSON);
    client.method = "HEAD".to_owned();
    let body = std::mem::take(&mut client.response_body);
    fails(
        &client,
        |it| it.response_body = body,
        "body: sent in answer to HEAD",
    );
    fails(
        &client,
        |it| set(it, "content-type", "text/css"),
        "content type: not documented",
    );
    remove(&mut client, "content-type");
    fails(&client, |it| it.status = 201, "status: not documented");
}

#[test]
fn a_required_header_must_be_there() {
    let redirect = sample("start_oauth_redirect", 307, "");
    let reason = "header Location: required, and missing";
    fails(&redirect, |it| remove(it, "location"), reason);
    // Without `required`, a header may be missing.
    let mut created = sample("create_oauth_client", 201, JSON);
    remove(&mut created, "location");
    fails(&created, |it| it.status = 202, "status: not documented");
}

#[test]
fn a_documented_header_is_of_its_type_each_time_that_it_comes() {
    let created = sample("create_oauth_client", 201, JSON);
    let relative = "/api/v2/oauth/clients/1.json";
    fails(
        &created,
        |it| set(it, "location", relative),
        "header Location: format at #",
    );
    let integer = "header X-Rate-Limit: type (no integer within 64 bits)";
    fails(&created, |it| set(it, "x-rate-limit", "CANARY"), integer);
    fails(&created, |it| set(it, "x-rate-limit", ""), integer);
    let beyond_int32 = "header X-Rate-Limit: maximum at #";
    fails(
        &created,
        |it| set(it, "x-rate-limit", "2147483648"),
        beyond_int32,
    );
    let twice = |it: &mut Sample| {
        let second = ("x-rate-limit".to_owned(), "many".to_owned());
        it.response_headers.push(second);
    };
    fails(&created, twice, integer);
}

#[test]
fn headers_that_no_document_names_may_come() {
    let mut client = sample("show_oauth_client", 200, JSON);
    set(&mut client, "CF-RAY", "956b9383d9c13dd5-ORD");
    let target = client.path_and_query();
    let judged = published().check(&client.exchange(&target));
    assert!(judged.is_ok(), "{judged:?}");
}

#[test]
fn what_no_document_describes_is_not_judged() {
    let contract = published();
    let undescribed = [
        ("POST", "/oauth/nothing"),
        ("PATCH", "/api/v2/oauth/clients/1"),
        (
            "HEAD",
            "/api/services/zis/connections/oauth/start/my_integration",
        ),
        ("GET", "/api/v2/nothing?a=/api/v2/oauth/clients"),
        ("GET", "/api/v2/oauth/clients/"),
        ("GET", "/api/v2"),
        ("GET", "/"),
    ];
    for (method, path_and_query) in undescribed {
        let exchange = Exchange {
            method,
            path_and_query,
            request_headers: &[],
            request_body: b"anything",
            status: 799,
            response_headers: &[],
            response_body: b"anything",
        };
        assert_eq!(
            contract.check(&exchange),
            Ok(Checked::Undescribed),
            "{path_and_query}"
        );
        let request = contract.check_request(&exchange);
        assert_eq!(request, Ok(Checked::Undescribed), "{path_and_query}");
    }
}

#[test]
fn only_the_first_server_is_served() {
    let root = json!({
        "servers": [
            {"url": "https://{subdomain}.example.com/in/use"},
            {"url": "https://www.example.com/retired"},
        ],
        "paths": {"/a": {"get": {"operationId": "show", "responses": {"204": {}}}}},
    });
    let contract = Contract::of(&[&root]);
    let served = |path_and_query: &str| {
        let exchange = Exchange {
            method: "GET",
            path_and_query,
            request_headers: &[],
            request_body: b"",
            status: 204,
            response_headers: &[],
            response_body: b"",
        };
        contract.check(&exchange) != Ok(Checked::Undescribed)
    };
    let paths = ["/in/use/a", "/retired/a", "/a"];
    assert_eq!(paths.map(served), [true, false, false]);
}

#[test]
fn a_described_path_is_judged_by_its_own_operation() {
    let contract = published();
    let cases = [
        (
            "GET",
            "/api/v2/oauth/clients.json?page=1",
            "list_oauth_clients",
        ),
        (
            "PUT",
            "/api/v2/oauth/clients/1/generate_secret.json",
            "generate_oauth_client_secret",
        ),
        (
            "GET",
            "/api/services/zis/connections/oauth",
            "show_oauth_connection",
        ),
        (
            "GET",
            "/api/services/zis/connections/oauth/start_redirect",
            "start_oauth_redirect",
        ),
        (
            "HEAD",
            "/api/v2/chat/oauth/tokens",
            "list_chat_oauth_tokens",
        ),
        (
            "DELETE",
            "/api/v2/chat/oauth/tokens/1.json",
            "revoke_chat_oauth_token",
        ),
    ];
    for (method, path_and_query, operation) in cases {
        let exchange = Exchange {
            method,
            path_and_query,
            request_headers: &[],
            request_body: b"",
            status: 799,
            response_headers: &[],
            response_body: b"",
        };
        let reason = format!("{operation} 799 response: status: not documented");
        assert_eq!(
            contract.check(&exchange),
            Err(vec![reason]),
            "{path_and_query}"
        );
    }
}
