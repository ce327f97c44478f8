//! Which document to mend when something is wrong with the bundle.

use heck::ToUpperCamelCase;
use serde_json::Value;

use crate::{
    document::Document,
    openapi::{array, entries, operations, text},
    pointer,
    problem::{Problem, Problems},
};

/// The introduction, which alone is not one of the documents.
const INTRODUCTION: &str = "openapi/publish/bundle.yaml";

/// Says of each problem of the bundle that nobody wrote it, and where that comes from, as far as it can be told.
pub fn told(problems: Problems, bundle: &Document, documents: &[Document]) -> Problems {
    let told = |problem: Problem| {
        let files = files(&problem.pointer, bundle, documents);
        let mend = if files.is_empty() {
            format!("one of the documents or {INTRODUCTION}")
        } else {
            files.join(" or ")
        };
        Problem {
            way_out: format!(
                "{}; the bundle is merged by a program, so mend {mend}",
                problem.way_out
            ),
            ..problem
        }
    };
    Problems(problems.0.into_iter().map(told).collect())
}

/// The files from which the node at `pointer` of the bundle can be.
fn files(pointer: &str, bundle: &Document, documents: &[Document]) -> Vec<String> {
    let is_below = |outer: &str| {
        pointer
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let of = |holds: &dyn Fn(&Document) -> bool| -> Vec<String> {
        documents
            .iter()
            .filter(|document| holds(document))
            .map(|document| document.file.clone())
            .collect()
    };
    let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
    match tokens.as_slice() {
        ["info" | "servers" | "externalDocs", ..] => vec![INTRODUCTION.to_owned()],
        ["paths", path, ..] => {
            let path = pointer::join("/paths", &unescaped(path));
            let ids: Vec<&str> = operations(&bundle.root)
                .into_iter()
                .filter(|it| {
                    is_below(&it.pointer) || (pointer == path && it.pointer.starts_with(&path))
                })
                .map(|it| it.id())
                .collect();
            of(&|document| {
                operations(&document.root)
                    .iter()
                    .any(|it| ids.contains(&it.id()))
            })
        }
        ["components", kind, name, ..] => {
            let name = unescaped(name);
            of(&|document| {
                entries(&document.root["components"], kind).any(|(own, _)| {
                    *own == name
                        || name
                            .strip_prefix(&document.name.to_upper_camel_case())
                            .is_some_and(|rest| {
                                rest.to_upper_camel_case() == own.to_upper_camel_case()
                            })
                })
            })
        }
        ["tags", index, ..] => {
            let tag = index
                .parse::<usize>()
                .ok()
                .and_then(|at| array(&bundle.root, "tags").get(at));
            let name = tag.map(|tag| text(tag, "name")).unwrap_or_default();
            of(&|document| {
                let title = text(&document.root["info"], "title");
                array(&document.root, "tags")
                    .iter()
                    .map(|tag: &Value| text(tag, "name"))
                    .any(|own| own == name || format!("{title}: {own}") == name)
            })
        }
        _ => Vec::new(),
    }
}

fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(name: &str, thing: &str) -> Document {
        let text = format!(
            "info: {{title: {name}}}\n\
             servers: [{{url: 'https://one.example'}}]\n\
             tags: [{{name: things}}, {{name: of {name}}}]\n\
             paths: {{/{name}: {{get: {{operationId: get_{name}}}}}}}\n\
             components: {{schemas: {{Thing: {{type: {thing}}}, Only{name}: {{type: string}}}}}}\n"
        );
        Document::parse(name, &text).expect("YAML")
    }

    #[test]
    fn a_problem_of_the_bundle_names_the_document_to_mend() {
        let documents = [document("one", "string"), document("two", "integer")];
        let introduction = Document::parse(
            "publish/bundle",
            "info: {title: All}\nservers: [{url: 'https://one.example'}]\n",
        )
        .expect("YAML");
        let bundle = super::super::bundle(&documents, &introduction)
            .unwrap_or_else(|problems| panic!("{problems}"));
        let files = |pointer: &str| files(pointer, &bundle, &documents).join(" ");
        let (one, two) = ("openapi/one.yaml", "openapi/two.yaml");
        assert_eq!(files("/paths/~1two/get/summary"), two);
        assert_eq!(files("/paths/~1one"), one);
        assert_eq!(files("/components/schemas/TwoThing/type"), two);
        assert_eq!(files("/components/schemas/Onlyone"), one);
        assert_eq!(files("/tags/0/name"), format!("{one} {two}"));
        assert_eq!(files("/tags/2"), two);
        assert_eq!(files("/servers/0"), INTRODUCTION);
        assert_eq!(files(""), "");

        let problem = Problem {
            file: bundle.file.clone(),
            position: None,
            rule: "x",
            pointer: "/paths/~1two/get".to_owned(),
            reason: "it is wrong".to_owned(),
            way_out: "write another".to_owned(),
        };
        let text = told(problem.into(), &bundle, &documents).to_string();
        assert!(text.contains("(the bundle)"), "{text}");
        assert!(text.contains("so mend openapi/two.yaml"), "{text}");
    }
}
