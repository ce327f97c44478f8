//! Which document to mend when something is wrong with the bundle.

use super::{
    names::{self, Names},
    prefixes,
};
use crate::{
    document::Document,
    openapi::{array, operations, text},
    pointer,
    problem::{Problem, Problems},
};

/// The introduction, which alone is not one of the documents.
const INTRODUCTION: &str = "openapi/publish/bundle.yaml";

/// Says of each problem of the bundle that nobody wrote it, and where that comes from, as far as it can be told.
pub fn told(
    problems: Problems,
    bundle: &Document,
    documents: &[Document],
    introduction: &Document,
) -> Problems {
    let named = named(documents, introduction);
    let told = |problem: Problem| {
        let files = files(&problem.pointer, bundle, &named);
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

/// Each document with what its components and tags are called in the bundle.
fn named<'a>(documents: &'a [Document], introduction: &Document) -> Vec<(&'a Document, Names)> {
    let documents = prefixes::in_order(introduction, documents);
    // What is wrong with names was said when the bundle was made.
    let (names, _) = names::assign(&documents, introduction);
    documents.into_iter().zip(names).collect()
}

/// The files from which the node at `pointer` of the bundle can be.
fn files(pointer: &str, bundle: &Document, documents: &[(&Document, Names)]) -> Vec<String> {
    let is_below = |outer: &str| {
        pointer
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let of = |holds: &dyn Fn(&Document, &Names) -> bool| -> Vec<String> {
        documents
            .iter()
            .filter(|(document, names)| holds(document, names))
            .map(|(document, _)| document.file.clone())
            .collect()
    };
    let of_name = |kind: &str, name: &str| {
        of(&|_, names| {
            let mut own = names.iter().filter(|((its_kind, _), _)| its_kind == kind);
            own.any(|(_, assigned)| assigned == name)
        })
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
            of(&|document, _| {
                operations(&document.root)
                    .iter()
                    .any(|it| ids.contains(&it.id()))
            })
        }
        ["components", kind, name, ..] => of_name(kind, &unescaped(name)),
        ["tags", index, ..] => {
            let tag = index
                .parse::<usize>()
                .ok()
                .and_then(|at| array(&bundle.root, "tags").get(at));
            of_name("tags", tag.map_or("", |tag| text(tag, "name")))
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
             components: {{schemas: {{Thing: {{type: {thing}}}, Only{name}: {{type: string}}}},\n\
             \x20 responses: {{NotFound: {{description: of {name}}}}}}}\n"
        );
        Document::parse(name, &text).expect("YAML")
    }

    #[test]
    fn a_problem_of_the_bundle_names_the_document_to_mend() {
        let documents = [document("one", "string"), document("two", "integer")];
        let introduction = Document::parse(
            "publish/bundle",
            "x-prefixes: {one: First, two: Second}\ninfo: {title: All}\n\
             servers: [{url: 'https://one.example'}]\n",
        )
        .expect("YAML");
        let bundle = super::super::bundle(&documents, &introduction)
            .unwrap_or_else(|problems| panic!("{problems}"));
        let named = named(&documents, &introduction);
        let files = |pointer: &str| files(pointer, &bundle, &named).join(" ");
        let (one, two) = ("openapi/one.yaml", "openapi/two.yaml");
        assert_eq!(files("/paths/~1two/get/summary"), two);
        assert_eq!(files("/paths/~1one"), one);
        assert_eq!(files("/components/schemas/Thing"), one);
        assert_eq!(files("/components/schemas/SecondThing/type"), two);
        assert_eq!(files("/components/responses/FirstNotFound"), one);
        assert_eq!(files("/components/responses/SecondNotFound"), two);
        assert_eq!(files("/components/schemas/TwoThing"), "");
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
        let text = told(problem.into(), &bundle, &documents, &introduction).to_string();
        assert!(text.contains("(the bundle)"), "{text}");
        assert!(text.contains("so mend openapi/two.yaml"), "{text}");
    }
}
