//! The documented operations, read once and ready to judge.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::Value;
use xtask::{
    document::Document,
    openapi::{self, array, contents, text},
    outputs,
};

use super::{
    body::Content,
    credentials::Security,
    exchange::{Checked, Exchange},
    parameters::{self, Parameter},
    paths::{Captures, Template},
    request, response,
    schema::Direction,
};

/// The documents whose operations the sandbox serves. One more is added here together with its routes.
const PLAYED: [&str; 6] = [
    "chat-oauth-tokens",
    "support-global-oauth-clients",
    "support-grant-type-tokens",
    "support-oauth-clients",
    "support-oauth-tokens",
    "zis-oauth-connections",
];

/// The documents that the sandbox plays, as published.
pub(super) fn played() -> Vec<Document> {
    let top = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let documents = outputs::read_documents(top).unwrap_or_else(|failure| panic!("{failure}"));
    let played: Vec<Document> = documents
        .into_iter()
        .filter(|document| PLAYED.contains(&document.name.as_str()))
        .collect();
    assert_eq!(
        played.len(),
        PLAYED.len(),
        "a document that it plays is gone"
    );
    played
}

/// What the documents say of every operation.
#[derive(Debug)]
pub(crate) struct Contract {
    operations: Vec<Operation>,
}

#[derive(Debug)]
pub(super) struct Operation {
    pub(super) id: String,
    method: String,
    template: Template,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    pub(super) responses: BTreeMap<u16, Response>,
    pub(super) security: Security,
}

#[derive(Debug)]
pub(super) struct Body {
    pub(super) required: bool,
    pub(super) contents: Vec<Content>,
}

#[derive(Debug)]
pub(super) struct Response {
    pub(super) headers: Vec<Parameter>,
    pub(super) contents: Vec<Content>,
}

impl Contract {
    /// The documents that the sandbox plays. Every schema is compiled, so tests share one.
    pub(crate) fn published() -> Self {
        let documents = played();
        let roots: Vec<&Value> = documents.iter().map(|document| &document.root).collect();
        Self::of(&roots)
    }

    /// # Panics
    /// When a document says what cannot be checked, or two operations have one method and path.
    pub(super) fn of(roots: &[&Value]) -> Self {
        let operations: Vec<Operation> = roots.iter().flat_map(|root| operations(root)).collect();
        let mut taken = BTreeSet::new();
        for operation in &operations {
            let is_new = taken.insert((&operation.method, operation.template.shape()));
            assert!(is_new, "{} is not alone at its path", operation.id);
        }
        Self { operations }
    }

    /// Holds the answer against its document.
    ///
    /// # Errors
    /// Every violation: operation, status, what and where, without values.
    pub(crate) fn check(&self, exchange: &Exchange<'_>) -> Result<Checked, Vec<String>> {
        // A GET that changes something need not serve HEAD, and no document says how it is refused.
        if exchange.method == "HEAD" && exchange.status == 405 {
            return Ok(Checked::Undescribed);
        }
        self.judge(exchange, "response", |operation, _| {
            response::violations(operation, exchange)
        })
    }

    /// Holds the request against its document.
    ///
    /// # Errors
    /// Every violation: operation, status, what and where, without values.
    pub(crate) fn check_request(&self, exchange: &Exchange<'_>) -> Result<Checked, Vec<String>> {
        self.judge(exchange, "request", |operation, captures| {
            request::violations(operation, captures, exchange)
        })
    }

    /// Every documented operation with every documented status of it.
    pub(super) fn statuses(&self) -> impl Iterator<Item = (&str, Vec<u16>)> {
        let statuses = |it: &Operation| it.responses.keys().copied().collect();
        self.operations
            .iter()
            .map(move |it| (it.id.as_str(), statuses(it)))
    }

    fn judge(
        &self,
        exchange: &Exchange<'_>,
        side: &str,
        violations: impl FnOnce(&Operation, &Captures<'_>) -> Vec<String>,
    ) -> Result<Checked, Vec<String>> {
        if exchange.is_for_the_retired_host() {
            return Ok(Checked::Undescribed);
        }
        let Some((operation, captures)) = self.find(exchange.method, exchange.path()) else {
            return Ok(Checked::Undescribed);
        };
        let status = exchange.status;
        let violations = violations(operation, &captures);
        if violations.is_empty() {
            let operation_id = operation.id.clone();
            return Ok(Checked::Operation {
                operation_id,
                status,
            });
        }
        let place = format!("{} {status} {side}", operation.id);
        let violations = violations.iter().map(|what| format!("{place}: {what}"));
        Err(violations.collect())
    }

    /// The path decides first, then the method: a better path without the method hides a worse one.
    fn find<'p>(&self, method: &str, path: &'p str) -> Option<(&Operation, Captures<'p>)> {
        let taking = |it: &Operation| it.template.captures(path).is_some();
        let best = self.operations.iter().filter(|it| taking(it));
        let best = best.min_by(|one, other| one.template.rank(&other.template))?;
        let at_path = |method: &str| {
            let shape = best.template.shape();
            let is_it = |it: &&Operation| it.method == method && it.template.shape() == shape;
            self.operations.iter().find(is_it)
        };
        let as_get = || at_path("GET").filter(|_| method == "HEAD");
        let operation = at_path(method).or_else(as_get)?;
        Some((operation, operation.template.captures(path)?))
    }
}

fn operations(root: &Value) -> Vec<Operation> {
    let stem = server_path(root);
    let read = |operation: openapi::Operation<'_>| {
        let own_server = operation.value.get("servers").is_some();
        assert!(!own_server, "{}: a server of its own", operation.id());
        let body = operation.request_body(root);
        Operation {
            id: operation.id().to_owned(),
            method: operation.method.clone(),
            template: Template::new(&format!("{stem}{}", operation.path)),
            parameters: parameters::of_operation(root, &operation),
            body: body.map(|(_, body)| Body {
                required: body.get("required") == Some(&Value::Bool(true)),
                contents: read_contents(root, body, Direction::Request),
            }),
            responses: operation
                .responses(root)
                .into_iter()
                .map(|(status, _, response)| {
                    let status = status.parse();
                    let status = status.unwrap_or_else(|_| panic!("{}: no status", operation.id()));
                    (status, read_response(root, response))
                })
                .collect(),
            security: Security::of(root, operation.value),
        }
    };
    openapi::operations(root).into_iter().map(read).collect()
}

fn read_response(root: &Value, response: &Value) -> Response {
    Response {
        headers: parameters::of_response(root, response),
        contents: read_contents(root, response, Direction::Response),
    }
}

fn read_contents(root: &Value, holder: &Value, direction: Direction) -> Vec<Content> {
    contents("", holder)
        .into_iter()
        .map(|(media_type, _, content)| Content::new(root, media_type, content, direction))
        .collect()
}

/// The path of the first server, which is the one in use.
fn server_path(root: &Value) -> &str {
    let url = array(root, "servers").first().map(|it| text(it, "url"));
    let url = url.expect("a document names its servers");
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = after_scheme.find('/').map(|slash| &after_scheme[slash..]);
    path.unwrap_or_default().trim_end_matches('/')
}
