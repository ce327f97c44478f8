//! What makes a document whole: version, servers, identifiers, references.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use serde_json::Value;

use super::{Lint, Rule};
use crate::{
    openapi::{array, entries, reference, text, walk},
    pointer,
};

const OPENAPI_VERSION: Rule = Rule {
    id: "openapi-version",
    purpose: "`openapi` is 3.0.3: progenitor refuses 3.1, and our linters expect one version",
    way_out: "write `openapi: 3.0.3`",
};
const INFO_VERSION: Rule = Rule {
    id: "info-version",
    purpose: "`info.version` is a semantic version: it is published, and progenitor puts it into a header",
    way_out: "write three numbers, as in 1.0.0",
};
const SERVERS: Rule = Rule {
    id: "servers",
    purpose: "a document names its servers, each with a description and described variables",
    way_out: "list the current server first, with `url`, `description` and `variables`",
};
pub(super) const OPERATION_ID: Rule = Rule {
    id: "operation-id",
    purpose: "operationId is `verb_noun` in snake_case and unique over all documents: it is the Rust method, the span and the command",
    way_out: "give the operation a snake_case name that no other operation has",
};
pub(super) const REFERENCE: Rule = Rule {
    id: "reference",
    purpose: "every `$ref` points to a component of the same document: a document is self-contained, and progenitor panics on others",
    way_out: "correct the name, or copy the component into this document",
};
const UNUSED: Rule = Rule {
    id: "unused-component",
    purpose: "every component is used: what nothing refers to is not part of the reference",
    way_out: "remove the component, or refer to it",
};
const REQUIRED: Rule = Rule {
    id: "required-defined",
    purpose: "`required` names properties that the schema defines",
    way_out: "define the property, or take the name out of `required`",
};
const PATH_PARAMETERS: Rule = Rule {
    id: "path-parameters",
    purpose: "the parameters in a path template and the declared ones are the same, and required: progenitor panics or generates a useless argument",
    way_out: "declare each `{name}` of the path once, `in: path`, `required: true`",
};

pub(super) const RULES: &[Rule] = &[
    OPENAPI_VERSION,
    INFO_VERSION,
    SERVERS,
    OPERATION_ID,
    REFERENCE,
    UNUSED,
    REQUIRED,
    PATH_PARAMETERS,
];

pub(super) fn check(lint: &mut Lint<'_>) {
    versions_and_servers(lint);
    path_items(lint);
    operation_ids(lint);
    references(lint);
    required_names(lint);
    path_parameters(lint);
}

fn versions_and_servers(lint: &mut Lint<'_>) {
    let root = lint.root;
    if text(root, "openapi") != "3.0.3" {
        lint.refuse(
            &OPENAPI_VERSION,
            "/openapi",
            "the document is not OpenAPI 3.0.3",
        );
    }
    let version = root
        .pointer("/info/version")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let numbers: Vec<&str> = version.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if numbers.len() != 3 || !numbers.iter().all(is_number) {
        lint.refuse(
            &INFO_VERSION,
            "/info/version",
            format!("`{version}` is not three numbers"),
        );
    }
    let servers = array(root, "servers");
    if servers.is_empty() {
        lint.refuse(&SERVERS, "/servers", "no server is named");
    }
    for (index, server) in servers.iter().enumerate() {
        let pointer = format!("/servers/{index}");
        if text(server, "description").is_empty() {
            lint.refuse(&SERVERS, &pointer, "the server has no description");
        }
        let url = text(server, "url");
        for name in template_names(url) {
            let variable = server.pointer(&format!("/variables/{name}"));
            let complete = variable.is_some_and(|variable| {
                !text(variable, "description").is_empty() && !text(variable, "default").is_empty()
            });
            if !complete {
                let reason = format!("variable `{name}` has no default or no description");
                lint.refuse(&SERVERS, &pointer, reason);
            }
        }
    }
}

/// A path item by reference, or with servers of its own, is one that progenitor does not see.
fn path_items(lint: &mut Lint<'_>) {
    for (path, item) in entries(lint.root, "paths") {
        let pointer = pointer::join("/paths", path);
        if reference(item).is_some() {
            lint.refuse(&REFERENCE, &pointer, "a path's operations stand elsewhere");
        }
        if item.get("servers").is_some() {
            lint.refuse(&SERVERS, &pointer, "a path has servers of its own");
        }
    }
}

fn operation_ids(lint: &mut Lint<'_>) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    if lint.operations.is_empty() {
        lint.refuse(&OPERATION_ID, "/paths", "the document has no operation");
    }
    for operation in lint.operations.clone() {
        let id = operation.id();
        let pointer = pointer::join(&operation.pointer, "operationId");
        let snake = id.to_snake_case();
        if id.is_empty() {
            lint.refuse(
                &OPERATION_ID,
                &operation.pointer,
                "the operation has no operationId",
            );
        } else if snake != id || !id.contains('_') {
            let reason = format!("`{id}` is not `verb_noun` in snake_case");
            lint.refuse(&OPERATION_ID, &pointer, reason);
        }
        if let Some(first) = seen
            .insert(snake, operation.pointer.clone())
            .filter(|_| !id.is_empty())
        {
            lint.refuse(
                &OPERATION_ID,
                &pointer,
                format!("`{id}` is the operation at {first} too"),
            );
        }
    }
}

fn references(lint: &mut Lint<'_>) {
    let root = lint.root;
    let mut used = BTreeSet::new();
    let mut dangling = Vec::new();
    walk(root, "", &mut |pointer, value| {
        let Some(target) = reference(value) else {
            return;
        };
        let found = target
            .strip_prefix('#')
            .filter(|target| root.pointer(target).is_some());
        match found {
            Some(target) => _ = used.insert(target.to_owned()),
            None => dangling.push((pointer.to_owned(), target.to_owned())),
        }
    });
    for (pointer, target) in dangling {
        let reason = if target.starts_with('#') {
            format!("`{target}` is not in this document")
        } else {
            format!("`{target}` is outside this document")
        };
        lint.refuse(&REFERENCE, &pointer, reason);
    }
    let Some(components) = root.get("components").and_then(Value::as_object) else {
        return;
    };
    for (kind, members) in components {
        for (name, member) in members.as_object().into_iter().flatten() {
            let pointer = pointer::join(&format!("/components/{kind}"), name);
            if reference(member).is_some() {
                lint.refuse(
                    &REFERENCE,
                    &pointer,
                    format!("`{name}` is only another name for a component"),
                );
            }
            let is_used = match kind.as_str() {
                "securitySchemes" => is_security_used(lint, name),
                _ => used.contains(&pointer),
            };
            if !is_used {
                lint.refuse(&UNUSED, &pointer, format!("nothing refers to `{name}`"));
            }
        }
    }
}

fn is_security_used(lint: &Lint<'_>, name: &str) -> bool {
    lint.operations
        .iter()
        .map(|operation| operation.value)
        .chain([lint.root])
        .flat_map(|holder| array(holder, "security"))
        .any(|requirement| requirement.get(name).is_some())
}

fn required_names(lint: &mut Lint<'_>) {
    let mut undefined = Vec::new();
    walk(lint.root, "", &mut |pointer, value| {
        if !value.get("properties").is_some_and(Value::is_object) {
            return;
        }
        for name in array(value, "required").iter().filter_map(Value::as_str) {
            if value["properties"].get(name).is_none() {
                undefined.push((pointer::join(pointer, "required"), name.to_owned()));
            }
        }
    });
    for (pointer, name) in undefined {
        lint.refuse(
            &REQUIRED,
            &pointer,
            format!("`{name}` is required but not defined"),
        );
    }
}

fn path_parameters(lint: &mut Lint<'_>) {
    let root = lint.root;
    for operation in lint.operations.clone() {
        let templates = template_names(operation.path);
        let mut declared = Vec::new();
        for (pointer, parameter) in operation.parameters(root) {
            let name = text(parameter, "name");
            if text(parameter, "in") != "path" {
                continue;
            }
            declared.push(name);
            if !templates.contains(&name) {
                let reason = format!("`{name}` is not in the path {}", operation.path);
                lint.refuse(&PATH_PARAMETERS, &pointer, reason);
            }
            if parameter.get("required") != Some(&Value::Bool(true)) {
                lint.refuse(
                    &PATH_PARAMETERS,
                    &pointer,
                    format!("`{name}` is not `required: true`"),
                );
            }
        }
        for name in templates {
            if !declared.contains(&name) {
                let reason = format!("`{{{name}}}` of the path is not declared");
                lint.refuse(&PATH_PARAMETERS, &operation.pointer, reason);
            }
        }
    }
}

/// The names between braces in a path or server template.
fn template_names(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
