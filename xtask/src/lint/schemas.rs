//! Schemas that mean the same to a reader, to progenitor and on the wire.

use heck::ToPascalCase;
use serde_json::Value;

use super::{Lint, Rule, names::is_identifier};
use crate::{
    openapi::{array, component_schemas, reference, schema_name, text, walk_schema},
    pointer,
};

const SEPARATE: Rule = Rule {
    id: "separate-shapes",
    purpose: "what is sent and what is received are separate schemas: we are strict in one and liberal in the other",
    way_out: "write a schema for the request and one for the response; only named strings may serve both",
};
const NAMED: Rule = Rule {
    id: "named-objects",
    purpose: "every object is a named component: progenitor gives inline objects of one operation the same type, silently",
    way_out: "move the object to `components/schemas` and refer to it",
};
const KEYWORD: Rule = Rule {
    id: "schema-keyword",
    purpose: "schemas use the keywords that reach every reader as meant, and `allOf` only around one `$ref`: progenitor guesses, ignores or breaks on `oneOf`, `anyOf`, `not`, `discriminator` and `additionalProperties`, and nobody reads a misspelt one",
    way_out: "correct the spelling; or write one object with optional properties: unknown fields are kept in any case",
};
const TYPE: Rule = Rule {
    id: "schema-type",
    purpose: "a schema has a `type`, or refers to one: without it progenitor generates untyped JSON, which can print a secret",
    way_out: "add `type`, or a `$ref`",
};
const ENUM: Rule = Rule {
    id: "open-enum",
    purpose: "known values are listed by `x-extensible-enum` on a named string schema, never by `enum`: an unknown value would fail the whole answer",
    way_out: "make it a component with `type: string` and `x-extensible-enum`, and refer to that",
};
const INTEGER: Rule = Rule {
    id: "integer-format",
    purpose: "integers say int32 or int64, and ids are int64: without it progenitor picks a type by the range",
    way_out: "add `format: int64` (or int32 for a count)",
};
const FORMAT: Rule = Rule {
    id: "known-format",
    purpose: "formats are int32, int64, float, double, date, date-time, password, uuid, uri, email, where their type allows: a misspelt one is ignored",
    way_out: "correct the format or leave it out",
};
const NULLABLE: Rule = Rule {
    id: "nullable-place",
    purpose: "`nullable` stands beside a `type` or an `allOf`, not beside `$ref`, where OpenAPI 3.0 ignores it",
    way_out: "wrap the reference: `allOf: [{$ref: …}]` with `nullable: true` beside it",
};

pub(super) const RULES: &[Rule] = &[
    SEPARATE, NAMED, KEYWORD, TYPE, ENUM, INTEGER, FORMAT, NULLABLE,
];

/// What a schema may say. `enum` has a rule of its own.
const KEYWORDS: [&str; 27] = [
    "allOf",
    "default",
    "description",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "nullable",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "x-extensible-enum",
];

pub(super) fn check(lint: &mut Lint<'_>) {
    for (pointer, schema) in generated_schemas(lint) {
        let named = pointer.starts_with("/components/schemas/");
        walk_schema(schema, &pointer, &mut |inner_pointer, inner| {
            let is_component = named && inner_pointer == pointer;
            check_schema(lint, inner_pointer, inner, is_component);
        });
    }
    for (name, pointer, schema) in component_schemas(lint.root) {
        let is_string = text(schema, "type") == "string";
        let both = lint.roles.request.contains(name) && lint.roles.response.contains(name);
        if both && !is_string {
            lint.refuse(
                &SEPARATE,
                &pointer,
                format!("`{name}` is sent and received"),
            );
        }
    }
}

/// What progenitor makes types of: components that are not only in errors, and parameters.
fn generated_schemas<'a>(lint: &Lint<'a>) -> Vec<(String, &'a Value)> {
    let root = lint.root;
    let mut found: Vec<(String, &Value)> = component_schemas(root)
        .filter(|(name, ..)| !lint.roles.only_in_errors(name))
        .map(|(_, pointer, schema)| (pointer, schema))
        .collect();
    for operation in &lint.operations {
        for (pointer, parameter) in operation.parameters(root) {
            if let Some(schema) = parameter.get("schema") {
                found.push((pointer::join(&pointer, "schema"), schema));
            }
        }
    }
    found
}

fn check_schema(lint: &mut Lint<'_>, pointer: &str, schema: &Value, is_component: bool) {
    if schema.get("nullable").is_some() && reference(schema).is_some() {
        lint.refuse(&NULLABLE, pointer, "`nullable` beside `$ref` is ignored");
    }
    if reference(schema).is_some() {
        return;
    }
    let kind = text(schema, "type");
    if !is_component && (kind == "object" || schema.get("properties").is_some()) {
        lint.refuse(&NAMED, pointer, "an object without a name of its own");
    }
    for keyword in schema
        .as_object()
        .into_iter()
        .flat_map(serde_json::Map::keys)
    {
        if !KEYWORDS.contains(&keyword.as_str()) {
            lint.refuse(&KEYWORD, pointer, format!("`{keyword}` is used"));
        }
    }
    if schema.get("allOf").is_some() && (is_component || schema_name(schema).is_none()) {
        lint.refuse(
            &KEYWORD,
            pointer,
            "`allOf` is used for more than wrapping one `$ref`",
        );
    }
    if kind.is_empty() && schema.get("allOf").is_none() {
        lint.refuse(&TYPE, pointer, "the schema has no `type`");
    }
    if kind == "array" && schema.get("items").is_none() {
        lint.refuse(
            &TYPE,
            pointer,
            "the array does not say what its `items` are",
        );
    }
    check_enum(lint, pointer, schema, is_component);
    check_format(lint, pointer, schema);
}

fn check_enum(lint: &mut Lint<'_>, pointer: &str, schema: &Value, is_component: bool) {
    if schema.get("enum").is_some() {
        lint.refuse(&ENUM, pointer, "`enum` closes the list of values");
    }
    if schema.get("x-extensible-enum").is_none() {
        return;
    }
    if schema.get("nullable").is_some() {
        lint.refuse(
            &NULLABLE,
            pointer,
            "a named enum is nullable for everyone who refers to it",
        );
    }
    if !is_component || text(schema, "type") != "string" {
        lint.refuse(
            &ENUM,
            pointer,
            "`x-extensible-enum` is not on a named string schema",
        );
    }
    let mut variants = vec!["Unknown".to_owned(), "Self".to_owned()];
    let values = array(schema, "x-extensible-enum");
    if values.is_empty() {
        lint.refuse(&ENUM, pointer, "`x-extensible-enum` lists no value");
    }
    for value in values {
        let variant = value.as_str().unwrap_or_default().to_pascal_case();
        if !is_identifier(&variant) || variants.contains(&variant) {
            let reason = format!("{value} gives no variant name of its own (`{variant}`)");
            lint.refuse(&ENUM, pointer, reason);
        }
        variants.push(variant);
    }
}

fn check_format(lint: &mut Lint<'_>, pointer: &str, schema: &Value) {
    let (kind, format) = (text(schema, "type"), text(schema, "format"));
    if kind == "integer" {
        if !matches!(format, "int32" | "int64") {
            lint.refuse(&INTEGER, pointer, "the integer has no int32 or int64");
        }
        let name = pointer::last(pointer);
        if (name == "id" || name.ends_with("_id")) && format != "int64" {
            lint.refuse(&INTEGER, pointer, format!("the id `{name}` is not int64"));
        }
    }
    let fits = match format {
        "" => true,
        "int32" | "int64" => kind == "integer",
        "float" | "double" => kind == "number",
        "date" | "date-time" | "password" | "uuid" | "uri" | "email" => kind == "string",
        _ => false,
    };
    if !fits {
        lint.refuse(
            &FORMAT,
            pointer,
            format!("format `{format}` on type `{kind}`"),
        );
    }
}
