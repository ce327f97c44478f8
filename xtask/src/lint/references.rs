//! References: to components of the right kind in the same document, and none unused.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Lint, Rule};
use crate::{
    openapi::{array, reference},
    pointer,
};

pub(super) const REFERENCE: Rule = Rule {
    id: "reference",
    purpose: "every `$ref` points to a component of its kind in the same document: a document is self-contained, and progenitor panics on others",
    way_out: "correct the name, or make what it points to a component of this document",
};
const UNUSED: Rule = Rule {
    id: "unused-component",
    purpose: "every component is used: what nothing refers to is not part of the reference",
    way_out: "remove the component, or refer to it",
};

pub(super) const RULES: &[Rule] = &[REFERENCE, UNUSED];

pub(super) fn check(lint: &mut Lint<'_>) {
    let root = lint.root;
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    walk_outside_examples(root, "", &mut |pointer, value| {
        let Some(target) = reference(value) else {
            return;
        };
        match component(root, pointer, target) {
            Ok(component) => _ = used.insert(component.to_owned()),
            Err(reason) => wrong.push((pointer.to_owned(), reason)),
        }
    });
    for (pointer, reason) in wrong {
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

/// The pointer of the component that a reference at `pointer` means, or why it means none.
fn component<'a>(root: &Value, pointer: &str, target: &'a str) -> Result<&'a str, String> {
    let Some(local) = target.strip_prefix('#') else {
        return Err(format!("`{target}` is outside this document"));
    };
    let tokens: Vec<&str> = local.split('/').collect();
    let kind = expected_kind(pointer);
    match tokens.as_slice() {
        ["", "components", found, _] if *found == kind => {}
        _ => return Err(format!("`{target}` is not in #/components/{kind}/")),
    }
    match root.pointer(local) {
        Some(_) => Ok(local),
        None => Err(format!("`{target}` is not in this document")),
    }
}

/// Which kind of component may stand at this place.
fn expected_kind(pointer: &str) -> &'static str {
    let tokens: Vec<&str> = pointer.split('/').collect();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match tokens.as_slice() {
        [.., "parameters", index] if is_number(index) => "parameters",
        [.., "responses", status] if is_number(status) => "responses",
        [.., "headers", _] => "headers",
        [.., "requestBody"] => "requestBodies",
        _ => "schemas",
    }
}

/// Calls `visit` with every value that is not inside an example: there `$ref` is data.
fn walk_outside_examples<'a>(
    value: &'a Value,
    pointer: &str,
    visit: &mut impl FnMut(&str, &'a Value),
) {
    visit(pointer, value);
    let is_properties = pointer.ends_with("/properties");
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let is_data = matches!(name.as_str(), "example" | "examples" | "default");
                if is_properties || !is_data {
                    walk_outside_examples(member, &pointer::join(pointer, name), visit);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk_outside_examples(item, &pointer::join(pointer, &index.to_string()), visit);
            }
        }
        _ => {}
    }
}
