//! Every example of the documents is parsed into its generated type, written back and compared.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use zendesk_chat_oauth_tokens::types as chat;
use zendesk_support_oauth_clients::types as support;
use zendesk_zis_oauth_connections::types as zis;

use crate::support::documents::{NAMES, document, operations, schema_examples};

/// Parses and writes back; a member that is null in the example may be left out afterwards.
fn there_and_back<T: DeserializeOwned + Serialize>(place: &str, example: &Value) {
    let typed: T = serde_json::from_value(example.clone())
        .unwrap_or_else(|error| panic!("{place} does not parse: {error}"));
    let back = serde_json::to_value(&typed).expect("a typed value can be written");
    assert_eq!(without_nulls(&back), without_nulls(example), "{place}");
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, member)| !member.is_null());
            Value::Object(
                kept.map(|(name, it)| (name.clone(), without_nulls(it)))
                    .collect::<Map<_, _>>(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}

/// A function that drives one example through one type.
type Drive = fn(&str, &Value);

fn drive_of_schema(name: &str) -> Drive {
    match name {
        "CreateOAuthClient" => there_and_back::<support::CreateOAuthClient>,
        "CreateOAuthClientRequest" => there_and_back::<support::CreateOAuthClientRequest>,
        "CursorLinks" => there_and_back::<support::CursorLinks>,
        "CursorMeta" => there_and_back::<support::CursorMeta>,
        "OAuthClient" => there_and_back::<support::OAuthClient>,
        "OAuthClientKind" => there_and_back::<support::OAuthClientKind>,
        "OAuthClientResponse" => there_and_back::<support::OAuthClientResponse>,
        "OAuthClientsPage" => there_and_back::<support::OAuthClientsPage>,
        "UpdateOAuthClient" => there_and_back::<support::UpdateOAuthClient>,
        "UpdateOAuthClientRequest" => there_and_back::<support::UpdateOAuthClientRequest>,
        "CreateZisOAuthTokenRequest" => there_and_back::<zis::CreateZisOAuthTokenRequest>,
        "ExchangedOAuthConnection" => there_and_back::<zis::ExchangedOAuthConnection>,
        "OAuthConnection" => there_and_back::<zis::OAuthConnection>,
        "StartOAuthFlowRequest" => there_and_back::<zis::StartOAuthFlowRequest>,
        "StartOAuthFlowResponse" => there_and_back::<zis::StartOAuthFlowResponse>,
        "ZisGrantType" => there_and_back::<zis::ZisGrantType>,
        "ZisOAuthToken" => there_and_back::<zis::ZisOAuthToken>,
        "ChatOAuthToken" => there_and_back::<chat::ChatOAuthToken>,
        unknown => panic!("the schema {unknown} is not driven"),
    }
}

fn drive_of_answer(operation: &str) -> Drive {
    match operation {
        "list_oauth_clients" | "list_my_oauth_clients" => {
            there_and_back::<support::OAuthClientsPage>
        }
        "create_oauth_client"
        | "show_oauth_client"
        | "update_oauth_client"
        | "generate_oauth_client_secret" => there_and_back::<support::OAuthClientResponse>,
        "start_oauth_flow" => there_and_back::<zis::StartOAuthFlowResponse>,
        "create_zis_oauth_token" => there_and_back::<zis::ZisOAuthToken>,
        "exchange_verification_code" => there_and_back::<zis::ExchangedOAuthConnection>,
        "refresh_oauth_token" | "show_oauth_connection" => there_and_back::<zis::OAuthConnection>,
        "list_chat_oauth_tokens" => there_and_back::<Vec<chat::ChatOAuthToken>>,
        unknown => panic!("the answer of {unknown} is not driven"),
    }
}

fn drive_of_body(operation: &str) -> Drive {
    match operation {
        "create_oauth_client" => there_and_back::<support::CreateOAuthClientRequest>,
        "update_oauth_client" => there_and_back::<support::UpdateOAuthClientRequest>,
        "start_oauth_flow" => there_and_back::<zis::StartOAuthFlowRequest>,
        "create_zis_oauth_token" => there_and_back::<zis::CreateZisOAuthTokenRequest>,
        unknown => panic!("the body of {unknown} is not driven"),
    }
}

#[test]
fn schema_examples_survive() {
    for name in NAMES {
        for (schema, example) in schema_examples(&document(name)) {
            drive_of_schema(&schema)(&format!("{name}: schema {schema}"), &example);
        }
    }
}

#[test]
fn examples_of_bodies_and_answers_survive() {
    let mut answers = 0;
    for operation in operations() {
        for (name, example) in &operation.bodies {
            drive_of_body(&operation.id)(&format!("{}: body {name}", operation.id), example);
        }
        for answer in operation.answers.iter().filter(|it| it.status < 300) {
            for (name, example) in answer
                .examples
                .iter()
                .filter(|_| !answer.media_type.is_empty())
            {
                let place = format!("{}: {} {name}", operation.id, answer.status);
                drive_of_answer(&operation.id)(&place, example);
                answers += 1;
            }
        }
        for answer in operation.answers.iter().filter(|it| it.status >= 400) {
            for (name, example) in answer
                .examples
                .iter()
                .filter(|_| answer.media_type == "application/json")
            {
                let place = format!("{}: {} {name}", operation.id, answer.status);
                there_and_back::<zendesk_oauth_core::ApiErrorBody>(&place, example);
            }
        }
    }
    assert!(answers >= 15, "only {answers} answers have an example");
}

/// What Zendesk adds tomorrow, leaves out, or sends in another form must not fail an answer.
#[test]
fn answers_survive_what_no_document_knows() {
    for name in NAMES {
        for (schema, example) in schema_examples(&document(name)) {
            let Value::Object(mut members) = example else {
                continue;
            };
            if schema.ends_with("Request")
                || schema.starts_with("Create")
                || schema.starts_with("Update")
            {
                continue;
            }
            members.insert(
                "a_field_of_tomorrow".to_owned(),
                serde_json::json!({"deep": [1, null]}),
            );
            drive_of_schema(&schema)(
                &format!("{schema} with an unknown field"),
                &Value::Object(members),
            );
        }
    }
    let odd = serde_json::json!({
        "id": 1, "identifier": "i", "name": "n", "kind": "on_premise", "created_at": "2018-10-17T02:32:45",
        "updated_at": "yesterday", "company": null, "redirect_uri": null, "secret": null,
    });
    there_and_back::<support::OAuthClient>("an odd client", &odd);
    let client: support::OAuthClient = serde_json::from_value(odd).unwrap();
    assert_eq!(
        client.kind,
        Some(support::OAuthClientKind::Unknown("on_premise".to_owned()))
    );
    assert_eq!(client.updated_at.unwrap().as_str(), "yesterday");
}
