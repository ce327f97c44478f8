//! What each operation sends, byte for byte over a real socket.

use serde_json::Value;
use zendesk_oauth_core::Credentials;
use zendesk_oauth_tests::{Loopback, Request, answer};

use crate::{
    called::blocking,
    described::{Described, TypedClient},
    exchange::Body,
};

async fn sent<C: TypedClient>(
    described: &Described<C>,
    operation: &str,
    stem: &str,
    credentials: &Credentials,
) -> Request {
    let server = Loopback::answering(answer(503, &[], b"")).await;
    let client = described.client(&format!("{}{stem}", server.url()), credentials);
    described
        .call(&client, operation)
        .await
        .expect_err("503 is an error");
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1, "{operation} sends one request");
    requests.remove(0)
}

/// Every operation is driven and nothing else, by a request as the document has it.
pub fn the_expectations_agree_with_the_document<C: TypedClient>(described: &Described<C>) {
    assert!(!described.operations.is_empty(), "there are operations");
    for operation in &described.operations {
        let id = &operation.id;
        let expected = described.exchange(id);
        assert_eq!(expected.method, operation.method, "{id}");
        assert_eq!(
            expected.body.is_some(),
            !operation.bodies.is_empty(),
            "{id}"
        );
        assert_eq!(
            expected.with_credentials,
            !operation.security.is_empty(),
            "{id}"
        );
        let mut successes = operation.answers.iter().filter(|it| it.status < 300);
        let has_content = successes.any(|it| !it.media_type.is_empty());
        assert_eq!(
            expected.answer_type.is_some(),
            has_content,
            "{id}: the type of its answer"
        );
    }
    let strays = described.strays();
    assert!(
        strays.is_empty(),
        "driven, and not in the document: {strays:?}"
    );
}

/// Method, target, body and credentials.
pub fn each_operation_sends_what_is_written_here<C: TypedClient>(described: &Described<C>) {
    blocking(async {
        for operation in &described.operations {
            let operation = &operation.id;
            let expected = described.exchange(operation);
            let credentials = Credentials::bearer("CANARY-bearer");
            let request = sent(described, operation, "", &credentials).await;
            assert_eq!(
                (request.method.as_str(), request.target.as_str()),
                (expected.method, expected.target),
                "{operation}"
            );
            let media_type = match &expected.body {
                Some(Body::Json(body)) => {
                    let sent: Value = serde_json::from_slice(&request.body).expect("a JSON body");
                    assert_eq!(sent, *body, "{operation}");
                    Some("application/json")
                }
                Some(Body::Form(body)) => {
                    let sent = String::from_utf8_lossy(&request.body);
                    assert_eq!(sent, *body, "{operation}");
                    Some("application/x-www-form-urlencoded")
                }
                None => {
                    assert!(request.body.is_empty(), "{operation}");
                    None
                }
            };
            assert_eq!(request.header("content-type"), media_type, "{operation}");
            let credentials = expected.with_credentials.then_some("Bearer CANARY-bearer");
            assert_eq!(request.header("authorization"), credentials, "{operation}");
        }
    });
}

/// Headers that nobody asked for are not sent.
pub fn headers_are_ours_and_no_others<C: TypedClient>(described: &Described<C>) {
    blocking(async {
        for operation in &described.operations {
            let operation = &operation.id;
            let credentials = Credentials::bearer("CANARY-bearer");
            let request = sent(described, operation, "", &credentials).await;
            let agent = request.header("user-agent").expect("a user agent");
            assert!(agent.starts_with("zendesk-oauth/"), "{operation}: {agent}");
            let accepted = request.header("accept");
            assert_eq!(accepted, Some("application/json"), "{operation}");
            let known = [
                "accept",
                "authorization",
                "content-length",
                "content-type",
                "host",
                "user-agent",
            ];
            for (name, _) in &request.headers {
                assert!(known.contains(&name.as_str()), "{operation} sends {name}");
            }
        }
    });
}

/// The path of a proxy is kept.
pub fn a_path_stem_stands_before_every_path<C: TypedClient>(described: &Described<C>) {
    blocking(async {
        for operation in &described.operations {
            let target = described.exchange(&operation.id).target;
            let request = sent(described, &operation.id, "/stem/two", &Credentials::none()).await;
            assert_eq!(
                request.target,
                format!("/stem/two{target}"),
                "{}",
                operation.id
            );
        }
    });
}

/// `{email}/token:{api_token}` and `{email}:{password}`, in base64 by RFC 7617, where credentials are sent.
pub fn api_tokens_and_passwords_are_sent_as_basic<C: TypedClient>(described: &Described<C>) {
    let cases = [
        (
            Credentials::api_token("a@b.c", "CANARY"),
            "Basic YUBiLmMvdG9rZW46Q0FOQVJZ",
        ),
        (
            Credentials::basic("a@b.c", "CANARY"),
            "Basic YUBiLmM6Q0FOQVJZ",
        ),
    ];
    blocking(async {
        for operation in &described.operations {
            let is_secured = described.exchange(&operation.id).with_credentials;
            for (credentials, header) in &cases {
                let request = sent(described, &operation.id, "", credentials).await;
                let expected = is_secured.then_some(*header);
                assert_eq!(
                    request.header("authorization"),
                    expected,
                    "{}",
                    operation.id
                );
            }
        }
    });
}

/// The futures of all calls are `Send`: this compiles only if they are.
pub fn every_call_can_be_spawned<C: TypedClient>(described: &Described<C>) {
    blocking(async {
        let server = Loopback::answering(answer(503, &[], b"")).await;
        let client = described.client(&server.url(), &Credentials::none());
        for operation in &described.operations {
            let (client, call) = (client.clone(), described.maker(&operation.id));
            let task = tokio::spawn(async move { call(&client).await.1.map(|_| ()) });
            task.await
                .expect("the task ends")
                .expect_err("503 is an error");
        }
        assert_eq!(server.requests().len(), described.operations.len());
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Exchange;

    /// A client without calls, over a document that is there.
    fn described() -> Described<()> {
        Described::new("chat-oauth-tokens", |_| (), &[], &[])
    }

    fn nothing(_: &()) -> crate::Calling<'_> {
        unreachable!("no call is made")
    }

    #[test]
    #[should_panic(expected = "list_chat_oauth_tokens is not driven")]
    fn an_operation_that_is_not_driven_fails() {
        the_expectations_agree_with_the_document(&described());
    }

    #[test]
    #[should_panic(expected = "driven, and not in the document: [\"list_nothing\"]")]
    fn an_operation_that_no_document_has_fails() {
        let described = described()
            .operation(
                "list_chat_oauth_tokens",
                nothing,
                Exchange::get("/").answer::<Value>(),
            )
            .operation("revoke_chat_oauth_token", nothing, Exchange::delete("/"))
            .operation("list_nothing", nothing, Exchange::get("/"));
        the_expectations_agree_with_the_document(&described);
    }

    #[test]
    #[should_panic(expected = "list_chat_oauth_tokens: the type of its answer")]
    fn an_answer_without_a_type_fails() {
        let described = described()
            .operation("list_chat_oauth_tokens", nothing, Exchange::get("/"))
            .operation("revoke_chat_oauth_token", nothing, Exchange::delete("/"));
        the_expectations_agree_with_the_document(&described);
    }

    #[test]
    #[should_panic(expected = "the schema ChatOAuthToken is not driven")]
    fn a_schema_that_is_not_driven_fails() {
        crate::examples::schema_examples_survive(&described());
    }

    #[test]
    #[should_panic(expected = "list_chat_oauth_tokens is driven twice")]
    fn an_operation_is_driven_once() {
        let id = "list_chat_oauth_tokens";
        let once = described().operation(id, nothing, Exchange::get("/"));
        let _ = once.operation(id, nothing, Exchange::get("/"));
    }

    #[test]
    #[should_panic(expected = "no row for list_chat_oauth_tokens")]
    fn a_table_without_a_row_fails() {
        static OTHERS: [zendesk_oauth_core::Operation; 2] = [
            zendesk_oauth_core::Operation::new("a", "GET", "/"),
            zendesk_oauth_core::Operation::new("b", "GET", "/"),
        ];
        let described = Described::<()>::new("chat-oauth-tokens", |_| (), &OTHERS, &[]);
        crate::table::the_table_has_what_the_document_says(&described);
    }
}
