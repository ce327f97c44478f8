//! What each component schema is for: sent, received, or part of an error.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::openapi::{self, contents, operations, walk_schema};

/// The component schemas that are reached from each side of the operations.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// From request bodies and parameters.
    pub request: BTreeSet<String>,
    /// From answers with a status below 400.
    pub response: BTreeSet<String>,
    /// From answers with a status of 400 and above.
    pub error: BTreeSet<String>,
}

impl Roles {
    /// Follows every reference from the operations of the document.
    pub fn of(root: &Value) -> Self {
        let mut roles = Self::default();
        for operation in operations(root) {
            for (_, parameter) in operation.parameters(root) {
                if let Some(schema) = parameter.get("schema") {
                    reach(root, schema, &mut roles.request);
                }
            }
            if let Some((pointer, body)) = operation.request_body(root) {
                for (_, _, media_type) in contents(&pointer, body) {
                    reach(root, &media_type["schema"], &mut roles.request);
                }
            }
            for (status, pointer, response) in operation.responses(root) {
                let reached = if is_error(status) {
                    &mut roles.error
                } else {
                    &mut roles.response
                };
                for (_, _, media_type) in contents(&pointer, response) {
                    reach(root, &media_type["schema"], reached);
                }
            }
        }
        roles
    }

    /// The component schemas that are reached from `schemas`.
    pub fn reached_by<'a>(
        root: &Value,
        schemas: impl IntoIterator<Item = &'a Value>,
    ) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        for schema in schemas {
            reach(root, schema, &mut reached);
        }
        reached
    }

    /// Whether the schema occurs in errors and nowhere else.
    pub fn only_in_errors(&self, name: &str) -> bool {
        self.error.contains(name) && !self.request.contains(name) && !self.response.contains(name)
    }
}

/// Whether a status key (`404`, `4XX`, `default`) is an error.
pub fn is_error(status: &str) -> bool {
    !matches!(status.as_bytes().first(), Some(b'1'..=b'3'))
}

fn reach(root: &Value, schema: &Value, reached: &mut BTreeSet<String>) {
    walk_schema(schema, "", &mut |_, inner| {
        if let Some(name) = openapi::reference(inner)
            .and_then(|target| target.strip_prefix("#/components/schemas/"))
            && reached.insert(name.to_owned())
            && let Some(component) = root.pointer(&format!("/components/schemas/{name}"))
        {
            reach(root, component, reached);
        }
    });
}
