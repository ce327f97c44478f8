//! Exchanges made of the documents' own examples, read apart from the judge.

use std::{path::Path, sync::LazyLock};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use xtask::{
    document::Document,
    openapi::{self, Operation, array, contents, entries, resolved, text},
    outputs,
};

use super::super::{Contract, Exchange, operations::played};

/// An exchange that owns its parts, so that a test can change one.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    /// Operation, status and example, for messages.
    pub(super) place: String,
    pub(super) operation_id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) request_headers: Vec<(String, String)>,
    pub(super) request_body: Vec<u8>,
    pub(super) status: u16,
    pub(super) response_headers: Vec<(String, String)>,
    pub(super) response_body: Vec<u8>,
}

/// The judge of all tests, as reading the documents takes its time.
pub(super) fn published() -> &'static Contract {
    static PUBLISHED: LazyLock<Contract> = LazyLock::new(Contract::published);
    &PUBLISHED
}

/// The documents in this folder of the tests.
pub(super) fn documents(top: &str) -> Vec<Document> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join(top);
    outputs::read_documents(&top).expect("the documents can be read")
}

/// One sample for each example of each answer, in each media type, of each operation.
pub(super) fn answers() -> &'static [Sample] {
    static ANSWERS: LazyLock<Vec<Sample>> = LazyLock::new(|| {
        all(|root, operation| {
            let request = requests_of(root, operation).remove(0);
            answers_of(root, operation, &request)
        })
    });
    &ANSWERS
}

/// One sample for each example of a request body, one for each operation without a body.
pub(super) fn requests() -> Vec<Sample> {
    all(|root, operation| {
        let mut requests = requests_of(root, operation);
        for request in &mut requests {
            let answer = answers_of(root, operation, request).remove(0);
            *request = Sample {
                place: request.place.clone(),
                ..answer
            };
        }
        requests
    })
}

/// The fullest sample of an operation and status, in this media type; without content for "".
pub(super) fn sample(operation_id: &str, status: u16, media_type: &str) -> Sample {
    let is_it = |sample: &&Sample| {
        let given = sample.response_media_type();
        sample.operation_id == operation_id && sample.status == status && given == media_type
    };
    let found = answers().iter().filter(is_it);
    let found = found.max_by_key(|sample| sample.response_body.len());
    found
        .cloned()
        .unwrap_or_else(|| panic!("no {operation_id} {status} as {media_type:?}"))
}

impl Sample {
    pub(super) fn exchange<'a>(&'a self, path_and_query: &'a str) -> Exchange<'a> {
        Exchange {
            method: &self.method,
            path_and_query,
            request_headers: &self.request_headers,
            request_body: &self.request_body,
            status: self.status,
            response_headers: &self.response_headers,
            response_body: &self.response_body,
        }
    }

    pub(super) fn path_and_query(&self) -> String {
        match self.query.as_str() {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    /// Without parameters, empty when there is no content.
    pub(super) fn response_media_type(&self) -> &str {
        let headers = self.response_headers.iter();
        let mut of = headers.filter(|(name, _)| name == "Content-Type");
        let value = of.next().map_or("", |(_, value)| value);
        value.split(';').next().unwrap_or_default()
    }
}

fn all(samples: impl Fn(&Value, &Operation<'_>) -> Vec<Sample>) -> Vec<Sample> {
    let mut found = Vec::new();
    for document in played() {
        for operation in openapi::operations(&document.root) {
            found.extend(samples(&document.root, &operation));
        }
    }
    found
}

fn requests_of(root: &Value, operation: &Operation<'_>) -> Vec<Sample> {
    let (_, host_and_path) = text(&root["servers"][0], "url")
        .split_once("://")
        .expect("a URL");
    let stem = host_and_path
        .split_once('/')
        .map_or(String::new(), |(_, stem)| format!("/{stem}"));
    let mut sample = Sample {
        place: operation.id().to_owned(),
        operation_id: operation.id().to_owned(),
        method: operation.method.clone(),
        path: format!("{stem}{}", operation.path),
        query: String::new(),
        request_headers: credentials(root, operation),
        request_body: Vec::new(),
        status: 0,
        response_headers: Vec::new(),
        response_body: Vec::new(),
    };
    for (_, parameter) in operation.parameters(root) {
        let name = text(parameter, "name");
        let value = written(&parameter["example"]);
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        match text(parameter, "in") {
            "path" => {
                sample.path = sample
                    .path
                    .replace(&format!("{{{name}}}"), &encoded(&value))
            }
            "query" => {
                let and = if sample.query.is_empty() { "" } else { "&" };
                sample.query += &format!("{and}{}={}", encoded(name), encoded(&value));
            }
            _ => sample.request_headers.push((name.to_owned(), value)),
        }
    }
    let Some((pointer, body)) = operation.request_body(root) else {
        return vec![sample];
    };
    let mut samples = Vec::new();
    for (media_type, _, content) in contents(&pointer, body) {
        for (name, example) in examples(content) {
            let mut sample = sample.clone();
            sample.place = format!("{} request {media_type} {name}", operation.id());
            let header = ("content-type".to_owned(), media_type.to_owned());
            sample.request_headers.push(header);
            sample.request_body = match media_type {
                "application/x-www-form-urlencoded" => form(&example),
                _ => example.to_string().into(),
            };
            samples.push(sample);
        }
    }
    samples
}

fn answers_of(root: &Value, operation: &Operation<'_>, request: &Sample) -> Vec<Sample> {
    let mut samples = Vec::new();
    for (status, pointer, response) in operation.responses(root) {
        let mut sample = request.clone();
        sample.place = format!("{} {status}", operation.id());
        sample.status = status.parse().expect("statuses are exact");
        for (name, header) in entries(response, "headers") {
            let (_, header) = resolved(root, String::new(), header);
            // In capitals, as their case does not matter.
            let header = (name.to_uppercase(), written(&header["example"]));
            sample.response_headers.push(header);
        }
        let contents = contents(&pointer, response);
        for (media_type, _, content) in &contents {
            for (name, example) in examples(content) {
                let mut sample = sample.clone();
                sample.place += &format!(" {media_type} {name}");
                let value = format!("{media_type}; charset=utf-8");
                sample
                    .response_headers
                    .push(("Content-Type".to_owned(), value));
                sample.response_body = match &example {
                    Value::String(text) if *media_type != "application/json" => text.clone(),
                    json => json.to_string(),
                }
                .into();
                samples.push(sample);
            }
        }
        if contents.is_empty() {
            samples.push(sample);
        }
    }
    samples
}

/// Credentials by the first scheme of the operation.
fn credentials(root: &Value, operation: &Operation<'_>) -> Vec<(String, String)> {
    let Some(first) = array(operation.value, "security").first() else {
        return Vec::new();
    };
    let names = first.as_object().into_iter().flat_map(|it| it.keys());
    let header = |name: &String| {
        let scheme = &root["components"]["securitySchemes"][name];
        match text(scheme, "type") {
            "http" => (
                "Authorization".to_owned(),
                format!("{} CANARY-token", text(scheme, "scheme")),
            ),
            "oauth2" => ("Authorization".to_owned(), "Bearer CANARY-token".to_owned()),
            _ => (
                "Cookie".to_owned(),
                format!("a=b; {}=CANARY-session", text(scheme, "name")),
            ),
        }
    };
    names.map(header).collect()
}

fn examples(content: &Value) -> Vec<(String, Value)> {
    let single = content
        .get("example")
        .map(|value| ("example".to_owned(), value.clone()));
    let named = entries(content, "examples");
    let named = named.map(|(name, example)| (name.clone(), example["value"].clone()));
    single.into_iter().chain(named).collect()
}

fn form(example: &Value) -> Vec<u8> {
    let members = example.as_object().into_iter().flatten();
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs =
        members.map(|(name, value)| format!("{}={}", encoded(name), encoded(&written(value))));
    pairs.collect::<Vec<_>>().join("&").into()
}

/// An example as it stands in a path, query, header or form.
fn written(example: &Value) -> String {
    match example {
        Value::String(text) => text.clone(),
        Value::Null => panic!("an example is missing"),
        other => other.to_string(),
    }
}
