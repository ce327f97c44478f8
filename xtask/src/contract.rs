//! What the document says about answers, as JSON beside the generated client: for whoever compares an
//! answer with the document while a program runs, without the document.
//!
//! `{"operations": {"list_things": {"200": {"headers": ["x-request-id"], "content": {"application/json":
//! SCHEMA}}}}, "schemas": {"Thing": SCHEMA}}`. A schema is as in the document, less what says nothing about
//! an answer's form: descriptions, examples, formats.

use serde_json::{Map, Value, json};

use crate::{
    document::Document,
    openapi::{array, component_schemas, entries, operations, schema_name, walk_schema},
};

/// Keywords that are taken over as they are.
const PLAIN: [&str; 6] = [
    "$ref",
    "type",
    "nullable",
    "required",
    "enum",
    "x-extensible-enum",
];

/// The text of `contract.json`.
pub fn contract(document: &Document) -> String {
    let root = &document.root;
    let mut of_operations = Map::new();
    let mut reached = Vec::new();
    for operation in operations(root) {
        let mut answers = Map::new();
        for (status, _, response) in operation.responses(root) {
            let headers = entries(response, "headers").map(|(name, _)| name.to_ascii_lowercase());
            let headers: Vec<String> = headers.collect();
            let mut content = Map::new();
            for (media_type, value) in entries(response, "content") {
                reached.push(&value["schema"]);
                content.insert(media_type.clone(), form(&value["schema"]));
            }
            let answer = json!({ "headers": headers, "content": content });
            answers.insert(status.to_owned(), answer);
        }
        of_operations.insert(operation.id().to_owned(), answers.into());
    }
    let schemas = named(root, reached);
    let contract = sorted(&json!({ "operations": of_operations, "schemas": schemas }));
    let text = serde_json::to_string_pretty(&contract).expect("its keys are text");
    text + "\n"
}

/// Every component schema that these schemas lead to.
fn named<'a>(root: &'a Value, mut open: Vec<&'a Value>) -> Map<String, Value> {
    let mut found = Map::new();
    while let Some(schema) = open.pop() {
        let mut names = Vec::new();
        walk_schema(schema, "", &mut |_, inner| names.extend(schema_name(inner)));
        for name in names {
            let mut all = component_schemas(root);
            let component = all.find(|(known, _, _)| *known == name);
            let Some((_, _, component)) = component.filter(|_| !found.contains_key(name)) else {
                continue;
            };
            found.insert(name.to_owned(), form(component));
            open.push(component);
        }
    }
    found
}

/// The schema, less what says nothing about an answer's form.
fn form(schema: &Value) -> Value {
    let mut kept = Map::new();
    for keyword in PLAIN {
        if let Some(value) = schema.get(keyword) {
            kept.insert(keyword.to_owned(), value.clone());
        }
    }
    let properties = entries(schema, "properties").map(|(name, inner)| (name.clone(), form(inner)));
    let properties: Map<String, Value> = properties.collect();
    if !properties.is_empty() {
        kept.insert("properties".to_owned(), properties.into());
    }
    for keyword in ["items", "additionalProperties"] {
        match schema.get(keyword) {
            Some(inner @ Value::Object(_)) => kept.insert(keyword.to_owned(), form(inner)),
            Some(other) => kept.insert(keyword.to_owned(), other.clone()),
            None => None,
        };
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let inner: Vec<Value> = array(schema, keyword).iter().map(form).collect();
        if !inner.is_empty() {
            kept.insert(keyword.to_owned(), inner.into());
        }
    }
    kept.into()
}

/// The same with its members in the order of their names, whatever order `serde_json` was built to keep.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            let members = members
                .into_iter()
                .map(|(name, inner)| (name.clone(), sorted(inner)));
            members.collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}
