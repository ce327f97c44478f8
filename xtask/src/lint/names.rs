//! Names that stay apart once they are Rust names.

use std::collections::BTreeMap;

use heck::{ToPascalCase, ToSnakeCase};

use super::{Lint, Rule};
use crate::{
    lower::RESERVED_SCHEMAS,
    openapi::{component_schemas, entries, text},
    pointer,
};

const CLASH: Rule = Rule {
    id: "name-clash",
    purpose: "names stay different in Rust: `page[size]` and `page_size` become one argument, `FooBar` and `foo_bar` one type",
    way_out: "rename one of the two, or describe the wire's spelling in one of them",
};
const RESERVED: Rule = Rule {
    id: "reserved-name",
    purpose: "names that the generated code needs for itself stay free",
    way_out: "choose another name",
};

pub(super) const RULES: &[Rule] = &[CLASH, RESERVED];

/// Methods and variables of every builder.
const RESERVED_ARGUMENTS: [&str; 6] = ["body", "body_map", "client", "header_map", "new", "send"];

/// Type names that generated code uses without a path.
const RESERVED_TYPES: [&str; 2] = ["Default", "Self"];

pub(super) fn check(lint: &mut Lint<'_>) {
    let mut types: BTreeMap<String, &str> = BTreeMap::new();
    for (name, pointer, schema) in component_schemas(lint.root) {
        if let Some(first) = types.insert(name.to_pascal_case(), name) {
            lint.refuse(
                &CLASH,
                &pointer,
                format!("`{name}` and `{first}` are one Rust type"),
            );
        }
        let rust_name = name.to_pascal_case();
        let is_reserved = RESERVED_TYPES.contains(&rust_name.as_str());
        if is_reserved || !is_identifier(&rust_name) {
            lint.refuse(
                &RESERVED,
                &pointer,
                format!("`{name}` gives no Rust type name of its own (`{rust_name}`)"),
            );
        }
        if RESERVED_SCHEMAS.contains(&name.as_str()) {
            lint.refuse(
                &RESERVED,
                &pointer,
                format!("`{name}` is a type of our run time"),
            );
        }
        let properties = pointer::join(&pointer, "properties");
        let mut fields: BTreeMap<String, &str> = BTreeMap::new();
        for (property, _) in entries(schema, "properties") {
            let pointer = pointer::join(&properties, property);
            if let Some(first) = fields.insert(property.to_snake_case(), property) {
                lint.refuse(
                    &CLASH,
                    &pointer,
                    format!("`{property}` and `{first}` are one Rust field"),
                );
            }
            if property.to_snake_case() == "extra" {
                lint.refuse(
                    &RESERVED,
                    &pointer,
                    "`extra` holds the fields that no document knows",
                );
            }
        }
    }
    for operation in lint.operations.clone() {
        let mut arguments: BTreeMap<String, &str> = BTreeMap::new();
        for (pointer, parameter) in operation.parameters(lint.root) {
            let name = text(parameter, "name");
            if let Some(first) = arguments.insert(name.to_snake_case(), name) {
                lint.refuse(
                    &CLASH,
                    &pointer,
                    format!("`{name}` and `{first}` are one Rust argument"),
                );
            }
            if RESERVED_ARGUMENTS.contains(&name.to_snake_case().as_str()) {
                lint.refuse(
                    &RESERVED,
                    &pointer,
                    format!("`{name}` is a name that every builder has"),
                );
            }
        }
    }
}

/// Whether `name` is an identifier that is no keyword.
pub(super) fn is_identifier(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}
