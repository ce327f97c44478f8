//! What is renamed in a document of the bundle, and what only looks like it.

use serde_json::json;

use super::*;

const INTRODUCTION: &str = "info: {title: All, version: '1.2.3'}\n\
    servers: [{url: 'https://{name}.example', variables: {name: {default: one}}}]\n";

fn document(name: &str, text: &str) -> Document {
    Document::parse(name, text).expect("YAML")
}

/// A document with one operation, `components` and server variables.
fn with(name: &str, method: &str, path: &str, components: &str, variables: &str) -> Document {
    let text = format!(
        "info: {{title: Title of {name}}}\n\
         servers: [{{url: 'https://{{name}}.example', variables: {variables}}}]\n\
         tags: [{{name: {name}}}]\n\
         paths: {{{path}: {{parameters: [{{name: {name}}}], {method}: {{tags: [{name}]}}}}}}\n\
         components: {components}\n"
    );
    document(name, &text)
}

const VARIABLES: &str = "{name: {default: one}}";

fn merge(documents: &[Document]) -> Result<Value, String> {
    bundle(documents, &document("bundle", INTRODUCTION))
        .map(|merged| merged.root)
        .map_err(|problems| problems.to_string())
}

/// `Holder` of document `b` in the bundle of two documents whose `Thing` differs, so that the later one is renamed.
fn holder(holder: &str) -> Value {
    let one = format!("{{schemas: {{Thing: {{type: string}}, Holder: {holder}}}}}");
    let two = "{schemas: {Thing: {type: integer}}}";
    let merged = merge(&[
        with("a", "get", "/y", two, VARIABLES),
        with("b", "get", "/x", &one, VARIABLES),
    ]);
    merged.expect("merged")["components"]["schemas"]["Holder"].clone()
}

const BEFORE: &str = "{$ref: '#/components/schemas/Thing'}";

fn before() -> Value {
    json!({"$ref": "#/components/schemas/Thing"})
}

fn after() -> Value {
    json!({"$ref": "#/components/schemas/BThing"})
}

#[test]
fn properties_are_schemas_whatever_their_names() {
    for name in [
        "example",
        "examples",
        "default",
        "security",
        "tags",
        "properties",
    ] {
        let holder = holder(&format!("{{properties: {{{name}: {BEFORE}}}}}"));
        assert_eq!(holder["properties"][name], after(), "{name}");
    }
}

#[test]
fn a_property_that_is_named_as_a_keyword_does_not_change_what_is_in_it() {
    let holder = holder("{properties: {tags: {enum: [a]}, security: {Thing: {type: string}}}}");
    assert_eq!(
        holder,
        json!({"properties": {"tags": {"enum": ["a"]}, "security": {"Thing": {"type": "string"}}}})
    );
}

#[test]
fn examples_and_defaults_are_data() {
    for name in ["example", "examples", "default"] {
        let holder = holder(&format!("{{{name}: {{inner: {BEFORE}}}, items: {BEFORE}}}"));
        assert_eq!(holder[name]["inner"], before(), "{name}");
        assert_eq!(holder["items"], after(), "{name}");
    }
}

#[test]
fn bodies_of_requests_are_merged_and_renamed_too() {
    let body = |kind: &str| {
        format!("{{requestBodies: {{Same: {{required: true}}, Text: {{description: {kind}}}}}}}")
    };
    let merged = merge(&[
        with("a", "get", "/x", &body("one"), VARIABLES),
        with("b", "get", "/y", &body("two"), VARIABLES),
    ])
    .expect("merged");
    assert_eq!(
        merged["components"]["requestBodies"],
        json!({
            "ASame": {"required": true}, "AText": {"description": "one"},
            "BSame": {"required": true}, "BText": {"description": "two"},
        })
    );
}

#[test]
fn servers_with_other_variables_are_refused_by_the_variable() {
    for (variables, differs) in [
        (
            "{name: {default: two}}",
            "the variable `name` of its first server is \"two\" by default, that of the bundle's \"one\"",
        ),
        (
            "{other: {default: one}}",
            "its first server has no variable `name`",
        ),
        (
            "{name: {default: one}, port: {default: '1'}}",
            "its first server has the variable `port`, and the bundle's has none",
        ),
    ] {
        let text = merge(&[with("a", "get", "/x", "{}", variables)]).expect_err(variables);
        assert!(text.contains("openapi/a.yaml"), "{text}");
        assert!(text.contains(differs), "{text}");
    }
}

#[test]
fn what_a_path_says_for_all_its_methods_is_never_lost() {
    let one = with("a", "get", "/x", "{}", VARIABLES);
    let other = with("b", "put", "/x", "{}", VARIABLES);
    let text = merge(&[one.clone(), other.clone()]).expect_err("other parameters");
    assert!(text.contains("parameters"), "{text}");
    let alike = other.text.replace("[{name: b}]", "[{name: a}]");
    assert!(alike.contains("parameters: [{name: a}]"), "{alike}");
    let merged = merge(&[one, document("b", &alike)]).expect("merged");
    assert_eq!(merged["paths"]["/x"]["parameters"], json!([{"name": "a"}]));
}
