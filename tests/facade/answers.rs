//! What the documents say about each operation and its answers.

use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use xtask::document::Document;
use xtask::{openapi, outputs};

use crate::places::{self, Change};

/// The documents whose operations the facade has. One more is added here together with its area.
const COVERED: [&str; 6] = [
    "chat-oauth-tokens",
    "support-global-oauth-clients",
    "support-grant-type-tokens",
    "support-oauth-clients",
    "support-oauth-tokens",
    "zis-oauth-connections",
];

/// The covered documents, read once.
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let top = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let documents = outputs::read_documents(top).unwrap_or_else(|failure| panic!("{failure}"));
    let covered: Vec<Document> = documents
        .into_iter()
        .filter(|document| COVERED.contains(&document.name.as_str()))
        .collect();
    assert_eq!(covered.len(), COVERED.len(), "a covered document is gone");
    covered
});

/// One operation, as far as an answer goes that is no error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Documented {
    pub(crate) operation: &'static str,
    /// The status of success: of several, which have the same content, the first.
    pub(crate) status: u16,
    idempotent: bool,
    root: &'static Value,
    /// Of the JSON, if the answer has any.
    schema: Option<&'static Value>,
}

/// Every operation of the covered documents.
pub(crate) fn operations() -> Vec<Documented> {
    let mut found = Vec::new();
    for document in DOCUMENTS.iter() {
        let root = &document.root;
        for operation in openapi::operations(root) {
            let mut successes =
                operation
                    .responses(root)
                    .into_iter()
                    .filter_map(|(status, pointer, answer)| {
                        let status: u16 = status.parse().expect("statuses are exact");
                        (status < 400).then_some((status, pointer, answer))
                    });
            // The lint sees to it that several have one content.
            let (status, pointer, answer) = successes.next().expect("a success");
            let contents = openapi::contents(&pointer, answer);
            found.push(Documented {
                operation: openapi::text(operation.value, "operationId"),
                status,
                idempotent: operation.value["x-idempotent"] == true,
                root,
                schema: contents
                    .into_iter()
                    .map(|(_, _, content)| &content["schema"])
                    .next(),
            });
        }
    }
    found
}

/// The names of all members and parameters of the covered documents that are secrets by their format.
pub(crate) fn secret_names() -> Vec<String> {
    let mut names = Vec::new();
    for document in DOCUMENTS.iter() {
        openapi::walk(&document.root, "", &mut |pointer, value| {
            if openapi::text(value, "format") == "password" {
                let mut parts = pointer.rsplit('/');
                names.extend(parts.next().filter(|it| *it != "schema").map(str::to_owned));
            }
        });
    }
    names
}

impl Documented {
    /// As in `table.md`.
    pub(crate) fn class(&self) -> String {
        let repeated = if self.idempotent { "harmless" } else { "once" };
        let content = match (self.schema, self.status) {
            (Some(_), _) => "JSON",
            (None, 300..400) => "redirect",
            (None, _) => "empty",
        };
        format!("{repeated}, {content}")
    }

    /// In how many places an answer could be changed so.
    pub(crate) fn places(&self, change: Change) -> usize {
        self.schema
            .map_or(0, |schema| places::count(self.root, schema, change))
    }

    /// A real answer, changed.
    pub(crate) fn changed(&self, answer: &Value, change: Change) -> Value {
        let mut answer = answer.clone();
        let schema = self.schema.expect("a cell with places has JSON");
        let places = places::change(self.root, schema, &mut answer, change);
        assert!(places > 0, "{}: nothing was changed", self.operation);
        answer
    }
}
