//! Documented parameters of requests and headers of responses.

use serde_json::Value;
use xtask::openapi::{Operation, entries, resolved, text};

use super::{schema::Direction, texts::TextSchema};

/// Keys of a parameter or header that are read, or that tell readers something.
const KEYS: [&str; 8] = [
    "deprecated",
    "description",
    "example",
    "examples",
    "in",
    "name",
    "required",
    "schema",
];

/// A parameter of a request, or a header of a response.
#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) required: bool,
    schema: TextSchema,
}

impl Parameter {
    /// What is wrong with the values, which the answers do not repeat.
    pub(super) fn violations(&self, values: &[&str]) -> Vec<String> {
        if self.place == Place::Query || !self.schema.is_list() {
            return self.schema.violations(values);
        }
        // In paths and headers the items of a list stand in one text, between commas.
        let items = values.iter().flat_map(|value| value.split(','));
        let items: Vec<&str> = items.map(str::trim).collect();
        self.schema.violations(&items)
    }
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
}

/// The parameters of an operation and of its path.
pub(super) fn of_operation(root: &Value, operation: &Operation<'_>) -> Vec<Parameter> {
    let parameters = operation.parameters(root).into_iter();
    let read = |(_, value): (String, &Value)| {
        let place = match text(value, "in") {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" => Place::Header,
            other => panic!(
                "{}: parameters in {other:?} cannot be checked",
                operation.id()
            ),
        };
        parameter(root, text(value, "name"), value, place, Direction::Request)
    };
    parameters.map(read).collect()
}

/// The headers of a response.
pub(super) fn of_response(root: &Value, response: &Value) -> Vec<Parameter> {
    let headers = entries(response, "headers");
    let read = |(name, header): (&String, &Value)| {
        let (_, value) = resolved(root, String::new(), header);
        parameter(root, name, value, Place::Header, Direction::Response)
    };
    headers.map(read).collect()
}

fn parameter(
    root: &Value,
    name: &str,
    value: &Value,
    place: Place,
    direction: Direction,
) -> Parameter {
    for key in value.as_object().into_iter().flat_map(|it| it.keys()) {
        // A style or `content` would change what is on the wire.
        let is_known = KEYS.contains(&key.as_str()) || key.starts_with("x-");
        assert!(
            is_known,
            "{name}: a parameter with `{key}` cannot be checked"
        );
    }
    Parameter {
        name: name.to_owned(),
        place,
        required: value.get("required") == Some(&Value::Bool(true)),
        schema: TextSchema::new(root, &value["schema"], direction),
    }
}
