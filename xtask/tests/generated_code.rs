//! What we change in progenitor's output, seen in the generated text.

#![allow(
    clippy::unwrap_used,
    reason = "a panic in a test is the failure report"
)]

use xtask::{codegen, document::Document, generate::generate};

const BASE: &str = include_str!("base.yaml");

fn generated(text: &str) -> String {
    let document = Document::parse("base", text).expect("the document parses");
    let [client, _] = generate(&document).expect("the document is generated");
    client.contents
}

/// The text from `start` up to the next `end`.
fn part<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text
        .find(start)
        .unwrap_or_else(|| panic!("no {start:?} in the generated code"));
    let length = text[from..].find(end).expect("it ends");
    &text[from..from + length]
}

#[test]
fn generated_code_stands_on_our_run_time() {
    let text = generated(BASE);
    assert!(
        !text.contains("progenitor_client"),
        "a path to progenitor-client is left"
    );
    assert!(text.contains("::zendesk_oauth_core::client::QueryParam::new("));
    assert!(text.contains("pub use ::zendesk_oauth_core::client::{"));
}

#[test]
fn no_constructor_unwraps() {
    let text = generated(BASE);
    assert!(!text.contains("unwrap()"));
    assert!(!text.contains("new_with_client"));
    assert!(
        text.contains("pub fn from_transport(transport: ::zendesk_oauth_core::Transport) -> Self")
    );
}

#[test]
fn the_client_prints_only_its_transport() {
    let text = generated(BASE);
    let client = part(&text, "pub struct Client {", "impl ");
    assert!(client.contains("client: reqwest::Client"), "{client}");
    let before = &text[..text.find("pub struct Client {").unwrap()];
    assert!(before.trim_end().ends_with("#[derive(Clone)]"));
    assert!(text.contains("impl ::std::fmt::Debug for Client"));
}

#[test]
fn secrets_timestamps_and_unknown_fields_are_types_of_core() {
    let text = generated(BASE);
    let thing = part(&text, "pub struct Thing {", "}");
    assert!(
        thing.contains("secret: ::std::option::Option<::zendesk_oauth_core::Secret>"),
        "{thing}"
    );
    assert!(
        thing.contains("created_at: ::std::option::Option<::zendesk_oauth_core::Timestamp>"),
        "{thing}"
    );
    assert!(
        thing.contains("#[serde(flatten)]\n        pub extra: ::zendesk_oauth_core::Extra"),
        "{thing}"
    );
    assert!(!part(&text, "pub struct CreateThing {", "}").contains("extra"));
    assert!(
        text.contains("extra: Ok(Default::default())"),
        "a builder must not insist on extra"
    );
}

#[test]
fn every_struct_may_grow_and_has_a_json_schema_for_who_asks() {
    let text = generated(BASE);
    for name in ["Thing", "CreateThing", "ThingsPage"] {
        let before = &text[..text.find(&format!("pub struct {name} {{")).unwrap()];
        let marks: String = before
            .chars()
            .rev()
            .take(200)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        assert!(marks.contains("#[non_exhaustive]"), "{name}: {marks}");
        assert!(
            marks.contains("cfg_attr(feature = \"schemars\""),
            "{name}: {marks}"
        );
    }
}

#[test]
fn the_redirect_is_the_success_with_its_own_status() {
    let text = generated(BASE);
    let send = part(&text, "pub struct StartThing<'a>", "/// Items consumers");
    assert!(
        send.contains("307u16 => ResponseValue::from_response(response).await"),
        "{send}"
    );
    assert!(!send.contains("200..=299"));
    assert!(send.contains("ResponseValue<::zendesk_oauth_core::Redirect>"));
}

#[test]
fn a_value_added_in_yaml_needs_no_other_edit() {
    let text = generated(&BASE.replace(
        "[public, confidential]",
        "[public, confidential, on-premise]",
    ));
    let kind = part(&text, "pub enum Kind {", "}");
    for variant in [
        "Public,",
        "Confidential,",
        "OnPremise,",
        "Unknown(::std::string::String)",
    ] {
        assert!(kind.contains(variant), "{kind}");
    }
    assert!(text.contains("Self::OnPremise => \"on-premise\""));
    assert!(text.contains("\"on-premise\" => Self::OnPremise"));
}

#[test]
fn the_operation_table_comes_from_the_document() {
    let text = generated(BASE);
    let table: String = text[text.find("pub static OPERATIONS").unwrap()..]
        .split_whitespace()
        .collect();
    assert!(table.contains("Operation::new(\"list_things\",\"GET\",\"/things\").secured_by(&[\"bearerAuth\"]).idempotent(),"), "{table}");
    assert!(
        table.contains(
            "Operation::new(\"create_thing\",\"POST\",\"/things\").secured_by(&[\"bearerAuth\"]),"
        ),
        "{table}"
    );
    assert!(
        table.contains("\"/things/{thing_id}/start\",).idempotent().sends_secrets(),"),
        "{table}"
    );
    assert!(
        table.contains("SERVERS:&[&str]=&[\"https://{subdomain}.example.com\"]"),
        "{table}"
    );
}

#[test]
fn what_is_missing_is_said_in_words() {
    let text = generated(BASE);
    assert!(text.contains("`thing_id` is required: set it before sending"));
    assert!(!text.contains("was not initialized") && !text.contains(":: std :: string"));
}

#[test]
fn docs_list_credentials_and_errors() {
    let text = generated(BASE);
    let docs = part(&text, "/// List things", "pub fn list_things");
    assert!(docs.contains("/// One of `bearerAuth`."), "{docs}");
    assert!(docs.contains("/// - `429`: It went wrong."), "{docs}");
}

#[test]
fn a_panic_inside_progenitor_is_an_error_that_names_the_document() {
    // Without the lint, which refuses it: a path whose parameter is not declared.
    let text = BASE.replace(
        "/things/{thing_id}/start",
        "/things/{thing_id}/{other}/start",
    );
    let document = Document::parse("base", &text).expect("the document parses");
    let problems = codegen::generate(&document)
        .expect_err("progenitor panics")
        .to_string();
    assert!(
        problems.starts_with("openapi/base.yaml: error[progenitor]"),
        "{problems}"
    );
    assert!(problems.contains("panicked"), "{problems}");
}

#[test]
fn a_secret_is_one_wherever_its_schema_stands() {
    let inline = "          schema:\n            type: string\n            format: password\n      responses:";
    assert!(BASE.contains(inline));
    let by_reference = BASE
        .replace(
            inline,
            "          schema:\n            $ref: '#/components/schemas/FlowToken'\n      responses:",
        )
        .replace(
            "    Kind:\n",
            "    FlowToken:\n      type: string\n      format: password\n      description: d\n      example: e\n    Kind:\n",
        );
    let parameters = BASE
        .find("      parameters:\n        - name: thing_id")
        .unwrap();
    let end = parameters + BASE[parameters..].find("      responses:").unwrap();
    let shared = BASE[parameters..end]
        .replace("\n  ", "\n")
        .replacen("  ", "", 1);
    let of_the_path = format!(
        "{}{}",
        BASE[..parameters].replace(
            "  /things/{thing_id}/start:\n",
            &format!("  /things/{{thing_id}}/start:\n{shared}")
        ),
        &BASE[end..]
    );
    for text in [BASE.to_owned(), by_reference, of_the_path] {
        let text = generated(&text);
        let builder = part(&text, "pub struct StartThing<'a>", "}");
        assert!(!builder.contains("String, String"), "{builder}");
        let table: String = text[text.find("pub static OPERATIONS").unwrap()..]
            .split_whitespace()
            .collect();
        assert!(
            table.contains("/start\",).idempotent().sends_secrets()"),
            "{table}"
        );
    }
}

#[test]
fn a_contract_has_the_form_of_answers_and_nothing_else() {
    let document = Document::parse("base", BASE).expect("the document parses");
    let [_, contract] = generate(&document).expect("the document is generated");
    assert_eq!(contract.path, "crates/zendesk-base/src/contract.json");
    for text in ["description", "example", "summary", "security"] {
        assert!(!contract.contents.contains(&format!("{text:?}:")), "{text}");
    }
    let contract: serde_json::Value = serde_json::from_str(&contract.contents).unwrap();
    let answer = &contract["operations"]["list_things"]["200"];
    assert!(
        answer["content"]["application/json"].is_object(),
        "{contract:#}"
    );
    let schemas = contract["schemas"].as_object().unwrap();
    assert!(
        schemas
            .values()
            .any(|schema| schema["properties"]["id"].is_object()),
        "{contract:#}"
    );
}
