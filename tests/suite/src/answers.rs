//! What each operation makes of every answer: documented ones, and those that no document has.

use serde_json::Value;
use zendesk_oauth_core::{ApiErrorBody, Credentials, client::Error};
use zendesk_oauth_tests::{Loopback, answer, answer_claiming};

use crate::{
    called::{Answered, Failed, blocking},
    described::{Described, TypedClient, http},
    documents::DocumentedOperation,
};

const REQUEST_ID: &str = "09f6da452d8a41b2b1ce";

async fn answered_with<C: TypedClient>(
    described: &Described<C>,
    http: &reqwest::Client,
    operation: &str,
    bytes: Vec<u8>,
) -> Result<Answered, Failed> {
    let server = Loopback::answering(bytes).await;
    let credentials = Credentials::bearer("CANARY-bearer");
    let client = described.client_over(http, &server.url(), &credentials);
    let result = described.call(&client, operation).await;
    assert_eq!(server.requests().len(), 1, "{operation} is asked once");
    result
}

fn headers<'a>(media_type: &'a str, location: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut headers = vec![("x-request-id", REQUEST_ID), ("retry-after", "17")];
    if !media_type.is_empty() {
        headers.push(("content-type", media_type));
    }
    if !location.is_empty() {
        headers.push(("location", location));
    }
    headers
}

/// Status, headers, request id and body are kept, whatever came.
fn assert_kept(place: &str, error: &Failed, status: u16, body: &[u8]) {
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(status),
        "{place}"
    );
    assert_eq!(error.request_id(), Some(REQUEST_ID), "{place}");
    let headers = error
        .headers()
        .unwrap_or_else(|| panic!("{place} lost its headers"));
    assert_eq!(headers["retry-after"], "17", "{place}");
    assert!(error.retry_after().is_some(), "{place}");
    assert_eq!(
        error.body().map(|body| body.to_vec()),
        Some(body.to_vec()),
        "{place}"
    );
}

fn error_body<'a>(place: &str, error: &'a Failed) -> &'a ApiErrorBody {
    match error {
        Error::ErrorResponse(response) => response,
        other => panic!("{place} is not an error response: {other}"),
    }
}

/// Every example of every success.
pub fn the_documented_success_comes_back_typed<C: TypedClient>(described: &Described<C>) {
    blocking(async {
        let http = http();
        for operation in &described.operations {
            for documented in operation.answers.iter().filter(|it| it.status < 400) {
                for (name, example) in &documented.examples {
                    let place = format!("{} {} {name}", operation.id, documented.status);
                    let is_redirect = documented.status >= 300;
                    let location = if is_redirect {
                        "https://provider.example/authorize?state=s"
                    } else {
                        ""
                    };
                    let bytes = answer(
                        documented.status,
                        &headers(&documented.media_type, location),
                        documented.body(example),
                    );
                    let typed = answered_with(described, &http, &operation.id, bytes)
                        .await
                        .unwrap_or_else(|error| panic!("{place}: {error}"));
                    assert_eq!(typed.status.as_u16(), documented.status, "{place}");
                    assert_eq!(typed.request_id.as_deref(), Some(REQUEST_ID), "{place}");
                    assert_eq!(typed.headers["retry-after"], "17", "{place}");
                    if is_redirect {
                        assert_eq!(
                            typed.value,
                            serde_json::json!({"location": location}),
                            "{place}"
                        );
                    } else {
                        assert!(contains(&typed.value, example), "{place}: {}", typed.value);
                    }
                }
            }
        }
    });
}

/// Whether every member of the example that is not null is in the value.
fn contains(value: &Value, example: &Value) -> bool {
    match (value, example) {
        (_, Value::Null) => true,
        (Value::Object(value), Value::Object(example)) => example.iter().all(|(name, it)| {
            it.is_null() || value.get(name).is_some_and(|value| contains(value, it))
        }),
        (Value::Array(value), Value::Array(example)) => {
            value.len() == example.len() && value.iter().zip(example).all(|(a, b)| contains(a, b))
        }
        (value, example) => value == example,
    }
}

/// Every example of every error.
pub fn each_documented_error_comes_back_typed<C: TypedClient>(described: &Described<C>) {
    blocking(async {
        let http = http();
        for operation in &described.operations {
            let mut driven = 0;
            for documented in operation.answers.iter().filter(|it| it.status >= 400) {
                for (name, example) in &documented.examples {
                    let place = format!("{} {} {name}", operation.id, documented.status);
                    let body = documented.body(example);
                    let bytes = answer(
                        documented.status,
                        &headers(&documented.media_type, ""),
                        &body,
                    );
                    let error = answered_with(described, &http, &operation.id, bytes)
                        .await
                        .expect_err(&place);
                    assert_kept(&place, &error, documented.status, &body);
                    let typed = error_body(&place, &error);
                    let (code, message) = code_and_message(&documented.media_type, example);
                    assert_eq!(typed.code(), code, "{place}");
                    if documented.media_type != "text/html" {
                        assert_eq!(typed.message(), message, "{place}");
                    }
                    assert!(
                        error.to_string().contains(&operation.id),
                        "{place}: {error}"
                    );
                    assert!(
                        error.to_string().contains(&documented.status.to_string()),
                        "{place}: {error}"
                    );
                    driven += 1;
                }
            }
            assert!(driven > 0, "{} documents no error", operation.id);
        }
    });
}

/// Code and message of each documented envelope, read off by hand.
fn code_and_message<'a>(
    media_type: &str,
    example: &'a Value,
) -> (Option<&'a str>, Option<&'a str>) {
    let member = |name: &str| example.get(name).and_then(Value::as_str);
    if media_type != "application/json" {
        return (None, example.as_str());
    }
    if let Some(first) = example.pointer("/errors/0") {
        let member = |name: &str| first.get(name).and_then(Value::as_str);
        return (member("code"), member("detail").or(member("title")));
    }
    if let Some(cause) = example.get("error").filter(|cause| cause.is_object()) {
        return (cause["title"].as_str(), cause["message"].as_str());
    }
    (
        member("error"),
        member("error_description")
            .or(member("description"))
            .or(member("message")),
    )
}

/// Statuses that a document has for the operation, and some that none has.
fn statuses(operation: &DocumentedOperation) -> Vec<u16> {
    let mut statuses = vec![
        202, 203, 300, 302, 304, 308, 402, 418, 451, 501, 502, 504, 599,
    ];
    statuses.extend(operation.answers.iter().map(|answer| answer.status));
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

/// Statuses and bodies that no document has.
pub fn an_answer_that_is_not_as_documented_keeps_everything<C: TypedClient>(
    described: &Described<C>,
) {
    blocking(async {
        let http = http();
        let bodies: [(&str, &str, &[u8]); 8] = [
        (
            "html",
            "text/html",
            b"<html><body>Bad gateway</body></html>",
        ),
        ("empty", "application/json", b""),
        (
            "truncated JSON",
            "application/json",
            br#"{"client": {"id": 1, "na"#,
        ),
        (
            "wrong type",
            "application/json",
            br#"{"client": 1, "clients": {}, "redirect_url": 1, "access_token": [], "uuid": {}}"#,
        ),
        ("a JSON number", "application/json", b"17"),
        ("null", "application/json", b"null"),
        ("not UTF-8", "text/plain", b"\xff\xfe"),
        ("deep", "application/json", &[b'['; 2000]),
    ];
        for operation in &described.operations {
            for status in statuses(operation) {
                for (name, media_type, body) in bodies {
                    // 204 and 304 have no content.
                    let body = if matches!(status, 204 | 304) {
                        b"".as_slice()
                    } else {
                        body
                    };
                    let place = format!("{} {status} {name}", operation.id);
                    let headers = headers(media_type, "");
                    let bytes = answer(
                        status,
                        if status == 304 {
                            &headers[..2]
                        } else {
                            &headers
                        },
                        body,
                    );
                    match answered_with(described, &http, &operation.id, bytes).await {
                        // An operation without content in its success takes any 2xx that has none, or JSON
                        // that is no error: a login page has revoked nothing.
                        Ok(typed) => {
                            let is_empty_success =
                                operation.answers.iter().any(|it| it.status == 204);
                            assert!(
                                is_empty_success && (200..300).contains(&status),
                                "{place}: {typed:?}"
                            );
                            let harmless = ["empty", "wrong type", "a JSON number", "null"];
                            assert!(harmless.contains(&name) || status == 204, "{place}");
                            assert_eq!(typed.status.as_u16(), status, "{place}");
                            assert_eq!(typed.request_id.as_deref(), Some(REQUEST_ID), "{place}");
                        }
                        Err(error) => {
                            assert_kept(&place, &error, status, body);
                            assert_eq!(
                                matches!(error, Error::ErrorResponse(_)),
                                status >= 400,
                                "{place}"
                            );
                        }
                    }
                }
            }
        }
    });
}

/// Fewer bytes than the answer claims.
pub fn a_body_that_breaks_off_keeps_status_and_headers<C: TypedClient>(described: &Described<C>) {
    blocking(async {
        let http = http();
        for operation in &described.operations {
            for status in [200, 201, 400, 500] {
                let place = format!("{} {status}", operation.id);
                let bytes =
                    answer_claiming(status, &headers("application/json", ""), b"{\"cl", 500);
                let error = answered_with(described, &http, &operation.id, bytes)
                    .await
                    .expect_err(&place);
                assert_eq!(
                    error.status().map(|status| status.as_u16()),
                    Some(status),
                    "{place}"
                );
                assert_eq!(error.request_id(), Some(REQUEST_ID), "{place}");
                assert_eq!(error.body_text().as_deref(), Some("{\"cl"), "{place}");
                assert!(error.headers().is_some(), "{place}");
            }
        }
    });
}

/// A redirect that leads nowhere.
pub fn a_redirect_without_a_location_is_a_typed_error<C: TypedClient>(described: &Described<C>) {
    blocking(async {
        let http = http();
        for operation in &described.operations {
            for redirect in operation
                .answers
                .iter()
                .filter(|it| (300..400).contains(&it.status))
            {
                let bytes = answer(redirect.status, &headers("", ""), b"");
                let error = answered_with(described, &http, &operation.id, bytes)
                    .await
                    .expect_err("no location");
                assert_kept(&operation.id, &error, redirect.status, b"");
            }
        }
    });
}
