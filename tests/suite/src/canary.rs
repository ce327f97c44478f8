//! A canary in every secret: whatever is printed or traced, it appears nowhere.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use zendesk_oauth_core::Credentials;
use zendesk_oauth_tests::{Loopback, Traces, answer, answer_claiming, printed};

use crate::{
    called::{Answered, Failed, blocking},
    described::{Described, TypedClient, http},
    documents::secret_names,
};

/// The example with a canary in every secret, and in a field that no document knows.
fn with_canaries(value: &Value, secrets: &BTreeSet<String>) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: serde_json::Map<_, _> = members
                .iter()
                .map(|(name, member)| {
                    let is_secret = secrets.contains(name) && !member.is_object();
                    let canary = || Value::from(format!("CANARY-{name}"));
                    (
                        name.clone(),
                        if is_secret {
                            canary()
                        } else {
                            with_canaries(member, secrets)
                        },
                    )
                })
                .collect();
            members.insert(
                "a_field_of_tomorrow".to_owned(),
                json!({"token": ["CANARY-unknown"]}),
            );
            Value::Object(members)
        }
        Value::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| with_canaries(item, secrets))
                .collect(),
        ),
        other => other.clone(),
    }
}

/// The same with the secrets as values of a wrong type.
fn with_wrong_types(value: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("CANARY") => json!({ text.clone(): [text] }),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), with_wrong_types(member)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(with_wrong_types).collect()),
        other => other.clone(),
    }
}

fn assert_clean(place: &str, printed: &str) {
    if let Some((before, after)) = printed.split_once("CANARY") {
        let before: String = before.chars().rev().take(200).collect();
        let before: String = before.chars().rev().collect();
        let after: String = after.chars().take(100).collect();
        panic!("{place} prints a secret: …{before}CANARY{after}…");
    }
}

async fn drive<C: TypedClient>(
    described: &Described<C>,
    http: &reqwest::Client,
    place: &str,
    operation: &str,
    bytes: Vec<u8>,
) -> Result<Answered, Failed> {
    let server = Loopback::answering(bytes).await;
    let credentials = Credentials::bearer("CANARY-bearer");
    let client = described.client_over(http, &server.url(), &credentials);
    assert_clean(place, &format!("{client:?} {client:#?}"));
    let (builder, result) = described.call_and_print(&client, operation).await;
    assert_clean(place, &builder);
    match &result {
        Ok(typed) => assert_clean(place, &typed.printed),
        Err(error) => assert_clean(place, &printed(error)),
    }
    result
}

/// Every operation, with secrets in all that is sent and received.
pub fn no_secret_is_printed_or_traced<C: TypedClient>(described: &Described<C>) {
    blocking(async {
        let traces = Traces::of_the_process();
        let http = http();
        let secrets = secret_names();
        assert!(secrets.len() >= 10, "{secrets:?}");
        let headers = [
            ("content-type", "application/json"),
            (
                "location",
                "https://provider.example/authorize?state=CANARY-location",
            ),
            ("set-cookie", "session=CANARY-cookie"),
            ("x-request-id", "abc-123"),
        ];
        for operation in &described.operations {
            let id = &operation.id;
            let success = operation
                .answers
                .iter()
                .find(|it| it.status < 400)
                .expect("a success");
            let body = with_canaries(&success.examples[0].1, &secrets);
            let bytes = success.body(&body);
            let typed = drive(
                described,
                &http,
                id,
                id,
                answer(success.status, &headers, &bytes),
            )
            .await
            .expect("a success");
            if !success.media_type.is_empty() {
                // The value itself has them: what is printed is redacted, not lost.
                assert!(typed.value.to_string().contains("CANARY-unknown"), "{id}");
            }

            let wrong = with_wrong_types(&body).to_string().into_bytes();
            let half = &bytes[..bytes.len() * 9 / 10];
            for status in [success.status, 202, 302, 400, 401, 404, 422, 429, 500, 503] {
                let place = format!("{id} {status}");
                let answers = [
                answer(status, &headers, &bytes),
                answer(status, &headers, &wrong),
                answer(status, &headers, half),
                answer_claiming(status, &headers, half, bytes.len() + 100),
                answer(status, &[("content-type", "text/plain")], b"CANARY-text"),
                answer(status, &[("content-type", "text/html")], b"<p>CANARY-html</p>"),
                answer(status, &headers, br#"{"error": "CANARY-error", "description": "CANARY-description"}"#),
                answer(status, &headers, br#"{"errors": [{"code": "CANARY-1", "title": "CANARY-2", "detail": "CANARY-3"}]}"#),
                answer(status, &headers, br#"{"error": {"title": "CANARY-4", "message": "CANARY-5"}, "details": {"CANARY-6": [{"error": "CANARY-7"}]}}"#),
            ];
                for bytes in answers {
                    // Success or error: `drive` has looked at everything that prints.
                    let _ = drive(described, &http, &place, id, bytes).await;
                }
            }
            // Nobody listens, nothing may be sent, and no address.
            for address in [
                "http://127.0.0.1:1",
                "http://zendesk.invalid",
                "http://localhost:1/CANARY-stem",
            ] {
                let credentials = Credentials::basic("CANARY-user", "CANARY-password");
                let client = described.client_over(&http, address, &credentials);
                let error = described
                    .call(&client, id)
                    .await
                    .expect_err("nobody answers");
                let printed = printed(&error).replace("CANARY-stem", "");
                assert_clean(&format!("{id} at {address}"), &printed);
            }
        }
        let traced = traces.text();
        for operation in &described.operations {
            assert!(traced.contains(&operation.id), "calls are traced");
        }
        assert!(traced.contains("abc-123"), "request ids are traced");
        assert_clean("a trace", &traced);
    });
}
