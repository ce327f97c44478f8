//! A document that looks like ours, as large as one likes.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::openapi::METHODS;

/// What belongs to the resource has this in its name, and is copied with it. What pages and errors are made of is
/// shared, as in our documents.
const OWN: &str = "OAuthClient";

/// A component: its kind, its name in the template, and which copy it is of.
type Component = (String, String, usize);

/// The template's operations over and over, each copy with paths, operationIds, schemas and answers of its own, until
/// there are so many.
pub(super) fn grown(template: &Value, operations: usize) -> Value {
    let mut document = template.clone();
    let none = Map::new();
    let of_template = template["paths"].as_object().unwrap_or(&none);
    let mut paths = Map::new();
    let mut wanted = BTreeSet::new();
    let mut left = operations;
    // Each copy has an operation at least.
    for copy in 0..operations {
        for (path, item) in of_template {
            let mut item = item.clone();
            let kept = keep(&mut item, left);
            if kept > 0 {
                left -= kept;
                rename(&mut item, copy, &mut wanted);
                paths.insert(path.replacen("/api/v2", &prefix(copy), 1), item);
            }
        }
    }
    document["paths"] = Value::Object(paths);
    document["components"] = components(template, wanted);
    document
}

fn prefix(copy: usize) -> String {
    match copy {
        0 => "/api/v2".to_owned(),
        _ => format!("/api/v2/groups_{copy}"),
    }
}

/// Leaves so many operations of a path at most, and says how many there are.
fn keep(item: &mut Value, most: usize) -> usize {
    let Some(item) = item.as_object_mut() else {
        return 0;
    };
    let mut kept = 0;
    for method in METHODS {
        if kept < most {
            kept += usize::from(item.contains_key(method));
        } else {
            item.remove(method);
        }
    }
    kept
}

/// Gives everything the names of its copy, and notes the components that are referred to.
fn rename(value: &mut Value, copy: usize, wanted: &mut BTreeSet<Component>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, copy, wanted)),
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), &mut *member) {
                    ("$ref", Value::String(reference)) => refer(reference, copy, wanted),
                    ("operationId", Value::String(id)) if copy > 0 => {
                        id.push_str(&format!("_{copy}"));
                    }
                    _ => rename(member, copy, wanted),
                }
            }
        }
        _ => {}
    }
}

fn refer(reference: &mut String, copy: usize, wanted: &mut BTreeSet<Component>) {
    let mut parts = reference.rsplit('/');
    let (Some(name), Some(kind)) = (parts.next(), parts.next()) else {
        return;
    };
    let copy = if name.contains(OWN) { copy } else { 0 };
    wanted.insert((kind.to_owned(), name.to_owned(), copy));
    *reference = format!("#/components/{kind}/{}", named(name, copy));
}

fn named(name: &str, copy: usize) -> String {
    match copy {
        0 => name.to_owned(),
        _ => format!("{name}N{copy}"),
    }
}

/// What is referred to, and what that refers to.
fn components(template: &Value, mut wanted: BTreeSet<Component>) -> Value {
    let mut all = Map::new();
    if let Some(schemes) = template.pointer("/components/securitySchemes") {
        all.insert("securitySchemes".to_owned(), schemes.clone());
    }
    let mut done = BTreeSet::new();
    while let Some(component) = wanted.pop_first() {
        if !done.insert(component.clone()) {
            continue;
        }
        let (kind, name, copy) = component;
        let mut value = template["components"][&kind][&name].clone();
        rename(&mut value, copy, &mut wanted);
        let kinds = all.entry(kind).or_insert_with(|| Value::Object(Map::new()));
        kinds[named(&name, copy)] = value;
    }
    Value::Object(all)
}
