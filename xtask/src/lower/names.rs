//! Rewrites about what is referred to by name.

use serde_json::Value;

use super::{Lowered, OpenEnum};
use crate::{
    openapi::{array, component_schemas, reference, text},
    roles::Roles,
};

/// Shared parameters, responses, headers and bodies, and the parameters of a path, are copied to where
/// they are used, so that the other rewrites see every operation whole. Schemas keep their names: they become types.
pub(super) fn inline_references(lowered: &mut Lowered) {
    let original = lowered.root.clone();
    if let Some(paths) = lowered.root.get_mut("paths") {
        inline(paths, &original, &mut Vec::new());
        for item in paths.as_object_mut().into_iter().flatten() {
            shared_parameters(item.1);
        }
    }
    if let Some(components) = lowered
        .root
        .get_mut("components")
        .and_then(Value::as_object_mut)
    {
        components.retain(|kind, _| kind == "schemas" || kind == "securitySchemes");
    }
}

/// Parameters of a path are copied into its operations, unless those have their own of that name.
fn shared_parameters(item: &mut Value) {
    let Some(shared) = item
        .as_object_mut()
        .and_then(|item| item.remove("parameters"))
    else {
        return;
    };
    let key = |parameter: &Value| {
        (
            text(parameter, "in").to_owned(),
            text(parameter, "name").to_owned(),
        )
    };
    for operation in item
        .as_object_mut()
        .into_iter()
        .flat_map(|item| item.values_mut())
    {
        if operation.get("responses").is_none() {
            continue;
        }
        let own: Vec<_> = array(operation, "parameters").iter().map(key).collect();
        let inherited = array_of(&shared).filter(|parameter| !own.contains(&key(parameter)));
        let mut parameters: Vec<Value> = inherited.cloned().collect();
        parameters.extend(array(operation, "parameters").iter().cloned());
        operation["parameters"] = Value::Array(parameters);
    }
}

fn array_of(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// `within` holds the references that are being inlined: one inside itself is left as it is.
fn inline(value: &mut Value, root: &Value, within: &mut Vec<String>) {
    let depth = within.len();
    while let Some(target) = reference(value).filter(|target| !target.contains("/schemas/")) {
        let found = target
            .strip_prefix('#')
            .and_then(|target| root.pointer(target));
        let Some(found) = found.filter(|_| !within.iter().any(|it| it == target)) else {
            break;
        };
        within.push(target.to_owned());
        *value = found.clone();
    }
    match value {
        Value::Object(members) => {
            for member in members.values_mut() {
                inline(member, root, within);
            }
        }
        Value::Array(items) => {
            for item in items {
                inline(item, root, within);
            }
        }
        _ => {}
    }
    within.truncate(depth);
}

/// A string with known values becomes a type that we write ourselves: progenitor's enums are closed,
/// and one unknown value would fail the whole answer.
pub(super) fn open_enums_by_name(lowered: &mut Lowered) {
    for (name, _, schema) in component_schemas(&lowered.root) {
        let values = array(schema, "x-extensible-enum");
        if !values.is_empty() {
            let open = OpenEnum {
                description: text(schema, "description").to_owned(),
                values: values
                    .iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
            };
            lowered.open_enums.insert(name.clone(), open);
        }
    }
}

/// Schemas that no operation reaches any more (those of errors) are removed, so that no type is
/// generated that nothing uses.
pub(super) fn prune_unreachable(lowered: &mut Lowered) {
    let roles = Roles::of(&lowered.root);
    if let Some(schemas) = lowered
        .root
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    {
        schemas.retain(|name, _| {
            roles.request.contains(name)
                || roles.response.contains(name)
                || roles.error.contains(name)
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::lower::tests::{at, lowered};

    #[test]
    fn shared_parameters_are_copied_and_schemas_stay_named() {
        let mut lowered = lowered(
            json!({"parameters": [{"$ref": "#/components/parameters/size"}],
                   "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}),
            json!({"A": {"type": "object"}}),
        );
        lowered.root["components"]["parameters"] = json!({"size": {"name": "size", "in": "query"}});
        inline_references(&mut lowered);
        assert_eq!(
            at(&lowered, "/paths/~1things/get/parameters/0/name"),
            "size"
        );
        assert!(at(&lowered, "/components/parameters").is_null());
        assert_eq!(
            at(
                &lowered,
                "/paths/~1things/get/responses/200/content/application~1json/schema/$ref"
            ),
            "#/components/schemas/A"
        );
    }

    #[test]
    fn a_component_inside_itself_ends() {
        let mut lowered = lowered(
            json!({"parameters": [{"$ref": "#/components/parameters/size"}], "responses": {}}),
            json!({}),
        );
        lowered.root["components"]["parameters"] =
            json!({"size": {"name": "size", "x-like": {"$ref": "#/components/parameters/size"}}});
        inline_references(&mut lowered);
        let parameter = at(&lowered, "/paths/~1things/get/parameters/0");
        assert_eq!(parameter["name"], "size");
        assert!(parameter["x-like"]["$ref"].is_string());
    }

    #[test]
    fn parameters_of_a_path_are_those_of_its_operations() {
        let mut lowered = lowered(
            json!({"responses": {}, "parameters": [{"name": "a", "in": "query", "own": true}]}),
            json!({}),
        );
        lowered.root["paths"]["/things"]["parameters"] =
            json!([{"name": "a", "in": "query"}, {"name": "a", "in": "header"}]);
        inline_references(&mut lowered);
        assert_eq!(
            at(&lowered, "/paths/~1things/get/parameters"),
            &json!([{"name": "a", "in": "header"}, {"name": "a", "in": "query", "own": true}])
        );
        assert!(at(&lowered, "/paths/~1things/parameters").is_null());
    }

    #[test]
    fn known_values_are_taken_from_the_document() {
        let mut lowered = lowered(
            json!({}),
            json!({"Kind": {"type": "string", "description": "d", "x-extensible-enum": ["public", "confidential"]}}),
        );
        open_enums_by_name(&mut lowered);
        assert_eq!(
            lowered.open_enums["Kind"].values,
            ["public", "confidential"]
        );
    }

    #[test]
    fn what_no_operation_reaches_is_gone() {
        let mut lowered = lowered(
            json!({"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}),
            json!({"A": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B"}}},
                   "B": {"type": "string"}, "C": {"type": "string"}}),
        );
        prune_unreachable(&mut lowered);
        assert!(at(&lowered, "/components/schemas/B").is_object());
        assert!(at(&lowered, "/components/schemas/C").is_null());
    }
}
