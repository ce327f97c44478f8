use serde_json::json;

use super::*;

const INTRODUCTION: &str =
    "info: {title: All, version: '1.2.3'}\nservers: [{url: 'https://one.example'}]\n";

fn document(name: &str, text: &str) -> Document {
    Document::parse(name, text).expect("YAML")
}

/// A document with one operation at `path`, whose answer is the component `Answer` over the schema `Thing`.
fn small(name: &str, server: &str, path: &str, thing: &str) -> Document {
    let text = format!(
        "info: {{title: Title of {name}, description: About {name}.}}\n\
         externalDocs: {{url: 'https://pages.example/{name}'}}\n\
         servers: [{{url: '{server}'}}]\n\
         tags: [{{name: {name} things, description: Things.}}]\n\
         paths:\n  {path}:\n    get:\n      tags: [{name} things]\n      security: [{{key: [read]}}]\n      responses:\n        \
         '200': {{$ref: '#/components/responses/Answer'}}\n\
         components:\n  securitySchemes: {{key: {{type: oauth2, description: {thing}}}}}\n  responses:\n    Answer: {{content: {{application/json: \
         {{schema: {{$ref: '#/components/schemas/Thing'}}, example: {{$ref: '#/components/schemas/Thing'}}}}}}}}\n  \
         schemas: {{Thing: {{type: {thing}}}, Same: {{type: string}}}}\n"
    );
    document(name, &text)
}

fn merged(documents: &[Document]) -> Document {
    bundle(documents, &document("bundle", INTRODUCTION)).unwrap_or_else(|it| panic!("{it}"))
}

fn refused(documents: &[Document]) -> String {
    bundle(documents, &document("bundle", INTRODUCTION))
        .expect_err("refused")
        .to_string()
}

#[test]
fn the_path_of_the_first_server_moves_into_the_paths() {
    let all = merged(&[
        small("a", "https://one.example", "/x", "string"),
        small("b", "https://one.example/api/v2", "/y", "string"),
    ]);
    let paths: Vec<_> = all.root["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(it, _)| it.as_str())
        .collect();
    assert_eq!(paths, ["/api/v2/y", "/x"]);
    assert_eq!(all.root["servers"], json!([{"url": "https://one.example"}]));
    assert_eq!(all.root["info"]["version"], "1.2.3");
}

#[test]
fn what_is_alike_is_there_once_and_the_later_of_two_that_differ_has_its_documents_name() {
    let all = merged(&[
        small("a-one", "https://one.example", "/x", "string"),
        small("b-two", "https://one.example", "/y", "integer"),
    ]);
    let components = &all.root["components"];
    assert_eq!(
        components["schemas"],
        json!({"Thing": {"type": "string"}, "BTwoThing": {"type": "integer"}, "Same": {"type": "string"}})
    );
    // `Answer` reads the same in both, but what it refers to does not.
    let answer = &components["responses"]["BTwoAnswer"]["content"]["application/json"];
    assert_eq!(answer["schema"]["$ref"], "#/components/schemas/BTwoThing");
    assert_eq!(
        answer["example"]["$ref"], "#/components/schemas/Thing",
        "an example is data"
    );
    let operation = &all.root["paths"]["/y"]["get"];
    assert_eq!(
        operation["responses"]["200"]["$ref"],
        "#/components/responses/BTwoAnswer"
    );
    assert_eq!(operation["security"], json!([{"BTwoKey": ["read"]}]));
    assert!(components["securitySchemes"]["key"].is_object());
    assert!(components["responses"]["AOneAnswer"].is_object());
}

#[test]
fn documents_that_are_alike_in_all_components_share_them() {
    let all = merged(&[
        small("a", "https://one.example", "/x", "string"),
        small("b", "https://one.example", "/y", "string"),
    ]);
    assert_eq!(
        all.root["components"]["schemas"]
            .as_object()
            .map(serde_json::Map::len),
        Some(2)
    );
    assert_eq!(
        all.root["paths"]["/y"]["get"]["security"],
        json!([{"key": ["read"]}])
    );
}

fn with_prefixes(prefixes: &str) -> Document {
    document("bundle", &format!("x-prefixes: {prefixes}\n{INTRODUCTION}"))
}

#[test]
fn a_component_that_differs_has_the_prefix_of_its_document_where_there_is_one() {
    let all = bundle(
        &[
            small("a-one", "https://one.example", "/x", "string"),
            small("b-two", "https://one.example", "/y", "integer"),
        ],
        &with_prefixes("{a-one: AYE, b-two: BEE}"),
    )
    .unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(
        all.root["components"]["schemas"],
        json!({"Thing": {"type": "string"}, "BEEThing": {"type": "integer"}, "Same": {"type": "string"}})
    );
    let responses = all.root["components"]["responses"].as_object();
    let names: Vec<_> = responses.into_iter().flatten().map(|(it, _)| it).collect();
    assert_eq!(names, ["AYEAnswer", "BEEAnswer"]);
    assert!(all.root.get("x-prefixes").is_none());
}

#[test]
fn documents_of_one_prefix_share_what_is_alike_and_fall_back_to_their_names() {
    let one = |name, path, thing| small(name, "https://one.example", path, thing);
    let documents = [
        one("a-one", "/x", "string"),
        one("b-two", "/y", "string"),
        one("c-three", "/z", "integer"),
    ];
    let all = bundle(
        &documents,
        &with_prefixes("{a-one: Ab, b-two: Ab, c-three: Ab}"),
    )
    .unwrap_or_else(|it| panic!("{it}"));
    let names = |kind: &str| -> Vec<String> {
        let all = all.root["components"][kind].as_object();
        all.into_iter()
            .flatten()
            .map(|(it, _)| it.clone())
            .collect()
    };
    assert_eq!(names("schemas"), ["AbThing", "Same", "Thing"]);
    assert_eq!(names("responses"), ["AbAnswer", "CThreeAnswer"]);
}

#[test]
fn a_later_document_changes_nothing_of_an_earlier_one() {
    let one = |name, path, thing| small(name, "https://one.example", path, thing);
    let mut documents = vec![one("m", "/x", "string"), one("n", "/y", "integer")];
    let prefixes = with_prefixes("{m: Em, n: En}");
    let before = bundle(&documents, &prefixes).unwrap_or_else(|it| panic!("{it}"));
    // First in the alphabet, and other in everything that has a name.
    documents.insert(0, one("a", "/z", "boolean"));
    let after = bundle(&documents, &prefixes).unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(
        after.root["components"]["schemas"]["AThing"]["type"],
        "boolean"
    );
    let mut examined = 0;
    for holder in [
        "/paths",
        "/components/schemas",
        "/components/responses",
        "/components/securitySchemes",
    ] {
        let earlier = before.root.pointer(holder).and_then(Value::as_object);
        for (name, value) in earlier.into_iter().flatten() {
            let there = after.root.pointer(&crate::pointer::join(holder, name));
            assert_eq!(there, Some(value), "{holder} {name}");
            examined += 1;
        }
    }
    assert_eq!(examined, 9);
}

#[test]
fn a_prefix_that_is_none_or_for_no_document_is_refused() {
    let only = [small("a", "https://one.example", "/x", "string")];
    for (prefixes, reason) in [
        ("{b: Bee}", "there is no document `b`"),
        ("{a: bee}", "is no prefix"),
        ("{a: 'B e'}", "is no prefix"),
        ("{a: ''}", "is no prefix"),
        ("{a: 1}", "is no prefix"),
        ("[a]", "it is no mapping"),
    ] {
        let problems = bundle(&only, &with_prefixes(prefixes)).expect_err(prefixes);
        assert!(problems.to_string().contains(reason), "{problems}");
    }
}

#[test]
fn a_tag_leaves_out_what_the_bundle_says_already() {
    let mut own = small("a", "https://one.example", "/x", "string");
    own.text = own.text.replace(
        "description: About a.",
        r#"description: "About a.\n\n**Secrets.** Hush.\n\n- All.\n\n**Dates** are texts.\n""#,
    );
    let introduction =
        INTRODUCTION.replace("{title", r#"{description: "**Secrets.** Hush.\n", title"#);
    let all = bundle(
        &[document("a", &own.text)],
        &document("bundle", &introduction),
    )
    .unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(
        all.root["tags"][0]["description"],
        "Things.\n\nAbout a.\n\n**Dates** are texts.\n"
    );
}

#[test]
fn a_tag_tells_what_its_document_is_about_and_where_it_is_from() {
    let all = merged(&[small("a", "https://one.example", "/x", "string")]);
    assert_eq!(
        all.root["tags"],
        json!([{"name": "a things", "description": "Things.\n\nAbout a.\n", "externalDocs": {"url": "https://pages.example/a"}}])
    );
}

#[test]
fn tags_of_one_name_and_other_content_get_the_title() {
    let mut second = small("b", "https://one.example", "/y", "string");
    second.text = second
        .text
        .replace("b things", "a things")
        .replace("Things.", "Others.");
    let second = document("b", &second.text);
    let all = merged(&[small("a", "https://one.example", "/x", "string"), second]);
    assert_eq!(all.root["tags"][1]["name"], "Title of b: a things");
    assert_eq!(
        all.root["paths"]["/y"]["get"]["tags"][0],
        "Title of b: a things"
    );
}

#[test]
fn another_host_is_refused() {
    let text = refused(&[small("a", "https://two.example", "/x", "string")]);
    assert!(
        text.contains("https://two.example") && text.contains("https://one.example"),
        "{text}"
    );
    assert!(!text.contains("the variable"), "{text}");
}

#[test]
fn one_operation_twice_is_refused_and_other_methods_of_a_path_are_joined() {
    let first = small("a", "https://one.example", "/x/{id}", "string");
    let text = refused(&[
        first.clone(),
        small("b", "https://one.example", "/x/{id}", "string"),
    ]);
    assert!(text.contains("GET /x/{id} already"), "{text}");
    let other = small("b", "https://one.example", "/x/{id}", "string")
        .text
        .replace("get:", "put:");
    let all = merged(&[first.clone(), document("b", &other)]);
    let item = all.root["paths"]["/x/{id}"]
        .as_object()
        .expect("a path item");
    assert_eq!(item.keys().collect::<Vec<_>>(), ["get", "put"]);
    let text = refused(&[first, document("b", &other.replace("{id}", "{key}"))]);
    assert!(text.contains("other names"), "{text}");
}

#[test]
fn a_new_name_that_is_taken_is_refused() {
    let mut first = small("a", "https://one.example", "/x", "string");
    first.text = first.text.replace("Same:", "BThing:");
    let first = document("a", &first.text);
    let text = refused(&[first, small("b", "https://one.example", "/y", "integer")]);
    assert!(text.contains("that `Thing` could have is taken"), "{text}");
}
