//! Paths: what may stand in a template and in a path item, and the parameters in it.

use serde_json::Value;

use super::{Lint, Rule};
use crate::{
    openapi::{METHODS, entries, text},
    pointer,
};

const PATH_ITEM: Rule = Rule {
    id: "path-item",
    purpose: "a path item holds its operations and their shared parameters: another key is a misspelt method or something progenitor ignores",
    way_out: "write operations under get, put, post, delete, options, head, patch or trace; servers belong to the document",
};
const PATH_TEMPLATE: Rule = Rule {
    id: "path-template",
    purpose: "a path is segments of RFC 3986 with at most one parameter each: clients compare the request's path with it before anything is sent",
    way_out: "start with `/`; use letters, digits, `-`, `.`, `_`, `~` and one `{name}` per segment; no empty, `.` or `..` segment",
};
const PATH_PARAMETERS: Rule = Rule {
    id: "path-parameters",
    purpose: "the parameters in a path template and the declared ones are the same, and required: progenitor panics or generates a useless argument",
    way_out: "declare each `{name}` of the path once, `in: path`, `required: true`",
};

pub(super) const RULES: &[Rule] = &[PATH_ITEM, PATH_TEMPLATE, PATH_PARAMETERS];

pub(super) fn check(lint: &mut Lint<'_>) {
    for (path, item) in entries(lint.root, "paths") {
        let pointer = pointer::join("/paths", path);
        for key in item.as_object().into_iter().flat_map(serde_json::Map::keys) {
            let is_known = METHODS.contains(&key.as_str())
                || matches!(key.as_str(), "parameters" | "summary" | "description");
            if !is_known {
                let reason = format!("`{key}` is not part of a path item here");
                lint.refuse(&PATH_ITEM, &pointer::join(&pointer, key), reason);
            }
        }
        if !is_template(path) {
            lint.refuse(
                &PATH_TEMPLATE,
                &pointer,
                format!("`{path}` is not such a path"),
            );
        }
    }
    path_parameters(lint);
}

fn is_template(path: &str) -> bool {
    let Some(segments) = path.strip_prefix('/') else {
        return false;
    };
    segments.split('/').all(is_segment)
}

fn is_segment(segment: &str) -> bool {
    let literal = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
    };
    match segment.split_once('{') {
        None => !matches!(segment, "" | "." | "..") && literal(segment),
        Some((before, rest)) => rest.split_once('}').is_some_and(|(name, after)| {
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            !name.is_empty() && name.bytes().all(is_name) && literal(before) && literal(after)
        }),
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
pub(super) fn template_names(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
