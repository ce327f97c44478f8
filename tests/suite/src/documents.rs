//! The documents, read as published: what they say is what the tests expect.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;
use xtask::{
    document::Document,
    openapi::{self, contents, entries, text},
    outputs, pointer,
    roles::Roles,
};

/// The documents of the repository.
fn documents() -> Vec<Document> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    outputs::read_documents(root).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The document with this name.
pub(crate) fn document(name: &str) -> Document {
    let mut all = documents().into_iter();
    all.find(|document| document.name == name)
        .unwrap_or_else(|| panic!("there is no document {name}"))
}

/// The path of the first server, which is the one in use.
pub(crate) fn stem(document: &Document) -> &str {
    let server = openapi::array(&document.root, "servers").first();
    let url = text(server.expect("a document names its servers"), "url");
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = after_scheme.find('/').map(|slash| &after_scheme[slash..]);
    path.unwrap_or_default().trim_end_matches('/')
}

/// One operation and what its document says of it.
#[derive(Clone, Debug)]
pub(crate) struct DocumentedOperation {
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) security: Vec<String>,
    pub(crate) idempotent: bool,
    /// Whether a parameter or a member of the body is a secret by its format.
    pub(crate) sends_secrets: bool,
    pub(crate) answers: Vec<DocumentedAnswer>,
    /// Examples of the request body, with their names.
    pub(crate) bodies: Vec<(String, Value)>,
}

/// One documented answer in one media type.
#[derive(Clone, Debug)]
pub(crate) struct DocumentedAnswer {
    pub(crate) status: u16,
    /// Empty when the answer has no content.
    pub(crate) media_type: String,
    /// Example name to value; one empty value when there is no content.
    pub(crate) examples: Vec<(String, Value)>,
}

impl DocumentedAnswer {
    /// The bytes of an example as they would stand in a body.
    pub(crate) fn body(&self, example: &Value) -> Vec<u8> {
        match example {
            Value::Null => Vec::new(),
            Value::String(text) if self.media_type != "application/json" => text.clone().into(),
            json => serde_json::to_vec(json).expect("JSON can be written"),
        }
    }
}

/// Every operation of one document, in the order of its paths.
pub(crate) fn operations(document: &Document) -> Vec<DocumentedOperation> {
    let root = &document.root;
    openapi::operations(root)
        .into_iter()
        .map(|operation| {
            let mut answers = Vec::new();
            for (status, pointer, response) in operation.responses(root) {
                let status = status.parse().expect("statuses are exact");
                let contents = contents(&pointer, response);
                if contents.is_empty() {
                    let examples = vec![("no content".to_owned(), Value::Null)];
                    answers.push(DocumentedAnswer {
                        status,
                        media_type: String::new(),
                        examples,
                    });
                }
                for (media_type, _, content) in contents {
                    let (media_type, examples) = (media_type.to_owned(), examples(content));
                    answers.push(DocumentedAnswer {
                        status,
                        media_type,
                        examples,
                    });
                }
            }
            let bodies = operation.request_body(root).map(|(pointer, body)| {
                contents(&pointer, body)
                    .into_iter()
                    .flat_map(|(_, _, it)| examples(it))
                    .collect()
            });
            DocumentedOperation {
                id: operation.id().to_owned(),
                method: operation.method.clone(),
                path: operation.path.to_owned(),
                security: openapi::array(operation.value, "security")
                    .iter()
                    .filter_map(Value::as_object)
                    .flat_map(|requirement| requirement.keys().cloned())
                    .collect(),
                idempotent: operation.value["x-idempotent"] == true,
                sends_secrets: sends_secrets(root, &operation),
                answers,
                bodies: bodies.unwrap_or_default(),
            }
        })
        .collect()
}

fn sends_secrets(root: &Value, operation: &openapi::Operation<'_>) -> bool {
    let mut sent: Vec<&Value> = operation
        .parameters(root)
        .into_iter()
        .map(|(_, parameter)| &parameter["schema"])
        .collect();
    if let Some((pointer, body)) = operation.request_body(root) {
        sent.extend(
            contents(&pointer, body)
                .into_iter()
                .map(|(_, _, it)| &it["schema"]),
        );
    }
    let named = Roles::reached_by(root, sent.iter().copied());
    sent.extend(
        named
            .iter()
            .map(|name| &root["components"]["schemas"][name]),
    );
    sent.into_iter().any(holds_secret)
}

/// Whether the schema itself, not one that it refers to, has a secret.
fn holds_secret(schema: &Value) -> bool {
    let mut found = false;
    openapi::walk_schema(schema, "", &mut |_, inner| {
        found |= text(inner, "format") == "password";
    });
    found
}

/// Whether the component schema has a secret, or refers to a schema that has one.
pub(crate) fn leads_to_secret(document: &Document, schema: &str) -> bool {
    let schemas = &document.root["components"]["schemas"];
    let reached = Roles::reached_by(&document.root, [&schemas[schema]]);
    holds_secret(&schemas[schema]) || reached.iter().any(|name| holds_secret(&schemas[name]))
}

fn examples(content: &Value) -> Vec<(String, Value)> {
    let single = content
        .get("example")
        .map(|value| ("example".to_owned(), value.clone()));
    let named = entries(content, "examples")
        .map(|(name, example)| (name.clone(), example["value"].clone()));
    single.into_iter().chain(named).collect()
}

/// The example of each component schema that becomes a type.
pub(crate) fn schema_examples(document: &Document) -> Vec<(String, Value)> {
    let roles = Roles::of(&document.root);
    openapi::component_schemas(&document.root)
        .filter(|(name, ..)| !roles.only_in_errors(name))
        .map(|(name, _, schema)| {
            assert!(!text(schema, "type").is_empty(), "{name} has no type");
            (name.clone(), schema["example"].clone())
        })
        .collect()
}

/// The names of all members and parameters of all documents that are secrets by their format.
pub(crate) fn secret_names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for document in documents() {
        openapi::walk(&document.root, "", &mut |pointer, value| {
            if text(value, "format") == "password" {
                // …/properties/NAME, or the schema of a parameter or header.
                let named = match pointer::last(pointer).as_str() {
                    "schema" => pointer::parent(pointer)
                        .and_then(|holder| document.root.pointer(holder))
                        .map(|holder| text(holder, "name").to_owned()),
                    name => Some(name.to_owned()),
                };
                names.extend(named.filter(|name| !name.is_empty()));
            }
        });
    }
    names
}
