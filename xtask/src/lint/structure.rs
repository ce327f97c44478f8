//! What makes a document whole: version, servers, identifiers, security.

use std::collections::BTreeMap;

use heck::{ToPascalCase, ToSnakeCase};
use serde_json::Value;

use super::{Lint, Rule, paths::template_names};
use crate::{
    openapi::{array, text, walk},
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
    way_out: "write three numbers without leading zeros, as in 1.0.0",
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
const REQUIRED: Rule = Rule {
    id: "required-defined",
    purpose: "`required` names properties that the schema defines",
    way_out: "define the property, or take the name out of `required`",
};

const SECURITY: Rule = Rule {
    id: "security-scheme",
    purpose: "`security` lists declared schemes, each an alternative of its own: the operation table and the docs say «one of»",
    way_out: "declare the scheme in `components/securitySchemes`; write one scheme per list item",
};

pub(super) const RULES: &[Rule] = &[
    OPENAPI_VERSION,
    INFO_VERSION,
    SERVERS,
    OPERATION_ID,
    REQUIRED,
    SECURITY,
];

/// Methods of every generated client whose names could be operationIds.
const RESERVED_METHODS: [&str; 3] = ["api_version", "for_subdomain", "from_transport"];

pub(super) fn check(lint: &mut Lint<'_>) {
    versions_and_servers(lint);
    operation_ids(lint);
    required_names(lint);
    security(lint);
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
    if let Err(reason) = semver::Version::parse(version) {
        lint.refuse(
            &INFO_VERSION,
            "/info/version",
            format!("`{version}` is no semantic version: {reason}"),
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
        if RESERVED_METHODS.contains(&id) {
            let reason = format!("`{id}` is a method that every client has");
            lint.refuse(&OPERATION_ID, &pointer, reason);
        }
        if let Some(first) = seen
            .insert(snake.to_pascal_case(), operation.pointer.clone())
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

fn security(lint: &mut Lint<'_>) {
    let declared = &lint.root["components"]["securitySchemes"];
    for operation in lint.operations.clone() {
        let pointer = pointer::join(&operation.pointer, "security");
        for (index, requirement) in array(operation.value, "security").iter().enumerate() {
            let pointer = pointer::join(&pointer, &index.to_string());
            let names: Vec<&String> = requirement
                .as_object()
                .into_iter()
                .flat_map(serde_json::Map::keys)
                .collect();
            match names.as_slice() {
                [name] if declared.get(name.as_str()).is_some() => {}
                [name] => lint.refuse(&SECURITY, &pointer, format!("`{name}` is not declared")),
                names => {
                    let reason = format!("{} schemes in one item", names.len());
                    lint.refuse(&SECURITY, &pointer, reason);
                }
            }
        }
    }
}
