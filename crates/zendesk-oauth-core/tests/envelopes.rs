//! Every form of error body that Zendesk documents or was seen to send.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod common;

use common::generated::OPERATIONS;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use zendesk_oauth_core::client::{Error, Response, ResponseValue};
use zendesk_oauth_core::{ApiErrorBody, Redacted};
use zendesk_oauth_tests::printed;

/// The error as a generated client makes it.
async fn error(status: u16, body: &str) -> Error<ApiErrorBody> {
    let status = StatusCode::from_u16(status).unwrap();
    let response = Response::new(&OPERATIONS[0], status, HeaderMap::new(), body.to_owned());
    Error::ErrorResponse(ResponseValue::from_response::<()>(response).await.unwrap())
}

struct Case {
    status: u16,
    body: &'static str,
    code: Option<&'static str>,
    message: Option<&'static str>,
    /// What `Display` says of it, between the status and the hint.
    printed: &'static str,
    /// A piece of the hint.
    hint: &'static str,
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Support, string form
    Case { status: 401, body: r#"{"error":"Couldn't authenticate you"}"#, code: Some("Couldn't authenticate you"), message: None, printed: "Couldn't authenticate you", hint: "2027-04-30" },
    Case { status: 403, body: r#"{"error":"Forbidden","description":"Missing the following required scopes: read"}"#, code: Some("Forbidden"), message: Some("Missing the following required scopes: read"), printed: "Forbidden: Missing the following required scopes: read", hint: "with these scopes" },
    Case { status: 404, body: r#"{"error":"RecordNotFound","description":"Not found"}"#, code: Some("RecordNotFound"), message: Some("Not found"), printed: "RecordNotFound: Not found", hint: "no such thing" },
    Case { status: 404, body: r#"{"error":"InvalidEndpoint","description":"Not found"}"#, code: Some("InvalidEndpoint"), message: Some("Not found"), printed: "InvalidEndpoint: Not found", hint: "no such route" },
    Case { status: 404, body: "{}", code: None, message: None, printed: "a body that is not printed", hint: "no such subdomain" },
    Case { status: 422, body: r#"{"error":"RecordInvalid","description":"Record validation errors","details":{"base":[{"description":"Description: cannot be blank","error":"BlankValue"}],"name":[{"description":"CANARY","error":"DuplicateValue"}],"CANARY-1":[{"error":"x"}]}}"#, code: Some("RecordInvalid"), message: Some("Record validation errors"), printed: "RecordInvalid: Record validation errors; base: BlankValue (Description: cannot be blank); name: DuplicateValue", hint: "Change the request" },
    Case { status: 400, body: r#"{"error":"TooManyValues","description":"Parameter  cannot specify more than 100 values","max_count":100}"#, code: Some("TooManyValues"), message: Some("Parameter  cannot specify more than 100 values"), printed: "TooManyValues: Parameter  cannot specify more than 100 values", hint: "Change the request" },
    Case { status: 406, body: r#"{"error":"CommentRequired","description":"A comment is required to update your request."}"#, code: Some("CommentRequired"), message: Some("A comment is required to update your request."), printed: "CommentRequired: A comment is required to update your request.", hint: "refuses the request" },
    // Support, object and list forms
    Case { status: 400, body: r#"{"error":{"title":"Invalid attribute","message":"You passed an invalid value for the CANARY attribute. must be a string"}}"#, code: Some("Invalid attribute"), message: Some("You passed an invalid value for the CANARY attribute. must be a string"), printed: "Invalid attribute", hint: "Change the request" },
    Case { status: 403, body: r#"{"error":{"title":"Forbidden","message":"Access to this resource is restricted. Please contact the account administrator for assistance."}}"#, code: Some("Forbidden"), message: Some("Access to this resource is restricted. Please contact the account administrator for assistance."), printed: "Forbidden: Access to this resource is restricted. Please contact the account administrator for assistance.", hint: "administrators" },
    Case { status: 400, body: r#"{"errors":[{"code":"InvalidPaginationDepth","title":"Pagination requests using Offset Pagination are limited to page 100 or up to 10000 records (page * per_page)","detail":"CANARY"}]}"#, code: Some("InvalidPaginationDepth"), message: Some("CANARY"), printed: "InvalidPaginationDepth", hint: "Change the request" },
    // OAuth
    Case { status: 400, body: r#"{"error":"invalid_grant","error_description":"CANARY"}"#, code: Some("invalid_grant"), message: Some("CANARY"), printed: "invalid_grant", hint: "look first whether another process has stored a newer pair. Else start the flow again" },
    Case { status: 401, body: r#"{"error":"invalid_client","error_description":"CANARY"}"#, code: Some("invalid_client"), message: Some("CANARY"), printed: "invalid_client", hint: "generate a new secret" },
    Case { status: 400, body: r#"{"error":"unauthorized_client"}"#, code: Some("unauthorized_client"), message: None, printed: "unauthorized_client", hint: "confidential client" },
    Case { status: 400, body: r#"{"error":"unsupported_grant_type"}"#, code: Some("unsupported_grant_type"), message: None, printed: "unsupported_grant_type", hint: "grant_type" },
    Case { status: 400, body: r#"{"error":"invalid_scope"}"#, code: Some("invalid_scope"), message: None, printed: "invalid_scope", hint: "scopes" },
    // ZIS
    Case { status: 401, body: r#"{"errors":[{"code":"1200","detail":"Unauthorized","status":"401"}]}"#, code: Some("1200"), message: Some("Unauthorized"), printed: "1200: Unauthorized", hint: "of another area" },
    Case { status: 422, body: r#"{"errors":[{"code":"1303","detail":"Invalid value for: CANARY","status":"422"}]}"#, code: Some("1303"), message: Some("Invalid value for: CANARY"), printed: "1303", hint: "Change the request" },
    Case { status: 400, body: r#"{"errors":[{"code":"1010","detail":"error message","status":"400"}],"message":"Unauthorized"}"#, code: Some("1010"), message: Some("error message"), printed: "1010", hint: "Change the request" },
    Case { status: 400, body: r#"{"message":"the integration: CANARY is not available for upsert by this account"}"#, code: None, message: Some("the integration: CANARY is not available for upsert by this account"), printed: "a body that is not printed", hint: "Change the request" },
    Case { status: 401, body: "Authentication failed", code: None, message: Some("Authentication failed"), printed: "Authentication failed", hint: "of another area" },
    Case { status: 401, body: "Authorization failed due to integration mismatch", code: None, message: Some("Authorization failed due to integration mismatch"), printed: "Authorization failed due to integration mismatch", hint: "`zis_{integration}`" },
    Case { status: 401, body: "Authorization failed due to OAuth being disabled for this API request\n", code: None, message: Some("Authorization failed due to OAuth being disabled for this API request"), printed: "Authorization failed due to OAuth being disabled for this API request", hint: "takes no OAuth tokens" },
    Case { status: 403, body: "API token is not supported", code: None, message: Some("API token is not supported"), printed: "API token is not supported", hint: "takes no API tokens" },
    // Chat
    Case { status: 401, body: r#"{"error":"Unauthorized","description":"The server could not verify that you are authorized to access the requested resource"}"#, code: Some("Unauthorized"), message: Some("The server could not verify that you are authorized to access the requested resource"), printed: "Unauthorized: The server could not verify that you are authorized to access the requested resource", hint: "of another area" },
    Case { status: 405, body: r#"{"description":"The method is not allowed for the requested URL.","error":"Method Not Allowed"}"#, code: Some("Method Not Allowed"), message: Some("The method is not allowed for the requested URL."), printed: "Method Not Allowed: The method is not allowed for the requested URL.", hint: "base URL" },
    // Not JSON
    Case { status: 429, body: "Number of allowed API requests per minute exceeded", code: None, message: Some("Number of allowed API requests per minute exceeded"), printed: "Number of allowed API requests per minute exceeded", hint: "retry_after()" },
    Case { status: 409, body: "Requester creation collision - please try again", code: None, message: Some("Requester creation collision - please try again"), printed: "Requester creation collision - please try again", hint: "present state" },
    Case { status: 400, body: "Required parameter missing: CANARY", code: None, message: Some("Required parameter missing: CANARY"), printed: "a body that is not printed", hint: "Change the request" },
    Case { status: 502, body: "\n<!DOCTYPE html><title>CANARY</title>", code: None, message: None, printed: "an HTML page", hint: "unavailable for now" },
    Case { status: 503, body: "", code: None, message: None, printed: "no body", hint: "unavailable for now" },
    Case { status: 500, body: " \r\n", code: None, message: None, printed: "no body", hint: "report the request id" },
    // Neither documented nor seen
    Case { status: 400, body: "null", code: None, message: None, printed: "no body", hint: "Change the request" },
    Case { status: 400, body: "[\"CANARY\"]", code: None, message: None, printed: "a body that is not printed", hint: "Change the request" },
    Case { status: 400, body: "42", code: None, message: None, printed: "a body that is not printed", hint: "Change the request" },
    Case { status: 400, body: r#"{"error":["CANARY"],"errors":"CANARY","details":[{"a":"CANARY"}]}"#, code: None, message: Some("CANARY"), printed: "a body that is not printed", hint: "Change the request" },
    Case { status: 400, body: r#"{"error":{"message":7},"errors":[7,null],"details":{"name":"CANARY","other":[null]}}"#, code: None, message: None, printed: "a body that is not printed; name; other", hint: "Change the request" },
];

#[tokio::test]
async fn each_is_read_by_code_and_message_and_printed_by_the_allow_list() {
    for case in CASES {
        let error = error(case.status, case.body).await;
        let body = error.api_error().unwrap();
        assert_eq!(
            (body.code(), body.message()),
            (case.code, case.message),
            "{}",
            case.body
        );
        assert_eq!(body.to_string(), case.printed, "{}", case.body);
        let Error::ErrorResponse(typed) = &error else {
            panic!()
        };
        assert!(typed.as_ref() == &body, "{}", case.body);

        let text = error.to_string();
        assert!(
            text.contains(&format!("{}, {}. ", typed.status(), case.printed)),
            "{text}"
        );
        assert!(
            text.split(". ").last().is_some() && text.contains(case.hint),
            "{text}"
        );
        let everything = format!("{}{body:?}{}", printed(&error), Redacted(&body));
        assert!(!everything.contains("CANARY"), "{everything}");
        assert_eq!(error.body_text().unwrap(), case.body);
    }
}

#[tokio::test]
async fn details_name_field_code_and_message() {
    let body = error(422, CASES[5].body).await.api_error().unwrap();
    let details = body.details();
    let base = details
        .iter()
        .find(|detail| detail.field == "base")
        .unwrap();
    assert_eq!(
        (base.code, base.message),
        (Some("BlankValue"), Some("Description: cannot be blank"))
    );
    assert_eq!(details.len(), 3);
}

#[tokio::test]
async fn entries_of_an_errors_list_are_kept_apart() {
    let text =
        r#"{"errors":[{"code":"1","status":"400"},{"code":"2","title":"t","detail":"d"},"text"]}"#;
    let body = error(400, text).await.api_error().unwrap();
    let errors = body.errors();
    assert_eq!((errors[0].code, errors[0].status), (Some("1"), Some("400")));
    assert_eq!((errors[1].title, errors[1].detail), (Some("t"), Some("d")));
    assert_eq!(errors[2].detail, Some("text"));
}

#[test]
fn a_body_serialises_to_what_was_received_and_redacts_to_its_names() {
    for case in CASES {
        let Ok(json) = serde_json::from_str::<serde_json::Value>(case.body) else {
            continue;
        };
        let body: ApiErrorBody = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&body).unwrap(), json);
    }
    let body = ApiErrorBody::from_bytes(br#"{"error":"CANARY","n":1}"#);
    assert_eq!(
        Redacted(&body).to_string(),
        r#"{"error":"[redacted]","n":"[redacted]"}"#
    );
    assert_eq!(
        Redacted(&ApiErrorBody::from_bytes(b"CANARY")).to_string(),
        r#""[redacted]""#
    );
}

#[test]
fn one_odd_byte_does_not_cost_the_code() {
    let body = b"{\"error\":\"invalid_grant\",\"error_description\":\"caf\xe9\"}";
    let body = ApiErrorBody::from_bytes(body);
    assert_eq!(body.code(), Some("invalid_grant"));
    assert_eq!(body.message(), Some("caf\u{fffd}"));
}

#[tokio::test]
async fn an_empty_description_does_not_hide_the_other() {
    let error = error(
        400,
        r#"{"error":"E","error_description":"","description":"d"}"#,
    )
    .await;
    assert_eq!(error.api_error().unwrap().message(), Some("d"));
}

#[test]
fn a_page_is_told_from_text_by_its_first_tag() {
    for page in [
        "<html>",
        "<P>moved</P>",
        "<!-- down for maintenance -->",
        "<?xml version=\"1.0\"?><error/>",
        "\u{feff} \n<!DOCTYPE html>",
    ] {
        let body: ApiErrorBody = serde_json::from_value(page.into()).unwrap();
        assert!(body.is_html() && body.message().is_none(), "{page}");
    }
    for text in ["<", "< 5", "<5 requests", "a<b>", "/html>", "!", "? "] {
        let body: ApiErrorBody = serde_json::from_value(text.into()).unwrap();
        assert!(!body.is_html(), "{text}");
        assert_eq!(body.message(), Some(text.trim()));
    }
}

#[test]
fn an_error_that_is_no_object_does_not_hide_the_list() {
    for error in ["null", "7", "[\"E\"]"] {
        let text = format!(r#"{{"error":{error},"errors":[{{"code":"1200"}}]}}"#);
        assert_eq!(
            ApiErrorBody::from_bytes(text.as_bytes()).code(),
            Some("1200")
        );
    }
    let titled = br#"{"error":{"code":"E"},"errors":[{"code":"1200"}]}"#;
    assert_eq!(ApiErrorBody::from_bytes(titled).code(), Some("E"));
}

#[test]
fn debug_prints_what_display_does() {
    let body = ApiErrorBody::from_bytes(br#"{"error":"invalid_grant","n":"CANARY"}"#);
    assert_eq!(format!("{body:?}"), "ApiErrorBody(invalid_grant)");
}

#[tokio::test]
async fn sentences_are_not_printed_as_codes() {
    for body in [
        r#"{"error":"No user with password correct horse battery"}"#,
        r#"{"error":{"title":"Token correct horse battery is unknown"}}"#,
        r#"{"details":{"correct horse battery":[{"error":"correct horse battery"}]}}"#,
        r#"{"errors":[{"code":"correct horse battery"}]}"#,
    ] {
        let text = printed(&error(400, body).await);
        assert!(!text.contains("battery"), "{text}");
    }
}
