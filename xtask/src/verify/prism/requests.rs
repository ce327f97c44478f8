//! Requests made of a document's examples, with what the document says of their answers.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::credentials::credentials;
use crate::openapi::{self, Operation, array, contents, entries, resolved, text};

/// All but the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request and its documented answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Request {
    /// What it is: the operation, and what is special.
    pub(super) name: String,
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<String>,
    pub(super) answer: Answer,
}

/// What is documented of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    /// One of these.
    pub(super) statuses: Vec<u16>,
    /// One of these bodies; none where there is no body; not looked at where the list is missing.
    pub(super) bodies: Option<Vec<Value>>,
    /// Headers that are documented as always there, with their example.
    pub(super) headers: Vec<(String, String)>,
}

impl Answer {
    /// An answer of which only the status counts.
    fn status(statuses: &[u16]) -> Self {
        Self {
            statuses: statuses.to_vec(),
            bodies: None,
            headers: vec![],
        }
    }
}

/// Every request of an operation that its documentation allows: with each of its credentials, each example of its
/// body, and each of its optional parameters; and those that it must refuse, without credentials or body.
pub(super) fn documented(root: &Value, operation: &Operation<'_>) -> Result<Vec<Request>, String> {
    let parameters = operation.parameters(root);
    let base = Request {
        name: operation.id().to_owned(),
        method: operation.method.clone(),
        target: target(operation.path, &parameters)?,
        headers: vec![],
        body: None,
        answer: success(root, operation)?,
    };
    let credentials = credentials(root, operation)?;
    let bodies = bodies(root, operation);
    let mut requests = Vec::new();
    for (scheme, header) in &credentials {
        let mut request = base.clone();
        request.name.push_str(&format!(" with {scheme}"));
        request.headers.extend(header.clone());
        if let Some((media_type, body)) = bodies.first() {
            set_body(&mut request, media_type, body);
        }
        requests.push(request);
    }
    let first = requests.first().cloned().unwrap_or(base);
    for (media_type, body) in bodies.iter().skip(1) {
        let mut request = first.clone();
        request.name.push_str(" and another body");
        request.headers.retain(|(name, _)| name != "Content-Type");
        set_body(&mut request, media_type, body);
        requests.push(request);
    }
    for (_, parameter) in &parameters {
        if text(parameter, "in") == "query" && parameter["required"] != true {
            let mut request = first.clone();
            let pair = pair(parameter)?;
            request
                .name
                .push_str(&format!(" and {}", text(parameter, "name")));
            add_query(&mut request.target, &pair);
            requests.push(request);
        }
    }
    for (name, example) in named_examples(root, operation) {
        let mut request = first.clone();
        request.name.push_str(&format!(" and example {name}"));
        request
            .headers
            .push(("Prefer".to_owned(), format!("example={name}")));
        request.answer.bodies = Some(vec![example]);
        requests.push(request);
    }
    if credentials.iter().any(|(_, header)| header.is_some()) {
        let mut request = first.clone();
        request.name = format!("{} without credentials", operation.id());
        request.headers.retain(|(name, _)| name == "Content-Type");
        request.answer = Answer::status(&[401]);
        requests.push(request);
    }
    if first.body.is_some() {
        let mut request = first;
        request.name = format!("{} without a body", operation.id());
        request.body = Some("{}".to_owned());
        request.answer = Answer::status(&[400, 422]);
        // Where no member is required, an empty body is right.
        if has_required_members(root, operation) {
            requests.push(request);
        }
    }
    Ok(requests)
}

/// The documented success: its status, the examples of its body, and its headers.
fn success(root: &Value, operation: &Operation<'_>) -> Result<Answer, String> {
    let responses = operation.responses(root);
    let of_kind = |kind: char| {
        responses
            .iter()
            .find(|(status, ..)| status.starts_with(kind))
    };
    let Some((status, pointer, response)) = of_kind('2').or_else(|| of_kind('3')) else {
        return Err(format!("{} documents no success", operation.id()));
    };
    // Prism prefers the example of the schema to those of the response.
    let bodies = contents(pointer, response)
        .into_iter()
        .flat_map(|(_, _, media)| {
            let (_, schema) = resolved(root, String::new(), &media["schema"]);
            examples(media)
                .into_iter()
                .chain(schema.get("example").cloned())
        })
        .collect();
    let headers = entries(response, "headers")
        .map(|(name, header)| (name, resolved(root, String::new(), header).1))
        .filter(|(_, header)| header["required"] == true)
        .map(|(name, header)| (name.clone(), plain(&header["example"])))
        .collect();
    let status = status
        .parse()
        .map_err(|_| format!("{status} is no status"))?;
    Ok(Answer {
        statuses: vec![status],
        bodies: Some(bodies),
        headers,
    })
}

/// The examples of a media type object.
fn examples(media: &Value) -> Vec<Value> {
    let named = entries(media, "examples").map(|(_, example)| example["value"].clone());
    media
        .get("example")
        .cloned()
        .into_iter()
        .chain(named)
        .collect()
}

/// The examples of the success that can be asked for by their names.
fn named_examples(root: &Value, operation: &Operation<'_>) -> Vec<(String, Value)> {
    let responses = operation.responses(root);
    responses
        .iter()
        .filter(|(status, ..)| status.starts_with('2'))
        .flat_map(|(_, pointer, response)| contents(pointer, response))
        .flat_map(|(_, _, media)| entries(media, "examples"))
        .map(|(name, example)| (name.clone(), example["value"].clone()))
        .collect()
}

/// Every body that the document shows, with its media type.
fn bodies(root: &Value, operation: &Operation<'_>) -> Vec<(String, Value)> {
    let Some((pointer, body)) = operation.request_body(root) else {
        return vec![];
    };
    contents(&pointer, body)
        .into_iter()
        .flat_map(|(media_type, _, media)| {
            examples(media)
                .into_iter()
                .map(|example| (media_type.to_owned(), example))
        })
        .collect()
}

fn has_required_members(root: &Value, operation: &Operation<'_>) -> bool {
    let Some((pointer, body)) = operation.request_body(root) else {
        return false;
    };
    contents(&pointer, body).iter().any(|(_, _, media)| {
        let (_, schema) = resolved(root, String::new(), &media["schema"]);
        !array(schema, "required").is_empty()
    })
}

fn set_body(request: &mut Request, media_type: &str, body: &Value) {
    request
        .headers
        .push(("Content-Type".to_owned(), media_type.to_owned()));
    request.body = Some(match media_type {
        "application/x-www-form-urlencoded" => {
            let members = body.as_object().into_iter().flatten();
            let pairs = members
                .map(|(name, value)| format!("{}={}", escaped(name), escaped(&plain(value))));
            pairs.collect::<Vec<_>>().join("&")
        }
        _ => body.to_string(),
    });
}

/// Path with the examples of its parameters, and the query of those that are required.
fn target(path: &str, parameters: &[(String, &Value)]) -> Result<String, String> {
    let mut target = path.to_owned();
    for (_, parameter) in parameters {
        if text(parameter, "in") == "path" {
            let template = format!("{{{}}}", text(parameter, "name"));
            target = target.replace(&template, &escaped(&example(parameter)?));
        }
    }
    for (_, parameter) in parameters {
        if text(parameter, "in") == "query" && parameter["required"] == true {
            add_query(&mut target, &pair(parameter)?);
        }
    }
    Ok(target)
}

fn pair(parameter: &Value) -> Result<String, String> {
    let name = escaped(text(parameter, "name"));
    Ok(format!("{name}={}", escaped(&example(parameter)?)))
}

fn add_query(target: &mut String, pair: &str) {
    target.push(if target.contains('?') { '&' } else { '?' });
    target.push_str(pair);
}

fn example(parameter: &Value) -> Result<String, String> {
    match parameter.get("example") {
        Some(example) => Ok(plain(example)),
        None => Err(format!(
            "parameter `{}` has no example",
            text(parameter, "name")
        )),
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// Requests that show what Prism does not do: the id of the limit, and the wrong answer that it gives.
pub(super) fn limits(root: &Value) -> Result<Vec<(&'static str, Request)>, String> {
    let mut found = Vec::new();
    for operation in openapi::operations(root) {
        let Some(first) = documented(root, &operation)?.into_iter().next() else {
            continue;
        };
        for (_, parameter) in operation.parameters(root) {
            let (_, schema) = resolved(root, String::new(), &parameter["schema"]);
            if text(parameter, "name").contains('[') && schema["type"] == "integer" {
                let mut request = first.clone();
                let pair = format!("{}=notanumber", escaped(text(parameter, "name")));
                add_query(&mut request.target, &pair);
                found.push(("prism-bracketed-query", request));
            }
        }
        if let Some(stem) = stem(root) {
            let mut request = first;
            request.target = format!("{stem}{}", request.target);
            request.answer = Answer::status(&[404]);
            found.push(("prism-server-path", request));
        }
    }
    Ok(found)
}

/// The path of the first server, if it has one.
fn stem(root: &Value) -> Option<&str> {
    let server = text(array(root, "servers").first()?, "url");
    let (_, rest) = server.split_once("://")?;
    let path = &rest[rest.find('/')?..];
    (path.len() > 1).then(|| path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
