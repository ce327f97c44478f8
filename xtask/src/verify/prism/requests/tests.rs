//! The requests that are made of the published documents.

use serde_json::Value;

use super::*;
use crate::openapi;

fn root(name: &str) -> Value {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let documents = crate::outputs::read_documents(&top).unwrap();
    documents
        .into_iter()
        .find(|document| document.name == name)
        .unwrap()
        .root
}

fn requests(name: &str, id: &str) -> Vec<Request> {
    let root = root(name);
    let operations = openapi::operations(&root);
    let operation = operations
        .iter()
        .find(|operation| operation.id() == id)
        .unwrap();
    documented(&root, operation).unwrap()
}

#[test]
fn a_request_is_made_of_the_examples() {
    let requests = requests("chat-oauth-tokens", "revoke_chat_oauth_token");
    assert_eq!(requests[0].target, "/oauth/tokens/38");
    assert_eq!(requests[0].method, "DELETE");
    assert_eq!(
        requests[0].headers,
        [("Authorization".to_owned(), "Bearer any".to_owned())]
    );
    assert_eq!(requests[0].answer.statuses, [204]);
    assert_eq!(requests[0].answer.bodies, Some(vec![]));
    let names: Vec<&str> = requests
        .iter()
        .map(|request| request.name.as_str())
        .collect();
    let id = "revoke_chat_oauth_token";
    assert_eq!(
        names,
        [
            format!("{id} with chatBearer"),
            format!("{id} with chatOAuth2"),
            format!("{id} with basicPassword"),
            format!("{id} without credentials"),
        ]
    );
}

#[test]
fn an_example_is_asked_for_with_the_status_that_it_is_of() {
    let id = "create_token_for_grant_type";
    let requests = requests("support-grant-type-tokens", id);
    let of = |example: &str| {
        let mut all = requests.iter();
        let asked = all.find(|it| it.name.ends_with(example)).unwrap();
        (asked.answer.statuses.clone(), asked.headers.last().cloned())
    };
    let prefer = |value: &str| Some(("Prefer".to_owned(), value.to_owned()));
    assert_eq!(
        of(" expiring"),
        (vec![200], prefer("code=200, example=expiring"))
    );
    assert_eq!(
        of(" documented"),
        (vec![201], prefer("code=201, example=documented"))
    );
}

#[test]
fn a_redirect_is_a_success_with_its_location() {
    let requests = requests("zis-oauth-connections", "start_oauth_redirect");
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].answer.statuses, [307]);
    assert_eq!(requests[0].answer.headers[0].0, "Location");
    assert!(requests[0].target.contains("?flow_token="));
}

#[test]
fn brackets_are_escaped_and_optional_parameters_are_sent_one_by_one() {
    let requests = requests("support-oauth-clients", "list_oauth_clients");
    let sizes = requests
        .iter()
        .filter(|request| request.target.contains("page%5Bsize%5D="));
    assert_eq!(sizes.count(), 1);
}

#[test]
fn limits_are_asked_where_they_can_show() {
    let ids = |name| -> Vec<&str> {
        let mut ids: Vec<_> = limits(&root(name))
            .unwrap()
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        ids.dedup();
        ids
    };
    assert_eq!(ids("chat-oauth-tokens"), ["prism-server-path"]);
    assert_eq!(ids("support-oauth-clients"), ["prism-bracketed-query"]);
    assert!(ids("zis-oauth-connections").is_empty());
}
